"""The last twelve weeks of the demo house, lived through again with the real actions, day by day."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from uuid import UUID, uuid5

from kontor.back.logistics.actions import deliver_shipments, ship_orders
from kontor.back.logistics.models import Shipment
from kontor.bridge.catalogue.models import Offering
from kontor.bridge.orders.actions import backdate, cancel_order, place_orders, release_orders
from kontor.bridge.orders.models import Order, ShippingMethod
from kontor.bridge.orders.placing import NewLine, NewOrder, Placed, PostalAddress
from kontor.bridge.parties.models import Address, Party
from kontor.bridge.payments.actions import NewPayment, record_payments
from kontor.bridge.promises.actions import Wanted, promise
from kontor.config.demo.reading import Row, rows
from kontor.kernel.actor.identity import Actor
from kontor.kernel.events.dispatching import deliver_all
from kontor.kernel.ids import uuid7
from kontor.kernel.rules.tax import tax_on
from kontor.kernel.transactions import transaction

_KEYS = UUID("5f0c2d55-5d5e-4b0a-9f6e-2f6f3f1f7a11")
_CHANNELS = {"shop": "web", "phone": "phone"}
_STALE = Decimal(5)
"""By so many euros the price of a held order is out of date: order administration has something to look at."""
_SHIPPED = frozenset({"shipped", "invoiced", "paid", "overdue"})


def key_of(code: str) -> UUID:
    """The key of the order that the file calls so."""
    return uuid5(_KEYS, code)


@dataclass(frozen=True, slots=True)
class PastOrder:
    """One order of the file: who, when, how far it got, and its lines (article, pieces)."""

    code: str
    customer: str
    channel: str
    payment: str
    state: str
    placed_at: datetime
    lines: Sequence[tuple[str, Decimal]]

    @property
    def key(self) -> UUID:
        """The key that makes placing it repeatable."""
        return key_of(self.code)

    def day(self, days: int) -> date:
        """The day so many days after it was placed."""
        return (self.placed_at + timedelta(days=days)).date()

    @property
    def steps(self) -> dict[str, date]:
        """On which day what happened to it."""
        steps = {"place": self.day(0)}
        ahead = self.payment != "invoice"
        if self.state == "cancelled":
            return steps | {"cancel": self.day(1)}
        if self.state not in _SHIPPED:
            return steps
        if ahead:
            steps["pay"] = self.day(0 if self.payment == "provider" else 1)
        steps |= {"release": self.day(1), "ship": self.day(1)}
        if self.state in {"paid", "overdue"}:
            steps["deliver"] = self.day(3)
        if self.state == "paid" and not ahead:
            steps["pay"] = self.day(9)
        return steps


def past_orders(at: datetime) -> list[PastOrder]:
    """The orders of the file, oldest first, dated back from ``at``."""
    by_code: dict[str, list[Row]] = {}
    for row in rows("orders"):
        by_code.setdefault(row["order"], []).append(row)
    found = [
        PastOrder(
            code=code,
            customer=lines[0]["customer"],
            channel=_CHANNELS[lines[0]["channel"]],
            payment=lines[0]["payment"],
            state=lines[0]["state"],
            placed_at=_instant(at, int(lines[0]["days_ago"]), int(lines[0]["hour"]), place),
            lines=[(line["number"], Decimal(line["quantity"])) for line in lines],
        )
        for place, (code, lines) in enumerate(by_code.items())
    ]
    return sorted(found, key=lambda order: order.placed_at)


def _instant(at: datetime, days: int, hour: int, place: int) -> datetime:
    then = (at - timedelta(days=days)).replace(
        hour=hour, minute=place * 7 % 60, second=place * 13 % 60, microsecond=0
    )
    return min(then, at - timedelta(minutes=90 - place % 60))


def live_through(
    *,
    parties: Mapping[str, Party],
    offerings: Mapping[str, UUID],
    by: Actor,
    at: datetime,
    tell: Callable[[int, int], None] = lambda _done, _of: None,
) -> int:
    """Place, confirm, ship, bill and settle the past orders in order of time; returns how many there are.

    Moves money as the real actions do. Safe to repeat with the same ``at`` until all days have been lived through:
    every step is keyed by its order, and what stands is not placed again.
    """
    past = past_orders(at)
    desk = _OrderDesk(parties, offerings)
    ids: dict[str, UUID] = {}
    days = sorted({day for order in past for day in order.steps.values()})
    for done, day in enumerate(days):
        if day > at.date():
            break
        of_day = [order for order in past if day in order.steps.values()]
        noon = min(datetime.combine(day, at.timetz()).replace(hour=12), at - timedelta(minutes=20))
        _live_day(of_day, day, desk=desk, ids=ids, by=by, at=noon)
        tell(done + 1, len(days))
    return len(past)


def _live_day(
    orders: Sequence[PastOrder],
    day: date,
    *,
    desk: "_OrderDesk",
    ids: dict[str, UUID],
    by: Actor,
    at: datetime,
) -> None:
    def due(step: str) -> list[PastOrder]:
        return [order for order in orders if order.steps.get(step) == day]

    if placing := due("place"):
        standing = dict(
            Order.objects.filter(key__in=[order.key for order in placing]).values_list("key", "id")
        )
        if new := [order for order in placing if order.key not in standing]:
            standing |= {order.key: _place(order, desk=desk, by=by).id for order in new}
        ids |= {order.code: standing[order.key] for order in placing}
        deliver_all()
    # Nothing happens to an order before it came in.
    at = max(
        [at, *(order.placed_at + timedelta(minutes=20) for order in orders if order.placed_at.date() == day)]
    )
    if paying := due("pay"):
        record_payments(payments=[_payment(order, ids[order.code], day) for order in paying], by=by, at=at)
        deliver_all()
    if releasing := due("release"):
        release_orders(ids=[ids[order.code] for order in releasing], by=by, at=at)
        deliver_all()
    if shipping := due("ship"):
        ship_orders(orders={ids[order.code]: order.key for order in shipping}, by=by, at=at)
        deliver_all()
    if arriving := due("deliver"):
        _deliver([ids[order.code] for order in arriving], by=by, at=at)
    for order in due("cancel"):
        cancel_order(order_id=ids[order.code], reason="Vom Kunden widerrufen", by=by, at=at)
    deliver_all()


@transaction
def _place(order: PastOrder, *, desk: "_OrderDesk", by: Actor) -> Placed:
    """Promise and place a past order at its own instant."""
    new = desk.new_order(order)
    promise(
        [
            Wanted(line.demand_id, line.offering_id, line.quantity, line.name, new.party_id)
            for line in new.lines
            if line.demand_id
        ],
        is_firm=False,
    )
    [placed] = place_orders([new], by=by, at=order.placed_at)
    backdate(ids=[placed.id], placed_at=[order.placed_at], numbers=[None])
    return placed


def _deliver(orders: Iterable[UUID], *, by: Actor, at: datetime) -> None:
    shipments = Shipment.objects.filter(order_id__in=list(orders)).values_list("id", flat=True)
    deliver_shipments(ids=list(shipments), by=by, at=at)


def _payment(order: PastOrder, order_id: UUID, day: date) -> NewPayment:
    owed = Order.objects.only("number", "gross_amount", "billing_name", "party_id").get(id=order_id)
    return NewPayment(
        key=uuid5(order.key, "paid"),
        method="provider" if order.payment == "provider" else "transfer",
        amount=owed.gross_amount,
        currency="EUR",
        received_on=day,
        reference=owed.number,
        payer=owed.billing_name,
        order_id=order_id,
        party_id=owed.party_id,
    )


class _OrderDesk:
    """Knows parties, articles and prices, and writes orders from them."""

    def __init__(self, parties: Mapping[str, Party], offerings: Mapping[str, UUID]) -> None:
        self._parties = parties
        self._addresses = {
            address.party_id: PostalAddress(
                name=address.name,
                extra=address.extra,
                street=address.street,
                postal_code=address.postal_code,
                city=address.city,
                country=address.country,
            )
            for address in Address.objects.filter(party__in=[party.id for party in parties.values()])
        }
        self._articles = {
            article.number: article for article in Offering.objects.filter(id__in=list(offerings.values()))
        }
        self._prices = {row["number"]: Decimal(row["gross_price"]) for row in rows("offerings")}
        self._shipping = ShippingMethod.objects.select_related("offering").get(code="standard")

    def new_order(self, past: PastOrder) -> NewOrder:
        """The order as the shop or the desk would place it, with its parcel."""
        party = self._parties[past.customer]
        address = self._addresses[party.id]
        lines = [self._line(number, quantity, past) for number, quantity in past.lines]
        goods = sum((line.gross_amount for line in lines), Decimal(0))
        return NewOrder(
            id=uuid7(),
            key=past.key,
            party_id=party.id,
            channel=past.channel,
            currency="EUR",
            email=party.email,
            phone=party.phone,
            language=party.language,
            billing=address,
            shipping=address,
            payment_method=past.payment,
            shipping_method=self._shipping.code,
            lines=[*lines, self._parcel(goods, past)],
        )

    def _line(self, number: str, quantity: Decimal, past: PastOrder) -> NewLine:
        article = self._articles[number]
        return NewLine(
            id=uuid7(),
            offering_id=article.id,
            number=number,
            name=article.name_de,
            quantity=quantity,
            unit_price=self._prices[number] - (_STALE if past.state == "held" else 0),
            tax_code=article.tax_code,
            tax_rate=_rate(article.tax_code, past),
            demand_id=uuid5(past.key, number),
        )

    def _parcel(self, goods: Decimal, past: PastOrder) -> NewLine:
        method = self._shipping
        is_free = method.free_from is not None and goods >= method.free_from
        return NewLine(
            id=uuid7(),
            offering_id=method.offering_id,
            number=method.offering.number,
            name=method.name_de,
            quantity=Decimal(1),
            unit_price=Decimal(0) if is_free else method.price,
            tax_code=method.offering.tax_code,
            tax_rate=_rate(method.offering.tax_code, past),
            demand_id=None,
            kind="shipping",
        )


def _rate(code: str, past: PastOrder) -> Decimal:
    return tax_on(code, "DE", past.placed_at.date()).rate
