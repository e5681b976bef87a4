"""``./kontor shell``: a Python prompt inside the house."""

import argparse

from django.core.management import call_command

from kontor.config.django_ready import setup_django
from kontor.config.embedded import open_database
from kontor.config.house import House
from kontor.config.words import gettext_now as _


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """As which plane, and optionally one command."""
    planes = ("public", "desk", "back", "worker", "owner")
    parser.add_argument(
        "--as", dest="plane", choices=planes, default="worker", help=_("the plane to stand in")
    )
    parser.add_argument("-c", "--command", help=_("run this instead of a prompt"))


def run(args: argparse.Namespace) -> int:
    """Open the prompt; the database runs for as long as it lasts."""
    house = House.from_environment()
    house.must_exist()
    with open_database(house):
        setup_django(args.plane, house=house)
        call_command("shell", command=args.command)
    return 0
