"""What somebody wants to order, before it is an order."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from kontor.kernel.money import GrossSplit, round_half_up, split_gross


@dataclass(frozen=True, slots=True, kw_only=True)
class PostalAddress:
    """Where somebody is billed or supplied, as it will stand on the papers."""

    name: str
    street: str
    postal_code: str
    city: str
    country: str = "DE"
    extra: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewLine:
    """One wanted position. ``unit_price`` is gross, per base unit; ``demand_id`` is None for what needs no promise."""

    id: UUID
    offering_id: UUID
    number: str
    name: str
    quantity: Decimal
    unit_price: Decimal
    tax_code: str
    tax_rate: Decimal
    demand_id: UUID | None
    unit: str = "piece"
    kind: str = "item"

    @property
    def gross_amount(self) -> Decimal:
        """Quantity times unit price, rounded commercially once."""
        return round_half_up(self.quantity * self.unit_price)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewOrder:
    """An order to place; ``key`` makes it repeatable."""

    id: UUID
    key: UUID
    party_id: UUID
    channel: str
    currency: str
    email: str
    billing: PostalAddress
    shipping: PostalAddress
    payment_method: str
    shipping_method: str
    lines: Sequence[NewLine]
    language: str = "de"
    phone: str = ""

    def split(self) -> GrossSplit:
        """Net, tax and gross of the whole order: tax once per rate from the gross sum."""
        return split_gross([(line.gross_amount, line.tax_rate) for line in self.lines])


@dataclass(frozen=True, slots=True)
class Placed:
    """An order that stands."""

    id: UUID
    key: UUID
    number: str
    is_new: bool
