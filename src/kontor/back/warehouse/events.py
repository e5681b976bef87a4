"""What happens in the warehouse."""

from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from kontor.kernel.events.emitting import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class StockCounted(Event):
    """A count found a difference (in base units)."""

    difference: Decimal
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GoodsReturned(Event):
    """A customer's goods came back and lie on the shelf again."""

    return_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GoodsReceived(Event):
    """A delivery lies on the shelf (quantity in base units). ``bucket_id``: the planned receipt that it fulfils."""

    quantity: Decimal
    reference: str
    move_id: UUID
    bucket_id: UUID | None = None
