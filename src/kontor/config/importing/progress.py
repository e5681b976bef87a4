"""How far an import is, with rate and remaining time: a bar on a terminal, plain lines elsewhere."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from kontor.config.words import gettext_now as _

_SECONDS_BETWEEN_LINES = 10.0


class Tell(Protocol):
    """Called with how many lines are in now."""

    def __call__(self, done: int) -> None:
        """Show it."""


@contextmanager
def telling(total: int, *, silent: bool = False) -> Iterator[Tell]:
    """Show progress over ``total`` lines on standard error, for as long as the context is open."""
    if silent:
        yield _silent
    elif sys.stderr.isatty():
        columns = (
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn("{task.fields[rate]}"),
            TimeRemainingColumn(),
        )
        with Progress(*columns, console=Console(stderr=True)) as bar:
            task = bar.add_task(_("Lines"), total=total, rate="")
            begun = time.monotonic()

            def show(done: int) -> None:
                rate = done / max(time.monotonic() - begun, 0.001)
                bar.update(task, completed=done, rate=_("%(rate)d lines/s") % {"rate": rate})

            yield show
    else:
        yield _PlainLines(total).show


def _silent(done: int) -> None:
    """Says nothing."""


class _PlainLines:
    """A line every ten seconds, and one at the end."""

    def __init__(self, total: int) -> None:
        self._total = total
        self._begun = self._told = time.monotonic()

    def show(self, done: int) -> None:
        now = time.monotonic()
        if now - self._told < _SECONDS_BETWEEN_LINES and done < self._total:
            return
        self._told = now
        rate = done / max(now - self._begun, 0.001)
        sys.stderr.write(
            _("%(done)d of %(total)d lines, %(rate)d lines/s, %(left)d s remaining")
            % {"done": done, "total": self._total, "rate": rate, "left": (self._total - done) / max(rate, 1)}
            + "\n"
        )
        sys.stderr.flush()
