"""What order administration reads: the worklist, one order with everything that hangs on it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Exists, F, IntegerField, OuterRef, Q, QuerySet
from django.db.models.expressions import RawSQL
from django.db.models.functions import Lower

from kontor.bridge.orders.models import Order, OrderLine
from kontor.bridge.orders.queries import amount_of
from kontor.bridge.parties.models import Party
from kontor.bridge.promises.models import Promise
from kontor.kernel.actor.identity import Actor
from kontor.kernel.errors import NotFound
from kontor.kernel.house import house_zone
from kontor.kernel.sql import Statements, loaded

_sql = Statements(__package__)
_FOUND_PARTIES = 200
CHANNELS = dict(Order.Channel.choices)
PAYMENT_METHODS = dict(Order.PaymentMethod.choices)
_COLUMNS = (
    *(
        "id",
        "number",
        "state",
        "channel",
        "placed_at",
        "released_at",
        "paid_at",
        "pay_until",
        "lapses_at",
        "promised_on",
        "billing_name",
    ),
    *("billing_city", "payment_method", "gross_amount", "currency", "goods"),
)
# How the goods of an order stand, the worst first: one at risk, one that can leave, all still to come. Rows of the
# worklist carry the place in this list.
GOODS = ("risk", "open", "goods")
# The ORM would take two milliseconds to write this down, on every page of the worklist.
_WORST_GOODS = RawSQL(_sql.text("goods_of_an_order"), (), IntegerField(null=True))  # noqa: S611 - a named statement of ours


@dataclass(frozen=True, slots=True)
class LineState:
    """A line of an order and what its open part waits for. Quantities in the line's unit."""

    id: UUID
    position: int
    kind: str
    number: str
    name: str
    unit: str
    quantity: Decimal
    unit_price: Decimal
    tax_rate: Decimal
    gross_amount: Decimal
    delivered_quantity: Decimal
    cancelled_quantity: Decimal
    returned_quantity: Decimal
    offering_id: UUID
    open_quantity: Decimal
    ready_quantity: Decimal
    coming_quantity: Decimal
    coming_at: datetime | None
    source: str | None
    is_at_risk: bool


@dataclass(frozen=True, slots=True)
class OrderFile:
    """One order with its lines, shipments, invoices, payments and history."""

    order: Order
    lines: list[LineState]
    shipments: list[Any]
    papers: list[Any]
    history: list[Any]
    reasons: tuple[str, ...]

    @property
    def open_lines(self) -> list[LineState]:
        """Goods that are still to be delivered."""
        return [line for line in self.lines if line.kind == "item" and line.open_quantity > 0]

    @property
    def ready_lines(self) -> list[LineState]:
        """Goods that can leave now."""
        return [line for line in self.open_lines if line.ready_quantity > 0]

    @property
    def goods(self) -> int | None:
        """How the open goods stand: one at risk, one that can leave, all still to come; None where none is open."""
        if not self.open_lines:
            return None
        if any(line.is_at_risk for line in self.open_lines):
            return GOODS.index("risk")
        return GOODS.index("open" if self.ready_lines else "goods")

    @property
    def cancelled_amount(self) -> Decimal:
        """What of the order's total will not be delivered, tax included."""
        return sum((amount_of(line, line.cancelled_quantity) for line in self.lines), Decimal(0))


def order_rows(_actor: Actor) -> QuerySet[Any, Any]:
    """All orders as rows of the worklist."""
    # A single value, not EXISTS: that one PostgreSQL would answer for all orders before it shows fifty of them.
    rows: QuerySet[Any, Any] = Order.objects.annotate(goods=_WORST_GOODS).values(*_COLUMNS)
    return rows


