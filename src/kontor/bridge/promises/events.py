"""What happens to promises."""

from dataclasses import dataclass
from datetime import datetime

from kontor.kernel.events.emitting import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class PromiseMoved(Event):
    """A planned receipt moved, and with it everything pegged to it. ``reason`` is a code of ``MoveReason``."""

    to: datetime
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CapacityChanged(Event):
    """Somebody said how much there really is."""

    reason: str
