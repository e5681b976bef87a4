"""``./kontor serve NAME``: one process of the house alone, for an operator's own supervisor (systemd)."""

import argparse
import os

from kontor.config.house import House
from kontor.config.processes import DEFAULT_PORT, PROCESSES
from kontor.config.words import HouseRefusal
from kontor.config.words import gettext_now as _


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which process, on which ports."""
    parser.add_argument("name", choices=[process.name for process in PROCESSES], help=_("the process"))
    parser.add_argument("--port", type=int, help=_("the first of five ports (the house's last, else 8400)"))


def run(args: argparse.Namespace) -> int:
    """Become that process. Database, migrations and restarts are the operator's (docs/operators/production.md)."""
    house = House.from_environment()
    base = args.port or house.settings().get("port", DEFAULT_PORT)
    for process in PROCESSES:
        if process.name == args.name and process.exists():
            command = process.command(base)
            os.execve(command[0], command, process.environment(house, base))  # noqa: S606
    raise HouseRefusal(_("This version has no process %(name)s.") % {"name": args.name})
