"""What happens to the catalogue. References and figures only; the rows say the rest."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from kontor.kernel.events.emitting import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferingCreated(Event):
    """An offering was drawn up. The subject is its number."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferingChanged(Event):
    """An offering or the page it stands on was changed. ``fields`` names what changed, never what it was."""

    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferingPublished(Event):
    """An offering is on sale from an instant on, until another one or without end."""

    valid_from: datetime
    valid_until: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferingWithdrawn(Event):
    """An offering is no longer on sale: back to draft, or ended."""

    is_ended: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PriceChanged(Event):
    """An offering has a price (None: no longer) for a customer group from a quantity on, from an instant on."""

    customer_group: str
    min_quantity: Decimal
    amount: Decimal | None
    valid_from: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferingRemoved(Event):
    """An offering that was never used is gone, as if it had never been drawn up."""
