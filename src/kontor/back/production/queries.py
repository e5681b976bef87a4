"""What is read of production: the list, one order with its steps and who waits for it, figures of today."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import BooleanField, Case, Count, F, Min, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.utils import timezone

from kontor.back.production.models import ProductionOrder, WorkStep
from kontor.back.warehouse.planning import midnight_of
from kontor.back.warehouse.queries import Effect, effect_of, orders_hanging
from kontor.bridge.orders.models import OrderLine
from kontor.bridge.promises.models import Promise
from kontor.kernel.actor.identity import Actor
from kontor.kernel.errors import NotFound
from kontor.kernel.language import in_german
from kontor.kernel.sql import Statements, loaded

_sql = Statements(__package__)
STATES = dict(ProductionOrder.State.choices)
SCRAP_REASONS = dict(WorkStep.Scrap.choices)
OPEN = ("planned", "started")


@dataclass(frozen=True, slots=True)
class Order:
    """One production order: its figures, steps, moves, history, and the orders that wait for it."""

    row: Any
    name: str
    steps: list[Any]
    shifts: list[Any]
    history: list[Any]
    effect: Effect
    waiting: list[Any]
    now: datetime

    @property
    def is_open(self) -> bool:
        """Whether something is still to be made."""
        return self.row.state in OPEN

    @property
    def is_late(self) -> bool:
        """Whether it should be made by now."""
        return self.is_open and self.row.planned_finish_at < self.now

    @property
    def scrap(self) -> Decimal:
        """Scrap of all steps."""
        return Decimal(self.row.scrap)


# What hangs on a row's receipt, in one group, so that a figure of it is one value.
_hanging = (
    OrderLine.objects.filter(
        demand__promises__bucket_id=OuterRef("bucket_id"),
        demand__promises__state__in=(Promise.State.HOLD, Promise.State.FIRM),
    )
    .order_by()
    .annotate(all=Value(1))
    .values("all")
)


def order_rows(_actor: Actor) -> QuerySet[Any, Any]:
    """All production orders as rows of the list, with the orders that wait and the day promised first."""
    late = Q(state__in=OPEN) & Q(planned_finish_at__lt=timezone.now())
    rows: QuerySet[Any, Any] = ProductionOrder.objects.annotate(
        article=F("offering__number"),
        name=F("offering__name_de" if in_german() else "offering__name_en"),
        promised=F("bucket__promised"),
        is_late=Case(When(late, then=Value(True)), default=Value(False), output_field=BooleanField()),
        waiting=Coalesce(
            Subquery(_hanging.annotate(found=Count("order_id", distinct=True)).values("found")), 0
        ),
        promised_first=Subquery(_hanging.annotate(found=Min("order__promised_on")).values("found")),
    )
    return rows.values(
        *("id", "number", "state", "quantity", "good_quantity", "planned_start_at", "planned_finish_at"),
        *("started_at", "finished_at", "article", "name", "promised", "is_late", "planned_by"),
        *("waiting", "promised_first"),
    )


def in_step(rows: QuerySet[Any], step: str) -> QuerySet[Any]:
    """Production orders that are late, open, or in one state."""
    if step == "late":
        return rows.filter(state__in=OPEN, planned_finish_at__lt=timezone.now())
    if step == "open":
        return rows.filter(state__in=OPEN)
    return rows if step == "all" else rows.filter(state=step)


def by_words(rows: QuerySet[Any], text: str) -> QuerySet[Any]:
    """Orders whose number begins with the text, or whose article's number or name fits."""
    return rows.filter(
        Q(number__istartswith=text)
        | Q(offering__number__istartswith=text)
        | Q(offering__name_de__icontains=text)
        | Q(offering__name_en__icontains=text)
    )


def order(number: str, at: datetime) -> Order:
    """One production order. Six statements, whatever hangs on it.

    Raises:
        NotFound: there is no such order.
    """
    row = _sql.one("file", number=number)
    if row is None:
        raise NotFound(number=number)
    return Order(
        row=row,
        name=row.name_de if in_german() else row.name_en,
        steps=_sql.rows("steps", id=row.id),
        shifts=_sql.rows("shifts", id=row.id),
        history=[event._replace(fact=loaded(event.fact)) for event in _sql.rows("history", id=row.id)],
        effect=effect_of([row.bucket_id], midnight_of(at)),
        waiting=orders_hanging(row.bucket_id),
        now=at,
    )


def heads(ids: Sequence[UUID]) -> list[Any]:
    """The orders that are to be moved, as the form shows them."""
    return list(
        ProductionOrder.objects.filter(id__in=ids)
        .annotate(
            article=F("offering__number"),
            name=F("offering__name_de" if in_german() else "offering__name_en"),
            ready_at=F("planned_finish_at"),
        )
        .values("id", "number", "article", "name", "quantity", "ready_at", "bucket_id", "state")
        .order_by("planned_finish_at", "id")
    )


def last_steps() -> list[tuple[str, str]]:
    """The steps of the order that was planned last: most orders are made the same way."""
    return [(row.name, row.work_centre) for row in _sql.rows("last_steps")]


def numbers_like(text: str, limit: int = 6) -> list[tuple[str, str]]:
    """Orders for the palette: number and article."""
    rows = by_words(ProductionOrder.objects.all(), text).order_by("-planned_finish_at", "-id")
    return list(rows.values_list("number", "offering__number")[:limit])


def today(at: datetime) -> Any:
    """How many are late, due today, to be started, being made; counted to 1,001. One statement."""
    return _sql.one("today", now=at, tomorrow=midnight_of(at) + timedelta(days=1))


def tab_counts() -> Mapping[str, int]:
    """Numbers of the tabs; one statement."""
    row = today(timezone.now())
    return {"late": row.late, "started": row.started}
