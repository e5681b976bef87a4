"""``./kontor migrate``: brings the database to this version, builds the wall, gathers static files."""

import argparse
import sys
from importlib import import_module

from django.core.management import call_command

from kontor.config.django_ready import setup_django
from kontor.config.embedded import open_database
from kontor.config.house import PROJECT, House
from kontor.config.prepared import fingerprint, note_prepared


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Nothing but the house."""


def run(_args: argparse.Namespace) -> int:
    """Migrate as the owner, load the dated rules, build the wall. Safe to repeat."""
    house = House.from_environment()
    with open_database(house):
        mark = fingerprint()
        compile_words()
        setup_django("owner", house=house)
        call_command("migrate", interactive=False, verbosity=0)
        import_module("kontor.kernel.rules").load_rules()
        import_module("kontor.kernel.membrane.wall").build_wall()
        call_command("collectstatic", interactive=False, verbosity=0, clear=False)
        note_prepared(house, mark)
    return 0


def compile_words() -> None:
    """Compile the German catalogue where it is stale."""
    sys.path.insert(0, str(PROJECT))
    try:
        import_module("tools.messages").ensure_compiled()
    finally:
        sys.path.remove(str(PROJECT))
