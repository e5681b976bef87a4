"""From the sheet to the order it would become: the same figures for the page, for the order and for its check."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import uuid5

from kontor.bridge.orders.placing import NewLine, NewOrder, PostalAddress
from kontor.bridge.parties.finding import KnownAddress, PartyCard
from kontor.front.sales.queries import Counter, WantedLine, Way
from kontor.front.sales.sheet import Sheet
from kontor.kernel.ids import uuid7
from kontor.kernel.rules.tax import tax_on


@dataclass(frozen=True, slots=True)
class Draft:
    """The order as far as it is known: lines with taxes, the way it travels, and what it costs (gross)."""

    lines: tuple[NewLine, ...]
    way: Way
    goods: Decimal
    shipping: Decimal

    @property
    def total(self) -> Decimal:
        """What the customer pays."""
        return self.goods + self.shipping


def draft(
    sheet: Sheet, lines: Sequence[WantedLine], counter: Counter, *, language: str, at: datetime
) -> Draft | None:
    """What would be ordered at ``at``; None before there is an article on sale, or without a way to ship."""
    way = counter.way(sheet.shipping)
    sold = [line for line in lines if line.is_sold]
    if way is None or not sold:
        return None
    goods = sum((line.amount for line in sold), Decimal("0.00"))
    on = at.astimezone(counter.zone).date()

    def tax(code: str) -> dict[str, Any]:
        rule = tax_on(code, counter.house.jurisdiction, on)
        return {"tax_code": rule.code, "tax_rate": rule.rate}

    items = [
        NewLine(
            id=uuid7(),
            offering_id=line.offering_id,
            number=line.number,
            name=line.name(language),
            quantity=line.quantity,
            unit=line.unit or "piece",
            unit_price=line.price,
            **tax(line.tax_code),
            # One demand per sheet and article: promising twice keeps what was promised first.
            demand_id=uuid5(sheet.key, line.number),
        )
        for line in sold
        if line.offering_id and line.price is not None and line.tax_code
    ]
    parcel = NewLine(
        id=uuid7(),
        offering_id=way.offering_id,
        number=way.number,
        name=way.name(language),
        quantity=Decimal(1),
        unit_price=way.price_for(goods),
        **tax(way.tax_code),
        demand_id=None,
        kind="shipping",
    )
    return Draft((*items, parcel), way, goods, way.price_for(goods))


def order_of(
    sheet: Sheet, wanted: Draft, *, party: PartyCard, address: KnownAddress, currency: str
) -> NewOrder:
    """The order, ready to be placed."""
    billing = next((known for known in party.addresses if known.is_billing), address)
    return NewOrder(
        id=uuid7(),
        key=sheet.key,
        party_id=party.id,
        channel="phone",
        currency=currency,
        email=party.email,
        phone=party.phone,
        billing=_postal(billing),
        shipping=_postal(address),
        payment_method=sheet.payment,
        shipping_method=wanted.way.code,
        lines=wanted.lines,
        language=party.language,
    )


def _postal(address: KnownAddress) -> PostalAddress:
    return PostalAddress(
        name=address.name,
        extra=address.extra,
        street=address.street,
        postal_code=address.postal_code,
        city=address.city,
        country=address.country,
    )
