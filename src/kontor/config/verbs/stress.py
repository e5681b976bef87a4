"""``./kontor stress promises``: the promise ledger under load, checked in the database while it runs and afterwards."""

import argparse
import json
import sys
from collections.abc import Mapping
from importlib import import_module
from typing import Any

from kontor.config.django_ready import setup_django
from kontor.config.embedded import open_database
from kontor.config.house import House
from kontor.config.progress import add_progress_argument, progress_for
from kontor.config.words import gettext_now as _


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What is stressed, how long, by how many."""
    parser.add_argument("what", choices=["promises", "kill"])
    parser.add_argument("--seconds", type=float, default=30.0, help=_("how long"))
    parser.add_argument("--connections", type=int, default=32, help=_("how many connections, at least 8"))
    parser.add_argument("--seed", type=int, default=7, help=_("another seed tries another order of events"))
    parser.add_argument("--points", type=int, default=20, help=_("how often something is killed"))
    parser.add_argument("--json", action="store_true", help=_("machine-readable"))
    add_progress_argument(parser)


def run(args: argparse.Namespace) -> int:
    """1 where a rule was broken or transactions waited for each other in a circle."""
    house = House.from_environment()
    if args.what == "kill":
        return _kill(args, house)
    with open_database(house):
        setup_django("owner", house=house)
        stress = import_module("kontor.config.stress.running")
        plan = stress.Plan(seconds=args.seconds, connections=args.connections, seed=args.seed)
        result = stress.run(house, plan, progress_for(args))
    sys.stdout.write((json.dumps(result, default=str) if args.json else _readable(result)) + "\n")
    return 1 if result["violations"] or result["deadlocks"] else 0


def _kill(args: argparse.Namespace, house: House) -> int:
    """A house of its own is started, killed and compared; the one named is not touched."""
    setup_django("owner", house=house)
    kill = import_module("kontor.config.stress.kill")
    result = kill.run(points=args.points, seed=args.seed, progress=progress_for(args))
    sys.stdout.write(json.dumps(result, indent=None if args.json else 2) + "\n")
    return 1 if result["violations"] else 0


def _readable(result: Mapping[str, Any]) -> str:
    lines = [f"{_('Operation'):<20}{_('done'):>9}{_('per s'):>9}{_('refused'):>9}"]
    lines += [
        f"{name:<20}{one['done']:>9}{one['per_s']:>9}{one['refused']:>9}"
        for name, one in result["operations"].items()
    ]
    told = {
        _("Operations per second"): result["operations_per_s"],
        _("Connections"): result["connections"],
        _("Waited too long for a lock"): sum(result["lock_timeouts"].values()),
        _("Waited in a circle"): sum(result["deadlocks"].values()),
        _("Checks of all rules"): result["checks"],
        _("Violations"): result["violations"],
    }
    lines += ["", *(f"{name:<38}{value:>9}" for name, value in told.items())]
    lines += [f"  {one['rule']}: {one['subject']} ({one['detail']})" for one in result["violations_found"]]
    return "\n".join(lines)
