"""What is heard and answered. References and figures only; never who."""

from dataclasses import dataclass

from kontor.kernel.events.emitting import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class SignalHeard(Event):
    """A problem or a need was written down (subject: its source)."""

    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerGiven(Event):
    """The house answered a problem (subject: its number): everyone behind its signals is told through care."""

    verdict: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StillBroken(Event):
    """Somebody who was told "done" says that it is not (subject: a dash, id: the reply, which the worker re-reads)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NothingFound(Event):
    """Visitors looked for something today that nobody had looked for in vain (what, stands in a row of its own)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewWritten(Event):
    """A customer reviewed an article (id: the review, which the worker re-reads)."""
