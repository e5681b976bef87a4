"""``./kontor restore FILE --data DIR``: a house from a backup, in an empty folder."""

import argparse
import os
import subprocess
import sys
import time
from importlib import import_module
from pathlib import Path

from kontor.config.django_ready import setup_django
from kontor.config.house import PROJECT, House
from kontor.config.progress import add_progress_argument, progress_for
from kontor.config.saving import rebuilt
from kontor.config.words import HouseRefusal
from kontor.config.words import gettext_now as _


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """From where; the folder is --data."""
    parser.add_argument("file", type=Path, help=_("the backup"))
    add_progress_argument(parser)


def run(args: argparse.Namespace) -> int:
    """Unpack, compare, load, migrate, build the wall, and compare the books' checksum with the saved one."""
    house = House.from_environment()
    if house.is_external:
        raise HouseRefusal(
            _("A backup is restored into a house of its own. Unset DATABASE_URL, or load it with pg_restore.")
        )
    file: Path = args.file.expanduser().absolute()
    begun = time.monotonic()
    with rebuilt(file, house, complete=_migrate, progress=progress_for(args)) as (draft, manifest):
        setup_django("owner", house=draft)
        found = import_module("kontor.config.books").books_checksum()
        if found != manifest.books:
            raise HouseRefusal(
                _("The books' checksum is %(found)s, but %(saved)s was saved. Take another backup.")
                % {"found": found, "saved": manifest.books}
            )
    sys.stdout.write(
        _(
            "The house of %(made_at)s stands in %(path)s (%(seconds).0f s). Start it with ./kontor up --data %(path)s."
        )
        % {"made_at": manifest.made_at, "path": house.path, "seconds": time.monotonic() - begun}
        + "\n"
    )
    if found is not None:
        sys.stdout.write(_("Checksum of the books: %(books)s, as saved.") % {"books": found} + "\n")
    return 0


def _migrate(draft: House) -> None:
    """In a process of its own, since each process loads Django once."""
    command = [sys.executable, "-P", "-m", "kontor.config.command", "migrate"]
    environment = os.environ | {"KONTOR_HOUSE": str(draft.path)}
    if subprocess.run(command, env=environment, cwd=PROJECT, check=False).returncode:
        raise HouseRefusal(
            _("The restored database cannot be brought to this version; the reason stands above.")
        )
