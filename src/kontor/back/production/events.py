"""What happens in production. Figures and codes only."""

from dataclasses import dataclass
from decimal import Decimal

from kontor.kernel.events.emitting import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class ProductionPlanned(Event):
    """So many (base units) of an article are to be made; they can be promised from now on."""

    quantity: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class ProductionStarted(Event):
    """Making has begun."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StepReported(Event):
    """A work step ended: good pieces and scrap, with the code of its reason."""

    step: str
    good: Decimal
    scrap: Decimal
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ProductionFinished(Event):
    """What was made lies on the shelf; its promises are served from there."""

    good: Decimal
    planned: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class ProductionCancelled(Event):
    """It will not be made; what was promised of it is at risk. Why stands in the order."""
