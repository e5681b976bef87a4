"""Lets the linter squawk read the migrations that change tables of living houses, without asking a database.

A room's first migration makes its tables in an empty house, where no lock can hurt; all later ones are read.
"""

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from unittest.mock import patch

import django
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from psycopg.sql import quote

PROJECT = Path(__file__).resolve().parents[1]
LEAST_SERVER_VERSION = 180000
# Django writes varchar and small integers on purpose; the connection sets lock and statement timeouts.
LEFT_OUT = (
    "prefer-text-field",
    "prefer-bigint-over-int",
    "prefer-bigint-over-smallint",
    "prefer-robust-stmts",
    "require-lock-timeout",
    "require-statement-timeout",
)


def write_all(folder: Path) -> int:
    """Write the SQL of every later migration of ours into ``folder``, one file each; returns how many.

    Those that run outside a transaction (``atomic = False``: indexes built while the house works) stand in ``alone``.
    """
    connection.__dict__["pg_version"] = LEAST_SERVER_VERSION  # else Django would ask the server
    loader = MigrationLoader(None)
    count = 0
    for key, migration in sorted(loader.graph.nodes.items()):
        if not migration.__module__.startswith("kontor.") or migration.initial:
            continue
        state = loader.project_state(key, at_end=False)
        with (
            patch.object(connection.ops, "compose_sql", _composed),
            connection.schema_editor(collect_sql=True, atomic=False) as editor,
        ):
            migration.apply(state, editor, collect_sql=True)
        place = folder if migration.atomic else folder / "alone"
        place.mkdir(exist_ok=True)
        (place / f"{key[0]}.{key[1]}.sql").write_text("\n".join(editor.collected_sql), "utf-8")
        count += 1
    return count


def _composed(sql: str, values: Sequence[Any]) -> str:
    """Put values into a statement; Django would open a connection for that."""
    return sql % tuple(quote(value) for value in values)


def main() -> int:
    """Write, read, and return squawk's verdict."""
    sys.path.insert(0, str(PROJECT / "src"))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kontor.config.settings")
    django.setup()
    with TemporaryDirectory() as folder:
        count = write_all(Path(folder))
        print(f"{count} later migrations.")
        if not count:
            return 0
        together = sorted(Path(folder).glob("*.sql"))
        alone = sorted(Path(folder).glob("alone/*.sql"))
        return max(_verdict(together, "--assume-in-transaction"), _verdict(alone))


def _verdict(files: Sequence[Path], *options: str) -> int:
    if not files:
        return 0
    command = [str(Path(sys.executable).with_name("squawk")), "--pg-version=18.0", *options]
    command += [f"--exclude={','.join(LEFT_OUT)}", *map(str, files)]
    return subprocess.run(command, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
