"""``./kontor test``: the tests, first those of the house on two processors, then the journeys in a browser."""

import argparse
import os
import subprocess
import sys
import time

from kontor.config.house import PROJECT
from kontor.config.words import gettext_now as _

takes_rest = True

_NOTHING_COLLECTED = 5  # pytest's exit code
_INTERRUPTED = 2


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which half; everything else goes to pytest."""
    halves = parser.add_mutually_exclusive_group()
    halves.add_argument("--browser", action="store_true", help=_("only the journeys in a browser"))
    halves.add_argument(
        "--no-browser", action="store_true", help=_("everything but the journeys in a browser")
    )


def run(args: argparse.Namespace) -> int:
    """Run pytest once or twice; the exit code is the first one that is not 0.

    A half that finds no test for the given arguments does not fail, unless the other one finds none either.
    """
    codes = []
    if not args.browser:
        is_spread = any(word.startswith("-n") for word in args.rest)
        spread = [] if is_spread else ["-n", "2", "--dist", "worksteal"]
        codes.append(_pytest("-m", "not browser", *spread, *args.rest))
    if not args.no_browser and codes != [_INTERRUPTED]:
        codes.append(_pytest("-m", "browser", *args.rest))
    found = [code for code in codes if code != _NOTHING_COLLECTED] or [_NOTHING_COLLECTED]
    return next((code for code in found if code), 0)


def _pytest(*words: str) -> int:
    sys.stdout.write("pytest " + " ".join(words) + "\n")
    sys.stdout.flush()
    began = time.monotonic()
    code = subprocess.run(
        [sys.executable, "-m", "pytest", *words],
        cwd=PROJECT,
        env=os.environ | {"PYTHONPATH": str(PROJECT / "src"), "KONTOR_PLANE": "owner"},
        check=False,
    ).returncode
    sys.stdout.write(_("Finished after %(seconds).0f s.") % {"seconds": time.monotonic() - began} + "\n")
    return code
