"""Whether the database fits this version of the program: a fingerprint of the source, kept with the database."""

import hashlib
import os
from pathlib import Path

import psycopg
from psycopg import sql

from kontor.config.house import PROJECT, House

SOURCE = Path(__file__).resolve().parents[1]


def fingerprint() -> str:
    """Changes whenever a source file or the locked requirements change."""
    digest = hashlib.sha256()
    files = [Path(folder) / name for folder, _, names in os.walk(SOURCE) for name in names]
    files.append(PROJECT / "requirements.lock")
    for file in sorted(files):
        if file.suffix not in {".pyc", ".mo"} and file.exists():
            state = file.stat()
            digest.update(f"{file.relative_to(PROJECT)} {state.st_size} {state.st_mtime_ns}\n".encode())
    return f"kontor {digest.hexdigest()}"


def is_prepared(house: House) -> bool:
    """Whether ``./kontor migrate`` has run on this database with exactly this source."""
    if not (house.path / "static").exists():
        return False
    with psycopg.connect(**house.connection("owner"), autocommit=True) as connection:
        row = connection.execute(
            "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = current_database()"
        ).fetchone()
    return row is not None and row[0] == fingerprint()


def note_prepared(house: House, mark: str) -> None:
    """Keep the fingerprint taken before the preparation began."""
    with psycopg.connect(**house.connection("owner"), autocommit=True) as connection:
        connection.execute(
            sql.SQL("COMMENT ON DATABASE {} IS {}").format(
                sql.Identifier(connection.info.dbname), sql.Literal(mark)
            )
        )
