"""``./kontor backup FILE``: the whole house in one file, while it works."""

import argparse
import re
import sys
import time
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path

from django.db import connection
from django.db.transaction import atomic

from kontor.config.django_ready import setup_django
from kontor.config.embedded import open_database
from kontor.config.house import House
from kontor.config.progress import Tell, add_progress_argument, progress_for
from kontor.config.saving import save
from kontor.config.words import gettext_now as _


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Where to."""
    parser.add_argument("file", type=Path, help=_("the file to write; an older one is replaced"))
    add_progress_argument(parser)


def run(args: argparse.Namespace) -> int:
    """One consistent moment of the database, with the books' checksum of that very moment."""
    house = House.from_environment()
    house.must_exist()
    file: Path = args.file.expanduser().absolute()
    begun = time.monotonic()
    with open_database(house):
        setup_django("owner", house=house)
        with atomic(), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
            cursor.execute("SELECT pg_export_snapshot()")
            snapshot = str(cursor.fetchone()[0])
            books = import_module("kontor.config.books").books_checksum()
            made_at = datetime.now(UTC).isoformat(timespec="seconds")
            weights = _megabytes()
            with progress_for(args)(_("Megabytes saved"), sum(weights.values())) as tell:
                heard = _Scale(weights, tell).hear
                save(house, file, made_at=made_at, snapshot=snapshot, books=books, heard=heard)
                tell(sum(weights.values()))
    size = file.stat().st_size / 1e6
    seconds = time.monotonic() - begun
    sys.stdout.write(
        _("The house is saved in %(file)s: %(size).0f MB, %(seconds).0f s.")
        % {"file": file, "size": size, "seconds": seconds}
        + "\n"
    )
    if books is not None:
        sys.stdout.write(_("Checksum of the books: %(books)s") % {"books": books} + "\n")
    return 0


def _megabytes() -> dict[str, float]:
    """What each table weighs."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT n.nspname || '.' || c.relname, pg_table_size(c.oid) / 1e6 FROM pg_class c"
            " JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.relkind = 'r' AND n.nspname = 'public'"
        )
        return {name: float(size) for name, size in cursor.fetchall()}


class _Scale:
    """Weighs what is saved: pg_dump names each table when it begins with it, so all before are done."""

    def __init__(self, weights: dict[str, float], tell: Tell) -> None:
        self._weights, self._tell = weights, tell
        self._done = self._under_way = 0.0

    def hear(self, line: str) -> None:
        """One line of pg_dump's words."""
        for name in re.findall(r"dumping contents of table .(public[.]\w+)", line):
            self._done += self._under_way
            self._under_way = self._weights.get(name, 0.0)
            self._tell(self._done)
