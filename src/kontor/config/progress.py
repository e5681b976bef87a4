"""How far a long command is, with rate and remaining time: a bar on a terminal, else a line every ten seconds.

Everything goes to standard error, and nothing beside ``--json``, where a program reads, unless ``--progress`` asks.
What is measured is never drawn by a thread of its own: that would take from the figures.
"""

import argparse
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from typing import Protocol

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn
from rich.progress import Progress as Bar

from kontor.config.words import gettext_now as _

_SECONDS_BETWEEN_LINES = 10.0
_SECONDS_BETWEEN_LOOKS = 0.2


class Tell(Protocol):
    """Called with how many steps are done now; ``worked`` where what is done a second is something else than steps."""

    def __call__(self, done: float, *, worked: int | None = None) -> None:
        """Show it."""


type Progress = Callable[[str, float], AbstractContextManager[Tell]]
"""``with progress(what, total) as tell``: show how far ``what`` is, for as long as the context is open."""


def add_progress_argument(parser: argparse.ArgumentParser) -> None:
    """``--progress``."""
    parser.add_argument(
        "--progress",
        action="store_true",
        help=_("say every ten seconds how far it is, beside --json, too"),
    )


def progress_for(args: argparse.Namespace) -> Progress:
    """As these arguments and this terminal want it."""
    if getattr(args, "json", False):
        return lines if args.progress else hidden
    return bar if sys.stderr.isatty() else lines


@dataclass(frozen=True, slots=True)
class _Pace:
    """How fast it goes, and so how long yet."""

    total: float
    done: float
    worked: float
    seconds: float

    @property
    def rate(self) -> str:
        """So many a second."""
        rate = self.worked / max(self.seconds, 0.001)
        return f"{rate:.0f}/s" if rate >= 10 else f"{rate:.2f}/s"

    @property
    def left(self) -> str:
        """So long yet, if it goes on like that; nothing before the first step."""
        if not self.done:
            return ""
        seconds = round(self.seconds * (self.total - self.done) / self.done)
        return _("%(minutes)d:%(seconds)02d min remaining") % {
            "minutes": seconds // 60,
            "seconds": seconds % 60,
        }


@contextmanager
def hidden(_what: str, _total: float) -> Iterator[Tell]:
    """Nobody looks."""

    def show(done: float, *, worked: int | None = None) -> None:
        """Say nothing."""

    yield show


@contextmanager
def bar(what: str, total: float) -> Iterator[Tell]:
    """A bar on the terminal."""
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]}"),
        TextColumn("{task.fields[left]}"),
    )
    with Bar(*columns, console=Console(stderr=True), auto_refresh=False) as drawn:
        task = drawn.add_task(what, total=total, rate="", left="")
        begun, looked = time.monotonic(), 0.0

        def show(done: float, *, worked: int | None = None) -> None:
            nonlocal looked
            now = time.monotonic()
            if now - looked < _SECONDS_BETWEEN_LOOKS and done < total:
                return
            looked = now
            pace = _Pace(total, done, done if worked is None else worked, now - begun)
            drawn.update(task, completed=round(done), rate=pace.rate, left=pace.left, refresh=True)

        drawn.refresh()
        yield show


@contextmanager
def lines(what: str, total: float) -> Iterator[Tell]:
    """A line every ten seconds, and one at the end."""
    begun = told = time.monotonic()

    def show(done: float, *, worked: int | None = None) -> None:
        nonlocal told
        now = time.monotonic()
        if now - told < _SECONDS_BETWEEN_LINES and done < total:
            return
        told = now
        pace = _Pace(total, done, done if worked is None else worked, now - begun)
        said = _("%(what)s: %(done)d of %(total)d, %(rate)s, %(left)s")
        said %= {"what": what, "done": done, "total": total, "rate": pace.rate, "left": pace.left}
        sys.stderr.write(said + "\n")
        sys.stderr.flush()

    yield show
