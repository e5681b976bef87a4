"""From a basket to the order it would become: the same figures for the review, for the order and for its check."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from kontor.bridge.orders.placing import NewLine, NewOrder, PostalAddress
from kontor.front.shop.facts import Facts, ShippingWay
from kontor.front.shop.queries import BasketLine, OpenBasket, goods_amount
from kontor.kernel.house import is_shut
from kontor.kernel.ids import uuid7

PAYMENTS = ("invoice", "prepayment", "provider")


def payments_offered() -> tuple[str, ...]:
    """The ways to pay that are open to customers now."""
    return tuple(code for code in PAYMENTS if code != "provider" or not is_shut("online-payment"))


@dataclass(frozen=True, slots=True)
class Buyer:
    """Who orders, in which language, and how it shall travel and be paid; empty words leave it to the basket."""

    party_id: UUID
    language: str
    shipping: str = ""
    payment: str = ""


@dataclass(frozen=True, slots=True)
class Draft:
    """What would be ordered at an instant."""

    order: NewOrder
    way: ShippingWay
    goods: Decimal
    shipping: Decimal

    @property
    def total(self) -> Decimal:
        """What the customer pays, gross."""
        return self.goods + self.shipping


def draft(
    *, basket: OpenBasket, lines: Sequence[BasketLine], buyer: Buyer, facts: Facts, at: datetime
) -> Draft | None:
    """The order this basket would become now, with prices, taxes and shipping of now; None without a way to ship.

    What the buyer says goes before what the basket remembers.
    """
    way = facts.way(buyer.shipping or basket.shipping_method) or facts.way("")
    if way is None:
        return None
    goods = goods_amount(lines)
    items = [_item(line, facts, at) for line in lines if line.is_sold]
    address = PostalAddress(
        name=basket.name,
        extra=basket.extra,
        street=basket.street,
        postal_code=basket.postal_code,
        city=basket.city,
        country=basket.country,
    )
    order = NewOrder(
        id=uuid7(),
        key=basket.id,
        party_id=buyer.party_id,
        channel="web",
        currency=facts.house.currency,
        email=basket.email,
        phone=basket.phone,
        billing=address,
        shipping=address,
        payment_method=next(
            (code for code in (buyer.payment, basket.payment_method) if code in payments_offered()),
            PAYMENTS[0],
        ),
        shipping_method=way.code,
        lines=[*items, _shipping_item(way, goods, facts, at)],
        language=buyer.language,
    )
    return Draft(order, way, goods, way.price_for(goods))


def _item(line: BasketLine, facts: Facts, at: datetime) -> NewLine:
    tax = facts.tax(line.tax_code, at)
    return NewLine(
        id=uuid7(),
        offering_id=line.offering_id,
        number=line.number,
        name=line.name,
        quantity=line.quantity,
        unit=line.unit,
        unit_price=line.price,
        tax_code=tax.code,
        tax_rate=tax.rate,
        demand_id=line.id,
    )


def _shipping_item(way: ShippingWay, goods: Decimal, facts: Facts, at: datetime) -> NewLine:
    tax = facts.tax(way.tax_code, at)
    return NewLine(
        id=uuid7(),
        offering_id=way.offering_id,
        number=way.number,
        name=way.name,
        quantity=Decimal(1),
        unit_price=way.price_for(goods),
        tax_code=tax.code,
        tax_rate=tax.rate,
        demand_id=None,
        kind="shipping",
    )
