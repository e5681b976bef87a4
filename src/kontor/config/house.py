"""A house is a data folder: its database cluster, secrets, outgoing mail, pictures and running processes.

Standard library and psycopg only: the starter, the settings and the tests all stand on it.
"""

import json
import os
import re
import secrets
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from psycopg.conninfo import conninfo_to_dict

from kontor.config.words import HouseRefusal
from kontor.config.words import gettext_now as _

PROJECT = Path(__file__).resolve().parents[3]
DATABASE = "kontor"
ROLES = ("owner", "public", "desk", "back", "design", "live")
SOCKET_PORT = 5432  # names the socket file only; the embedded server listens on no network address


@dataclass(frozen=True, slots=True)
class House:
    """One house and where its parts lie. Making the object touches nothing on the disk."""

    path: Path

    @classmethod
    def from_environment(cls) -> "House":
        """The house named by KONTOR_HOUSE, else ``.kontor/house`` inside the project."""
        named = os.environ.get("KONTOR_HOUSE")
        return cls(Path(named).expanduser().resolve() if named else PROJECT / ".kontor" / "house")

    @property
    def server_root(self) -> Path:
        """Where the embedded server's files lie: in the house, unless the server's user cannot reach it."""
        return Path(self._placement().get("server_root", self.path))

    @property
    def cluster(self) -> Path:
        """The data folder of the embedded PostgreSQL."""
        return self.server_root / "cluster"

    @property
    def sockets(self) -> Path:
        """The folder of the server's socket; elsewhere when the path would be too long for a socket."""
        return Path(self._placement().get("sockets", self.server_root / "sockets"))

    @property
    def secrets(self) -> Path:
        """One file per secret, 0600 in a 0700 folder."""
        return self.path / "secrets"

    @property
    def outbox(self) -> Path:
        """Mails of a house that has no mail server set."""
        return self.path / "outbox"

    @property
    def pictures(self) -> Path:
        """Product pictures, the only business files outside the database."""
        return self.path / "pictures"

    @property
    def logs(self) -> Path:
        """One log file per process."""
        return self.path / "logs"

    @property
    def run(self) -> Path:
        """Lock files and pid files of the running processes."""
        return self.path / "run"

    @property
    def settings_file(self) -> Path:
        """Settings of this house (ports, mail server, …) as JSON."""
        return self.path / "settings.json"

    @property
    def placement_file(self) -> Path:
        """Says where the server's files lie when they cannot lie in the house."""
        return self.path / "placement.json"

    @property
    def is_external(self) -> bool:
        """Whether DATABASE_URL names a server of somebody else, so that none is started here."""
        return bool(os.environ.get("DATABASE_URL"))

    def _placement(self) -> dict[str, str]:
        try:
            placement: dict[str, str] = json.loads(self.placement_file.read_text("utf-8"))
        except FileNotFoundError:
            return {}
        return placement

    def must_exist(self) -> None:
        """Before anything that would else make an empty house by mistake.

        Raises:
            HouseRefusal: there is none in this folder.
        """
        if not self.run.exists():
            raise HouseRefusal(
                _("There is no house in %(path)s. Name its folder with --data.") % {"path": self.path}
            )

    def create_folders(self) -> None:
        """Make the house's folders with their modes. Safe to repeat."""
        self.path.mkdir(parents=True, exist_ok=True)
        for folder, mode in ((self.secrets, 0o700), (self.run, 0o700), (self.logs, 0o750)):
            folder.mkdir(mode=mode, exist_ok=True)
        for folder in (self.outbox, self.pictures):
            folder.mkdir(mode=0o750, exist_ok=True)

    def settings(self) -> dict[str, Any]:
        """What this house remembers between starts: its base port, whether it is furnished."""
        try:
            settings: dict[str, Any] = json.loads(self.settings_file.read_text("utf-8"))
        except FileNotFoundError:
            return {}
        return settings

    @property
    def is_demo(self) -> bool:
        """Whether the demo company lives here. False where this process may not read it: then it is in earnest."""
        try:
            return self.settings().get("furnished") == "demo"
        except OSError:
            return False

    def remember(self, **settings: Any) -> None:
        """Change some of the house's settings, wholly or not at all."""
        replace_file(self.settings_file, json.dumps(self.settings() | settings, indent=2) + "\n")

    def secret(self, name: str) -> str:
        """The secret of this name: from the file KONTOR_SECRET_FILE_<NAME> names, else from the house.

        Generated at the first call (256 bits) and the same ever after, also when two processes ask at once.
        """
        variable = "KONTOR_SECRET_FILE_" + re.sub(r"\W", "_", name).upper()
        if given := os.environ.get(variable):
            return _read_secret(Path(given), variable)
        file = self.secrets / name
        try:
            return file.read_text("ascii").strip()
        except FileNotFoundError:
            self.secrets.mkdir(mode=0o700, parents=True, exist_ok=True)
        draft = self.secrets / f".{name}.{os.getpid()}.{secrets.token_hex(4)}"
        write_private(draft, secrets.token_urlsafe(32) + "\n")
        with suppress(FileExistsError):  # another process was first: its secret counts
            os.link(draft, file)
        draft.unlink()
        return file.read_text("ascii").strip()

    def connection(self, role: str, *, database: str | None = None) -> dict[str, Any]:
        """Arguments for ``psycopg.connect`` as the login role ``kontor_<role>``.

        DATABASE_URL, when set, names server, port and database, and KONTOR_PASSWORD_FILE_<ROLE> the file with
        the role's password; without such a file none is sent (peer or certificate login).
        """
        user = f"kontor_{role}"
        url = os.environ.get("DATABASE_URL")
        if not url:
            return {
                "host": str(self.sockets),
                "port": SOCKET_PORT,
                "user": user,
                "password": self.secret(f"database-{role}"),
                "dbname": database or DATABASE,
            }
        named = {key: value for key, value in conninfo_to_dict(url).items() if value is not None}
        named.pop("password", None)
        named |= {"user": user, "dbname": database or named.get("dbname") or DATABASE}
        variable = f"KONTOR_PASSWORD_FILE_{role.upper()}"
        if given := os.environ.get(variable):
            named["password"] = _read_secret(Path(given), variable)
        return named

    def superuser_connection(self, *, database: str = "postgres") -> dict[str, Any]:
        """Arguments for ``psycopg.connect`` as the embedded server's superuser. Never for DATABASE_URL."""
        return {
            "host": str(self.sockets),
            "port": SOCKET_PORT,
            "user": "postgres",
            "password": self.secret("database-superuser"),
            "dbname": database,
        }


def write_private(file: Path, text: str) -> None:
    """Write a new file that only its owner may read, durable when this returns; refuses an existing one."""
    handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as stream:
        stream.write(text)
        stream.flush()
        os.fsync(stream.fileno())


def replace_file(file: Path, text: str, *, mode: int = 0o600) -> None:
    """Put this text in the place of a file, wholly or not at all."""
    draft = file.with_name(f".{file.name}.{os.getpid()}.{secrets.token_hex(4)}")
    write_private(draft, text)
    draft.chmod(mode)
    draft.replace(file)


def _read_secret(file: Path, variable: str) -> str:
    try:
        return file.read_text("utf-8").strip()
    except OSError as problem:
        raise HouseRefusal(
            _("The file %(file)s named by %(variable)s cannot be read. Name a file that this user may read.")
            % {"file": file, "variable": variable}
        ) from problem
