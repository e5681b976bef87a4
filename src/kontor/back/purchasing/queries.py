"""What is read of purchasing: the list, one order with its lines, suppliers, figures of today."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import BooleanField, Case, Count, F, OuterRef, Q, QuerySet, Subquery, Value, When
from django.utils import timezone

from kontor.back.purchasing.models import PurchaseLine, PurchaseOrder, Supplier
from kontor.back.warehouse.planning import midnight_of
from kontor.back.warehouse.queries import Effect, effect_of
from kontor.kernel.actor.identity import Actor
from kontor.kernel.errors import NotFound
from kontor.kernel.language import in_german
from kontor.kernel.sql import Statements, loaded

_sql = Statements(__package__)
STATES = dict(PurchaseOrder.State.choices)
OPEN = ("ordered", "confirmed", "partly")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a purchase order as the page shows it."""

    row: Any
    name: str
    now: datetime

    @property
    def is_late(self) -> bool:
        """Whether it should have come in by now."""
        return bool(self.row.is_open and self.row.expected_at < self.now)


@dataclass(frozen=True, slots=True)
class Order:
    """One purchase order: its lines, what came in, moves, history, and who waits for it."""

    row: Any
    lines: list[Line]
    receipts: list[Any]
    shifts: list[Any]
    history: list[Any]
    effect: Effect
    now: datetime

    @property
    def open_lines(self) -> list[Line]:
        """What is still to come."""
        return [line for line in self.lines if line.row.is_open]

    @property
    def is_late(self) -> bool:
        """Whether something should have come in by now."""
        return any(line.is_late for line in self.lines)

    @property
    def net_amount(self) -> Decimal:
        """What was ordered, in the order's currency, without tax."""
        return sum((line.row.quantity * line.row.unit_price for line in self.lines), Decimal(0))


def order_rows(_actor: Actor) -> QuerySet[Any, Any]:
    """All purchase orders as rows of the list."""
    late = Q(state__in=OPEN) & Q(due_at__lt=timezone.now())
    # Counted for each row shown: a join would count the lines of all orders before the first fifty are known.
    lines = PurchaseLine.objects.filter(order=OuterRef("pk")).values("order").annotate(all=Count("pk"))
    rows: QuerySet[Any, Any] = PurchaseOrder.objects.annotate(
        supplier_name=F("supplier__name"),
        line_count=Subquery(lines.values("all")),
        is_late=Case(When(late, then=Value(True)), default=Value(False), output_field=BooleanField()),
    )
    return rows.values(
        *("id", "number", "state", "supplier_name", "line_count", "due_at", "ordered_at", "ordered_by"),
        *("is_late", "supplier_id"),
    )


def in_step(rows: QuerySet[Any], step: str) -> QuerySet[Any]:
    """Purchase orders that are late, open, or in one state."""
    if step == "late":
        return rows.filter(state__in=OPEN, due_at__lt=timezone.now())
    if step == "open":
        return rows.filter(state__in=OPEN)
    return rows if step == "all" else rows.filter(state=step)


def by_words(rows: QuerySet[Any], text: str) -> QuerySet[Any]:
    """Orders whose number begins with the text, whose supplier's name contains it, or that hold this article."""
    return rows.filter(
        Q(number__istartswith=text)
        | Q(supplier__name__icontains=text)
        | Q(pk__in=PurchaseOrder.objects.filter(lines__offering__number__istartswith=text).values("pk"))
    )


def order(number: str, at: datetime) -> Order:
    """One purchase order. Six statements, whatever hangs on it.

    Raises:
        NotFound: there is no such order.
    """
    row = _sql.one("file", number=number)
    if row is None:
        raise NotFound(number=number)
    lines = [
        Line(line, line.name_de if in_german() else line.name_en, at)
        for line in _sql.rows("lines", id=row.id)
    ]
    return Order(
        row=row,
        lines=lines,
        receipts=_sql.rows("receipts", id=row.id),
        shifts=_sql.rows("shifts", id=row.id),
        history=[event._replace(fact=loaded(event.fact)) for event in _sql.rows("history", id=row.id)],
        effect=effect_of([line.row.bucket_id for line in lines], midnight_of(at)),
        now=at,
    )


def heads(ids: Sequence[UUID]) -> list[dict[str, Any]]:
    """What is still to come of orders, or of single lines, as the form that moves them shows it."""
    return [
        {
            "id": row.id,
            "number": row.number,
            "name": f"{row.article} · {row.name_de if in_german() else row.name_en}",
            "quantity": row.quantity,
            "ready_at": row.ready_at,
            "bucket_id": row.bucket_id,
        }
        for row in _sql.rows("heads", ids=list(ids))
    ]


def suppliers() -> list[Any]:
    """The first 1,000 suppliers by name, with their open orders."""
    return _sql.rows("suppliers")


def supplier_choices() -> list[tuple[str, str]]:
    """Suppliers to choose from."""
    return [
        (str(pk), name) for pk, name in Supplier.objects.order_by("name").values_list("id", "name")[:1000]
    ]


def numbers_like(text: str, limit: int = 6) -> list[tuple[str, str]]:
    """Orders for the palette: number and supplier."""
    rows = by_words(PurchaseOrder.objects.all(), text).order_by("-due_at", "-id")
    return list(rows.values_list("number", "supplier__name")[:limit])


def today(at: datetime) -> Any:
    """How many are late, due today, not confirmed yet; counted to 1,001. One statement."""
    return _sql.one("today", now=at, tomorrow=midnight_of(at) + timedelta(days=1))


def tab_counts() -> Mapping[str, int]:
    """Numbers of the tabs; one statement."""
    row = today(timezone.now())
    return {"late": row.late, "unconfirmed": row.unconfirmed}
