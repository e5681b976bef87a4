"""``./kontor bench``: ratios against an opponent, measured in one run."""

import argparse
import importlib
import json
import sys

from kontor.config.django_ready import setup_django
from kontor.config.embedded import open_database
from kontor.config.house import House
from kontor.config.progress import add_progress_argument, progress_for
from kontor.config.words import gettext_now as _

# A benchmark is a module kontor.config.bench.<name> with add_arguments and
# measure(args, house, progress).
BENCHES = {
    "o2c": _("Order to cash against hand-written SQL."),
    "pages": _("Pages against a bare view."),
    "wall": _("Row policies against none."),
    "oversell": _("Many buyers for few pieces."),
    "move": _("A receipt moves, with a thousand promises."),
    "watchers": _("Many open pages on one live process."),
    "ear": _("How well signals are grouped, and how fast."),
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which one; its own arguments follow."""
    parser.add_argument("bench", choices=sorted(BENCHES))
    parser.add_argument("--json", action="store_true", help=_("machine-readable"))
    add_progress_argument(parser)


takes_rest = True


def run(args: argparse.Namespace) -> int:
    """Measure and print."""
    house = House.from_environment()
    with open_database(house):
        setup_django("owner", house=house)
        module = importlib.import_module(f"kontor.config.bench.{args.bench}")
        parser = argparse.ArgumentParser(prog=f"./kontor bench {args.bench}")
        module.add_arguments(parser)
        result = module.measure(parser.parse_args(args.rest), house, progress_for(args))
    sys.stdout.write((json.dumps(result) if args.json else _readable(result)) + "\n")
    return 0


def _readable(value: object, indent: int = 0) -> str:
    pad = "  " * indent
    if isinstance(value, dict):
        return "\n".join(
            f"{pad}{key}:\n{_readable(inner, indent + 1)}"
            if isinstance(inner, (dict, list))
            else f"{pad}{key:<26} {inner}"
            for key, inner in value.items()
        )
    if isinstance(value, list):
        return "\n\n".join(_readable(inner, indent) for inner in value)
    return f"{pad}{value}"
