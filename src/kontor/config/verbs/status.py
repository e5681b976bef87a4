"""``./kontor status``: what runs, where, how much memory it takes."""

import argparse
import json
import sys
from dataclasses import asdict

from kontor.config.house import House
from kontor.config.observing import ProcessState, State, observe
from kontor.config.words import gettext_now as _


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """For people or for programs."""
    parser.add_argument("--json", action="store_true", help=_("print JSON"))


def run(args: argparse.Namespace) -> int:
    """Exit code 0 when the house is up and whole, 3 when it is not."""
    state = observe(House.from_environment())
    text = json.dumps(asdict(state), indent=2) if args.json else table(state)
    sys.stdout.write(text + "\n")
    return 0 if state.is_whole else 3


def table(state: State) -> str:
    """The state for people."""
    lines = [_("House: %(path)s") % {"path": state.house}]
    lines.append(_("The house is up.") if state.is_up else _("The house is down."))
    lines += [_line(process) for process in state.processes]
    if state.pss_bytes:
        lines.append(
            _("Memory of all processes together: %(megabytes).0f MB") % {"megabytes": state.pss_bytes / 1e6}
        )
    database = state.database
    if database.is_running:
        lines.append(
            _("Database: PostgreSQL %(version)s, %(megabytes).0f MB")
            % {"version": database.version, "megabytes": (database.size_bytes or 0) / 1e6}
        )
    else:
        lines.append(_("Database: not running."))
    if database.migrations_pending:
        lines.append(
            _("Migrations not yet made: %(count)s. Run ./kontor migrate.")
            % {"count": database.migrations_pending}
        )
    if database.dead_letters:
        lines.append(
            _("Messages that no room could take: %(count)s. See the back office.")
            % {"count": database.dead_letters}
        )
    return "\n".join(lines)


def _line(process: ProcessState) -> str:
    where = f"http://127.0.0.1:{process.port}/" if process.port else ""
    is_well = process.pids and process.answers is not False
    word = _("runs") if is_well else _("does not run")
    return f"  {process.name:<9} {word:<13} {process.pss_bytes / 1e6:>5.0f} MB  {where}"
