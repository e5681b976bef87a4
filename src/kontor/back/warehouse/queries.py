"""What is read of the warehouse: stock, one article with all that hangs on it, what is to be picked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import F, OuterRef, Q, QuerySet, Subquery

from kontor.back.warehouse.models import Location, Move, OnHand
from kontor.bridge.catalogue.models import Offering
from kontor.bridge.orders.models import Order
from kontor.bridge.promises.models import Bucket
from kontor.kernel.actor.identity import Actor
from kontor.kernel.errors import NotFound
from kontor.kernel.language import in_german
from kontor.kernel.sql import Statements

_sql = Statements(__package__)
MOST_PICKED = 300
MOVE_KINDS = dict(Move.Kind.choices)


@dataclass(frozen=True, slots=True)
class Article:
    """An article of the warehouse: its stock, what is promised of it, what is planned, what moved."""

    id: UUID
    number: str
    name: str
    unit: str
    on_hand: Decimal
    promised: Decimal
    short: Decimal
    lying: list[Any]
    receipts: list[Any]
    promises: list[Any]
    moves: list[Any]

    @property
    def free(self) -> Decimal:
        """What can still be promised of the stock on hand."""
        return max(Decimal(0), self.on_hand - self.promised)


def stock_rows(_actor: Actor) -> QuerySet[Any, Any]:
    """What lies where: one row per article and location, with what is promised of the article."""
    stock = Bucket.objects.filter(pool__offering=OuterRef("offering"), kind=Bucket.Kind.ON_HAND)
    rows = OnHand.objects.annotate(
        number=F("offering__number"),
        name=F("offering__name_de" if in_german() else "offering__name_en"),
        code=F("location__code"),
        all_of_it=Subquery(stock.values("capacity")),
        promised=Subquery(stock.values("promised")),
    )
    return rows.values("id", "number", "name", "code", "quantity", "all_of_it", "promised", "location_id")


def with_stock(rows: QuerySet[Any], which: str) -> QuerySet[Any]:
    """Only what lies there, what is used up, or what is short."""
    if which == "short":
        return rows.filter(offering__pool__buckets__kind="on_hand", offering__pool__buckets__short__gt=0)
    return rows.filter(quantity__gt=0) if which == "there" else rows.filter(quantity=0)


def stock_by_words(rows: QuerySet[Any], text: str) -> QuerySet[Any]:
    """Articles whose number begins with the text or whose name contains it."""
    return rows.filter(
        Q(offering__number__istartswith=text)
        | Q(offering__name_de__icontains=text)
        | Q(offering__name_en__icontains=text)
    )


def move_rows(_actor: Actor) -> QuerySet[Any, Any]:
    """All moves, as rows of a list."""
    rows = Move.objects.annotate(
        number=F("offering__number"),
        name=F("offering__name_de" if in_german() else "offering__name_en"),
        code=F("location__code"),
    )
    return rows.values("id", "at", "kind", "quantity", "number", "name", "code", "reason", "actor_name")


def moves_by_words(rows: QuerySet[Any], text: str) -> QuerySet[Any]:
    """Moves of articles whose number begins with the text."""
    offerings = list(Offering.objects.filter(number__istartswith=text).values_list("pk", flat=True)[:200])
    return rows.filter(offering_id__in=offerings)


def location_choices() -> list[tuple[str, str]]:
    """Locations by code, for filters and forms."""
    return [(str(pk), code) for pk, code in Location.objects.values_list("pk", "code")]


def locations() -> list[Location]:
    """All locations in their order."""
    return list(Location.objects.all())


def article(number: str) -> Article:
    """Everything about one article. Five statements.

    Raises:
        NotFound: there is no such article of goods.
    """
    row = _sql.one("article", number=number)
    if row is None:
        raise NotFound(number=number)
    return Article(
        id=row.id,
        number=row.number,
        name=row.name_de if in_german() else row.name_en,
        unit=row.unit,
        on_hand=row.on_hand,
        promised=row.promised,
        short=row.short,
        lying=_sql.rows("lying", id=row.id),
        receipts=_sql.rows("receipts_planned", id=row.id),
        promises=_sql.rows("promised_to", id=row.id),
        moves=_sql.rows("last_moves", id=row.id),
    )


def articles_like(text: str, limit: int = 6) -> list[tuple[str, str]]:
    """Articles for the palette and for forms: number and name."""
    rows = Offering.objects.filter(kind=Offering.Kind.GOODS).filter(
        Q(number__istartswith=text) | Q(name_de__icontains=text) | Q(name_en__icontains=text)
    )
    name = "name_de" if in_german() else "name_en"
    return list(rows.order_by("number").values_list("number", name)[:limit])


def to_pick(orders: Sequence[UUID] | None = None) -> list[Any]:
    """What is to be taken from which location for released orders (all, or these), at most 300 lines. One statement."""
    asked = list(orders) if orders is not None else None
    return _sql.rows("pick_list", orders=asked, most=MOST_PICKED, german=in_german())


def order_of_return(number: str) -> tuple[UUID, list[Any]]:
    """An order's id and its lines with what of them can come back.

    Raises:
        NotFound: there is no such order.
    """
    order_id = Order.objects.filter(number=number).values_list("id", flat=True).first()
    if order_id is None:
        raise NotFound(number=number)
    return order_id, _sql.rows("lines_of_order", order=order_id)


def what_came_back(returns: Mapping[UUID, UUID]) -> dict[UUID, dict[UUID, Decimal]]:
    """What came back with returns (return id → order id): quantities by order line, by return. One statement."""
    found: dict[UUID, dict[UUID, Decimal]] = {return_id: {} for return_id in returns}
    rows = _sql.rows(
        "came_back", orders=list(returns.values()), returns=[str(return_id) for return_id in returns]
    )
    for row in rows:
        found[UUID(row.reference)][row.order_line_id] = row.quantity
    return found


@dataclass(frozen=True, slots=True)
class Today:
    """Figures of the warehouse, counted to 1,001: articles that are short, receipts that are due."""

    short: int
    due: int


def today(until: datetime) -> Today:
    """What stands on the dashboard. One statement."""
    row = _sql.one("today", until=until)
    return Today(row.short, row.due) if row else Today(0, 0)


@dataclass(frozen=True, slots=True)
class Effect:
    """What hangs on planned receipts: promises and their pieces, orders, and how many of those were told today."""

    promises: int
    quantity: Decimal
    orders: int
    told: int


def effect_of(buckets: Sequence[UUID], since: datetime) -> Effect:
    """What moving these planned receipts touches; ``since``: when today began. One statement."""
    row = _sql.one("effect", buckets=list(buckets), since=since)
    return Effect(row.promises, row.quantity, row.orders, row.told) if row else Effect(0, Decimal(0), 0, 0)


def orders_hanging(bucket: UUID) -> list[Any]:
    """The first 50 orders that wait for a planned receipt."""
    return _sql.rows("orders_hanging", bucket=bucket)


def goods(numbers: Sequence[str]) -> dict[str, Any]:
    """Articles (goods) by number; unknown numbers are left out."""
    return {row.number: row for row in _sql.rows("goods", numbers=list(numbers))}


def some_goods() -> list[tuple[str, str]]:
    """Up to 500 articles to choose from: number and name."""
    return [(row.number, row.name_de if in_german() else row.name_en) for row in _sql.rows("some_goods")]
