"""A whole house in one file, and a house made from such a file.

The file is a tar: ``database.dump`` (pg_dump's own compressed format), ``pictures``, ``outbox``, ``secrets`` (roles'
passwords, signing keys), ``settings.json``, and last ``manifest.json`` with the sum of every part. Whoever has it has
the house: it is written for its owner alone.
"""

import hashlib
import json
import os
import secrets
import shutil
import subprocess
import tarfile
import tempfile
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from kontor.config.binaries import find_client
from kontor.config.embedded import Cluster, create_roles_and_database
from kontor.config.house import House
from kontor.config.progress import Progress
from kontor.config.words import HouseRefusal
from kontor.config.words import gettext_now as _

FORMAT = 1
_NOT_SAVED = {"house-id"}  # says where this one house's server files lie


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup contains: when it was made, the books' checksum then, and each part's sha256."""

    format: int
    made_at: str
    server_version: int
    books: str | None
    parts: dict[str, str]


type Heard = Callable[[str], None]


def save(
    house: House, file: Path, *, made_at: str, snapshot: str, books: str | None, heard: Heard
) -> Manifest:
    """Write the backup: the database as of ``snapshot``, then the files. Appears whole or not at all, mode 0600.

    ``heard`` is called with each line in which pg_dump says what it does.
    """
    file.parent.mkdir(parents=True, exist_ok=True)
    draft = file.with_name(f".{file.name}.{secrets.token_hex(4)}")
    with tempfile.TemporaryDirectory(prefix=".backup-", dir=file.parent) as folder:
        dump = Path(folder) / "database.dump"
        _dump_database(house, dump, snapshot, heard)
        parts: dict[str, str] = {}
        try:
            with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as target:
                with tarfile.open(fileobj=target, mode="w", format=tarfile.PAX_FORMAT) as archive:
                    for name, path in [("database.dump", dump), *_files(house)]:
                        parts[name] = _sum(path)
                        archive.add(path, arcname=name, recursive=False)
                    manifest = Manifest(FORMAT, made_at, _dumped_version(house), books, parts)
                    _add_manifest(archive, manifest, Path(folder))
                target.flush()
                os.fsync(target.fileno())
            draft.replace(file)
        finally:
            draft.unlink(missing_ok=True)
    return manifest


def _files(house: House) -> Iterator[tuple[str, Path]]:
    for folder in (house.secrets, house.pictures, house.outbox):
        for path in sorted(folder.rglob("*")):
            if path.is_file() and path.name not in _NOT_SAVED and not path.name.startswith("."):
                yield str(path.relative_to(house.path)), path
    if house.settings_file.exists():
        yield house.settings_file.name, house.settings_file


def _add_manifest(archive: tarfile.TarFile, manifest: Manifest, folder: Path) -> None:
    path = folder / "manifest.json"
    path.write_text(json.dumps(asdict(manifest), indent=1), "utf-8")
    archive.add(path, arcname="manifest.json")


def _sum(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _dumped_version(house: House) -> int:
    program = find_client("pg_dump", house.server_root / "runtime")
    answer = subprocess.run([program, "--version"], capture_output=True, text=True, check=True)
    return int(answer.stdout.split()[2].split(".")[0])


def _client(house: House, name: str, *arguments: str, heard: Heard) -> None:
    """Run pg_dump or pg_restore as the owner; ``heard`` gets each line it says."""
    connection = house.connection("owner")
    variables = {
        "host": "PGHOST",
        "port": "PGPORT",
        "user": "PGUSER",
        "password": "PGPASSWORD",
        "dbname": "PGDATABASE",
    }
    named = {variables[key]: str(value) for key, value in connection.items() if key in variables}
    program = str(find_client(name, house.server_root / "runtime"))
    last_words = deque[str](maxlen=20)
    with subprocess.Popen(
        [program, "--verbose", *arguments], env=os.environ | named, stderr=subprocess.PIPE, text=True
    ) as running:
        for line in running.stderr or ():
            last_words.append(line)
            heard(line)
    if running.returncode:
        raise HouseRefusal(
            _("%(program)s could not do its work. Its last words:\n%(words)s")
            % {"program": name, "words": "".join(last_words)[-1500:]}
        )


def _dump_database(house: House, dump: Path, snapshot: str, heard: Heard) -> None:
    """Everything but what the superuser makes in each new house: extensions, rights on PostgreSQL's own functions."""
    arguments = ["--format=custom", "--no-comments", "--exclude-extension=*", "--exclude-schema=pg_catalog"]
    arguments.append(f"--snapshot={snapshot}")
    _client(house, "pg_dump", *arguments, f"--file={dump}", heard=heard)


