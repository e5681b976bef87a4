"""``./kontor found``: lays the foundations of an empty house, and prints the link of its first administrator."""

import argparse
import sys
from importlib import import_module

from kontor.config.django_ready import setup_django
from kontor.config.embedded import open_database
from kontor.config.house import House
from kontor.config.words import gettext_now as _


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Whether to keep quiet: ``up`` prints the link itself."""
    parser.add_argument("--quiet", action="store_true", help=_("print nothing"))


def run(args: argparse.Namespace) -> int:
    """Departments, accounts, number ranges; a new link while nobody can log in, which ends earlier ones."""
    house = House.from_environment()
    with open_database(house):
        setup_django("owner", house=house)
        token = import_module("kontor.config.founding").open_the_house()  # loads models: only now
    house.remember(begin=token)
    if not args.quiet:
        sys.stdout.write(
            (f"/welcome/{token}/" if token else _("This house has staff already: log in.")) + "\n"
        )
    return 0
