"""``./kontor migrate``: brings the database to this version, builds the wall, gathers static files."""

import argparse
from importlib import import_module

from django.core.management import call_command

from kontor.config.catalogue import ensure_compiled
from kontor.config.django_ready import setup_django
from kontor.config.embedded import open_database
from kontor.config.house import House
from kontor.config.prepared import fingerprint, note_prepared


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Nothing but the house."""


def run(_args: argparse.Namespace) -> int:
    """Everything a database and a house's folder need to fit this version. Safe to repeat."""
    house = House.from_environment()
    with open_database(house):
        mark = fingerprint()
        ensure_compiled()
        setup_django("owner", house=house)
        import_module("kontor.config.building").prepare_database()  # loads models: only now
        import_module("kontor.config.founding").adopt_face(house.settings().get("brand", {}))
        call_command("collectstatic", interactive=False, verbosity=0)
        note_prepared(house, mark)
    return 0
