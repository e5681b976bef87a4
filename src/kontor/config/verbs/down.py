"""``./kontor down``: stops the house, also one whose supervisor was killed."""

import argparse
import os
import signal
import sys
import time
from contextlib import suppress

from kontor.config.children import end_left_overs
from kontor.config.embedded import Cluster
from kontor.config.house import House
from kontor.config.supervisor import holder
from kontor.config.words import HouseRefusal
from kontor.config.words import gettext_now as _

PATIENCE_SECONDS = 45.0


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Nothing but the house."""


def run(_args: argparse.Namespace) -> int:
    """Ask the supervisor to stop and wait for it; without one, end what is left. Safe to repeat."""
    house = House.from_environment()
    house.must_exist()
    begun = time.monotonic()
    pid = holder(house)
    if pid is not None:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGTERM)
        while holder(house) == pid:
            if time.monotonic() - begun > PATIENCE_SECONDS:
                raise HouseRefusal(
                    _(
                        "The supervisor (process %(pid)s) does not stop. End it with kill -9, then repeat this."
                    )
                    % {"pid": pid}
                )
            time.sleep(0.1)
    end_left_overs(house)
    if not house.is_external:
        Cluster(house).stop()
    sys.stdout.write(_("The house is down.") + "\n")
    return 0