def in_step(rows: QuerySet[Any], step: str) -> QuerySet[Any]:
    """Orders of one step of the worklist."""
    confirmed = Q(state=Order.State.CONFIRMED)
    by_invoice = Q(payment_method=Order.PaymentMethod.INVOICE)
    if step == "release":
        return rows.filter(confirmed & Q(released_at=None) & by_invoice)
    if step == "payment":
        return rows.filter(confirmed & Q(released_at=None) & ~by_invoice)
    released = confirmed & Q(released_at__isnull=False)
    if step == "open":
        return rows.filter(released, Exists(_lines_to_deliver().filter(_ready())))
    if step == "goods":
        return rows.filter(
            released, Exists(_lines_to_deliver()), ~Exists(_lines_to_deliver().filter(_ready()))
        )
    if step == "risk":
        return rows.filter(released, Exists(_lines_to_deliver().filter(demand__is_at_risk=True)))
    if step == "unpaid":
        return rows.filter(released, ~Exists(_lines_to_deliver()))
    return rows.filter(state=step)


def by_words(rows: QuerySet[Any], text: str) -> QuerySet[Any]:
    """Orders whose number begins with the text, or whose customer has this e-mail address or family name."""
    words = text.casefold()
    parties = Party.objects.annotate(mail=Lower("email"), family=Lower("family_name")).filter(
        Q(mail=words) | Q(family__startswith=words) | Q(organisation__icontains=text)
    )
    found = list(parties.values_list("pk", flat=True)[:_FOUND_PARTIES])
    return rows.filter(Q(number__startswith=text.upper()) | Q(party_id__in=found))


def tab_counts() -> Mapping[str, int]:
    """How many orders wait for a person or for money; counted to 1,001."""
    row = _sql.one("tab_counts")
    return row._asdict() if row else {}


def order_file(number: str) -> OrderFile:
    """Everything about one order. Six statements, whatever its size.

    Raises:
        NotFound: there is no such order.
    """
    order = Order.objects.filter(number=number).first()
    if order is None:
        raise NotFound(number=number)
    reasons: tuple[str, ...] = ()
    if order.state == Order.State.HELD:
        row = _sql.one("held_reasons", id=order.id)
        reasons = tuple(loaded(row.reasons)) if row else ()
    return OrderFile(
        order=order,
        lines=[LineState(*row) for row in _sql.rows("lines", id=order.id)],
        shipments=_sql.rows("shipments", id=order.id),
        papers=_sql.rows("papers", id=order.id),
        history=[row._replace(fact=loaded(row.fact)) for row in _sql.rows("history", id=order.id)],
        reasons=reasons,
    )


def order_id_of(number: str) -> UUID:
    """The id of an order.

    Raises:
        NotFound: there is no such order.
    """
    found = Order.objects.filter(number=number).values_list("id", flat=True).first()
    if found is None:
        raise NotFound(number=number)
    return found


@dataclass(frozen=True, slots=True)
class Today:
    """The figures of order administration: counts to 1,001, turnover of the last 14 days (gross, ordered)."""

    held: int
    release: int
    payment: int
    placed: int
    days: list[Decimal]
    first: date
    currency: str


def today(at: datetime) -> Today:
    """What stands on the dashboard. One statement."""
    zone = house_zone()
    last = at.astimezone(zone).date()
    first = last - timedelta(days=13)
    since = datetime(last.year, last.month, last.day, tzinfo=zone)
    row = _sql.one("today", since=since, first=first, last=last, zone=str(zone))
    if row is None:
        raise LookupError("a statement without FROM returned no row")
    days = [Decimal(str(value)) for value in loaded(row.days)]
    return Today(row.held, row.release, row.payment, row.placed, days, first, row.currency)


def numbers_like(text: str, limit: int = 6) -> list[tuple[str, str, date]]:
    """Orders for the palette: number, customer, day."""
    rows = by_words(Order.objects.all(), text).order_by("-placed_at", "-id")
    found = rows.values_list("number", "billing_name", "placed_at")[:limit]
    return [(number, name, at.date()) for number, name, at in found]


def _lines_to_deliver() -> QuerySet[OrderLine]:
    settled = F("delivered_quantity") + F("cancelled_quantity")
    return OrderLine.objects.filter(order=OuterRef("pk"), demand__isnull=False, quantity__gt=settled)


def _ready() -> Exists:
    """Lines of which something is promised from what is there, not from a receipt to come."""
    return Exists(
        Promise.objects.filter(demand=OuterRef("demand"), state="firm").exclude(bucket__kind="receipt")
    )