def unpack(file: Path, folder: Path) -> Manifest:
    """Unpack a backup into a fresh folder and compare every part with the manifest.

    Raises:
        HouseRefusal: the file is none of ours, incomplete, changed, or of a later format.
    """
    not_ours = _("%(file)s is not a whole backup of a house. Take another one.") % {"file": file}
    try:
        with tarfile.open(file, "r:") as archive:
            archive.extractall(folder, filter="data")
        described = json.loads((folder / "manifest.json").read_text("utf-8"))
        manifest = Manifest(**described)
    except (tarfile.TarError, FileNotFoundError, ValueError, TypeError) as problem:
        raise HouseRefusal(not_ours) from problem
    if manifest.format != FORMAT:
        raise HouseRefusal(
            _("%(file)s was made by a later version of Kontor. Restore it with that version.")
            % {"file": file}
        )
    for name, expected in manifest.parts.items():
        path = folder / name
        if not path.is_file() or _sum(path) != expected:
            raise HouseRefusal(not_ours)
    return manifest


@contextmanager
def rebuilt(
    file: Path, house: House, *, complete: Callable[[House], None], progress: Progress
) -> Iterator[tuple[House, Manifest]]:
    """A house made from the backup beside its place; ``complete`` migrates it. Put into its place at the end.

    Whatever fails or is killed on the way, the folder asked for stays empty.

    Raises:
        HouseRefusal: the folder is not empty, or the file is not a whole backup.
    """
    if house.path.exists() and any(house.path.iterdir()):
        raise HouseRefusal(
            _("The folder %(path)s is not empty. Name an empty or a new one with --data.")
            % {"path": house.path}
        )
    draft = House(house.path.with_name(f".{house.path.name}.restoring"))
    _discard(draft)
    try:
        draft.path.mkdir(parents=True, mode=0o700)
        manifest = unpack(file, draft.path)
        draft.create_folders()
        for secret in draft.secrets.iterdir():
            secret.chmod(0o600)
        Cluster(draft).start()
        create_roles_and_database(draft)
        _load_database(draft, draft.path / "database.dump", progress)
        complete(draft)
        yield draft, manifest
        Cluster(draft).stop()
        for used in ("database.dump", "manifest.json"):
            (draft.path / used).unlink()
        draft.path.rename(house.path)
    finally:
        _discard(draft)


def _load_database(house: House, dump: Path, progress: Progress) -> None:
    program = find_client("pg_restore", house.server_root / "runtime")
    contents = subprocess.run([program, "--list", dump], capture_output=True, text=True, check=True).stdout
    total = sum(not line.startswith(";") for line in contents.splitlines())
    with progress(_("Parts of the database restored"), total) as tell:
        parts = iter(range(1, total + 1))

        def heard(_line: str) -> None:
            tell(next(parts, total))

        arguments = ["--single-transaction", "--exit-on-error", "--no-owner", "--dbname=kontor"]
        _client(house, "pg_restore", *arguments, str(dump), heard=heard)
        tell(total)


def _discard(draft: House) -> None:
    """Remove a half-made house, its server included."""
    if draft.path.exists():
        Cluster(draft).stop()
        if draft.server_root != draft.path:
            shutil.rmtree(draft.server_root, ignore_errors=True)
        shutil.rmtree(draft.path)
