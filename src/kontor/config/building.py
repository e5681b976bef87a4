"""Bringing a house's database to what the code says: migrations, wall, subscriptions, rules. Safe to repeat."""

from django.core.management import call_command

from kontor.config.founding import bring_departments_and_doors
from kontor.kernel.events.hearing import import_handlers, write_subscriptions
from kontor.kernel.membrane.wall import build_wall
from kontor.kernel.rules.tax import load_rules


def prepare_database(*, verbosity: int = 0) -> None:
    """Migrate as the owner, build the wall, write who hears what, and load the dated rules."""
    call_command("migrate", verbosity=verbosity, interactive=False)
    build_wall()
    import_handlers()
    write_subscriptions()
    load_rules()
    bring_departments_and_doors()
