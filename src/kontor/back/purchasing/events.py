"""What happens in purchasing. Figures and codes only; never a price or a name."""

from dataclasses import dataclass
from decimal import Decimal

from kontor.kernel.events.emitting import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class PurchaseOrdered(Event):
    """Goods were ordered from a supplier; they can be promised from now on."""

    lines: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PurchaseConfirmed(Event):
    """The supplier confirmed the day."""

    on: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PurchaseReceived(Event):
    """Goods of a purchase order lie on the shelf (quantity in base units, over all its lines)."""

    quantity: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class PurchaseCancelled(Event):
    """What was still open will not come; what was promised of it is at risk. Why stands in the order."""
