"""``./kontor demo``: furnishes an empty house as "Weserrad GmbH, Bremen"."""

import argparse
import sys
from dataclasses import asdict
from datetime import UTC, datetime
from importlib import import_module

from kontor.config.demo.logins import ALL_DEPARTMENTS, CUSTOMER, DEMO_PASSWORD
from kontor.config.django_ready import setup_django
from kontor.config.embedded import open_database
from kontor.config.house import House
from kontor.config.words import HouseRefusal
from kontor.config.words import gettext_now as _


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Nothing but the house."""


def run(_args: argparse.Namespace) -> int:
    """Load the demo company once; what was cut off is taken up again, what is furnished is left. Safe to repeat."""
    house = House.from_environment()
    if house.settings().get("furnished") == "demo":
        sys.stdout.write(_("This house is furnished already; nothing was changed.") + "\n")
        return 0
    with open_database(house):
        setup_django("owner", house=house)
        furnish = import_module("kontor.config.demo.load").load_demo
        found = furnish(
            datetime.now(UTC), pictures=house.pictures, tell=_tell if sys.stdout.isatty() else _silent
        )
    if found is None:
        raise HouseRefusal(
            _(
                "Another company lives in this house. Name an empty folder with --data to furnish a house of its own."
            )
        )
    house.remember(furnished="demo", logins=_logins())
    sys.stdout.write(
        _("%(offerings)s articles, %(customers)s customers, %(staff)s staff, %(orders)s past orders.")
        % asdict(found)
        + "\n"
    )
    return 0


def _logins() -> list[tuple[str, str]]:
    password = DEMO_PASSWORD
    return [
        (_("Customer"), f"{CUSTOMER} / {password}"),
        (_("Business customer"), f"jonas.keller@example.org / {password}"),
        (_("Sales and care"), f"linda.mitchell@weserrad.example / {password}"),
        (_("Order administration"), f"stephen.jiang@weserrad.example / {password}"),
        (_("Warehouse"), f"pilar.ackerman@weserrad.example / {password}"),
        (_("Accounting"), f"deborah.poe@weserrad.example / {password}"),
        (_("All departments"), f"{ALL_DEPARTMENTS} / {password}"),
    ]


def _silent(_done: int, _of: int) -> None:
    pass


def _tell(done: int, of: int) -> None:
    sys.stdout.write(
        "\r" + _("Past days: %(done)s of %(of)s") % {"done": done, "of": of} + ("\n" if done == of else "")
    )
    sys.stdout.flush()
