"""``./kontor demo``: furnishes the house with the demo company."""

import argparse
import sys
from datetime import UTC, datetime
from importlib import import_module

from kontor.config.django_ready import setup_django
from kontor.config.embedded import open_database
from kontor.config.house import House
from kontor.config.words import gettext_now as _


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Nothing but the house."""


def run(_args: argparse.Namespace) -> int:
    """Load goods, customers, staff and past orders, once. ``load_demo`` returns the logins that ``up`` shows."""
    house = House.from_environment()
    if house.settings().get("furnished") == "demo":
        sys.stdout.write(_("The house is furnished already.") + "\n")
        return 0
    with open_database(house):
        setup_django("owner", house=house)
        logins = import_module("kontor.config.demo.load").load_demo(datetime.now(UTC))
    house.remember(furnished="demo", logins=[list(login) for login in logins or ()])
    return 0
