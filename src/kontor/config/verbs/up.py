"""``./kontor up``: the whole house with one command."""

import argparse
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

from kontor.config.children import end_left_overs, run_marked
from kontor.config.embedded import Cluster, create_roles_and_database
from kontor.config.house import PROJECT, House
from kontor.config.prepared import is_prepared
from kontor.config.processes import DEFAULT_PORT, addresses
from kontor.config.supervisor import Stopped, Supervisor, stop_on_signals, the_only_one
from kontor.config.welcome import print_welcome
from kontor.config.words import HouseRefusal
from kontor.config.words import gettext_now as _

_DETACHED = "KONTOR_DETACHED"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Where, on which ports, and whether to give the terminal back."""
    parser.add_argument(
        "--detach", action="store_true", help=_("give the terminal back when the house is up")
    )
    parser.add_argument("--port", type=int, help=_("the first of five ports (the house's last, else 8400)"))
    parser.add_argument("--empty", action="store_true", help=_("do not furnish a new house with demo data"))


def run(args: argparse.Namespace) -> int:
    """Prepare, start, watch, stop."""
    house = House.from_environment()
    if args.detach and _DETACHED not in os.environ:
        return _in_background(house, args)
    stop_on_signals()
    try:
        with the_only_one(house):
            base = args.port or house.settings().get("port", DEFAULT_PORT)
            supervisor = Supervisor(house, base)
            end_left_overs(house)
            supervisor.check_ports()
            house.remember(port=base)
            try:
                _prepare(house, base, empty=args.empty)
                supervisor.run(lambda: _welcome(house, base))
            finally:
                if not house.is_external:
                    Cluster(house).stop()
    except Stopped:
        pass
    return 0


def _in_background(house: House, args: argparse.Namespace) -> int:
    """Start ourselves again without a terminal, and pass on what that process says until it is up."""
    command = [sys.executable, "-P", "-m", "kontor.config.command", "up"]
    command += [f"--port={args.port}"] if args.port else []
    command += ["--empty"] if args.empty else []
    environment = os.environ | {_DETACHED: "1", "KONTOR_HOUSE": str(house.path)}
    background = subprocess.Popen(
        command,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        cwd=PROJECT,
        start_new_session=True,
    )
    try:
        for line in background.stdout or ():
            sys.stdout.buffer.write(line)
            sys.stdout.flush()
    except KeyboardInterrupt:
        background.terminate()
    try:
        return background.wait(0.3)  # it closed the pipe by ending: it has said why
    except subprocess.TimeoutExpired:
        return 0  # it closed the pipe because the house is up


def _welcome(house: House, base: int) -> None:
    print_welcome(house, base, detached=_DETACHED in os.environ)
    if _DETACHED in os.environ:  # the pipe to the one who waits ends here
        with (house.logs / "supervisor.log").open("ab") as log:
            sys.stdout.flush()
            os.dup2(log.fileno(), 1)
            os.dup2(log.fileno(), 2)


def _prepare(house: House, base: int, *, empty: bool) -> None:
    with _step(_("Database")):
        if not house.is_external:
            Cluster(house).start()
        create_roles_and_database(house)
    if not is_prepared(house):
        with _step(_("Tables, wall and words")):
            _verb(house, base, "migrate")
    settings = house.settings()
    if empty and "furnished" not in settings:
        house.remember(furnished="empty")
    if house.settings().get("furnished") == "empty":
        if settings.get("begin", "-"):  # empty: somebody can log in
            with _step(_("Foundations")):
                _verb(house, base, "found", "--quiet")
    elif "furnished" not in settings:
        with _step(_("Demo company"), speaks=True):
            _verb(house, base, "demo")


def _verb(house: House, base: int, name: str, *options: str) -> None:
    """Run another verb in a process of its own: its memory goes when it ends."""
    environment = addresses(base) | dict(os.environ) | {"KONTOR_HOUSE": str(house.path)}
    command = [sys.executable, "-P", "-m", "kontor.config.command", name, *options]
    if run_marked(name, command, house, environment=environment):
        raise HouseRefusal(
            _(
                "This step failed; the reason stands above. Repeat it with ./kontor %(verb)s, then ./kontor up."
            )
            % {"verb": name}
        )


@contextmanager
def _step(name: str, *, speaks: bool = False) -> Iterator[None]:
    """Tell what is done and how long it took; a step that ``speaks`` writes lines of its own between."""
    sys.stdout.write(f"{name} … " + ("\n" if speaks else ""))
    sys.stdout.flush()
    begun = time.monotonic()
    yield
    sys.stdout.write(f"{time.monotonic() - begun:.1f} s\n")
    sys.stdout.flush()
