"""What is read of logistics: orders that can leave, shipments, and what their papers say."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from kontor.back.logistics.models import Parcel, Shipment
from kontor.bridge.orders.models import Order
from kontor.bridge.promises.models import Promise
from kontor.kernel.actor.identity import Actor
from kontor.kernel.errors import NotFound
from kontor.kernel.sql import Statements

_sql = Statements(__package__)


@dataclass(frozen=True, slots=True)
class ShippedLine:
    """What of an order line is in a shipment. Quantities in the line's unit."""

    number: str
    name: str
    unit: str
    quantity: Decimal
    position: int
    ordered: Decimal
    still_open: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaving:
    """A shipment as its label and delivery note need it; weight in grams where every article has one."""

    id: UUID
    number: str
    carrier: str
    shipped_at: datetime
    parcel_id: UUID
    order_id: UUID
    order_number: str
    placed_at: datetime
    party_id: UUID
    customer_number: str
    language: str
    name: str
    extra: str
    street: str
    postal_code: str
    city: str
    country: str
    weight_g: int | None
    lines: list[ShippedLine]


@dataclass(frozen=True, slots=True)
class ShipmentFile:
    """A shipment with its lines and parcels."""

    shipment: Shipment
    lines: list[ShippedLine]
    parcels: list[Any]


def ready_rows(_actor: Actor) -> QuerySet[Any, Any]:
    """Released orders of which something lies ready."""
    rows: QuerySet[Any, Any] = (
        Order.objects.filter(_ready(), state=Order.State.CONFIRMED, released_at__isnull=False)
        .annotate(is_waiting=Exists(_promised(bucket__kind="receipt")))
        .values(
            *("id", "number", "placed_at", "promised_on", "shipping_name", "shipping_postal_code"),
            *("shipping_city", "shipping_country", "shipping_method", "is_waiting"),
        )
    )
    return rows


def of_kind(rows: QuerySet[Any], kind: str) -> QuerySet[Any]:
    """Orders that can leave as a whole, or only in part."""
    waiting = Exists(_promised(bucket__kind="receipt"))
    return rows.filter(waiting) if kind == "part" else rows.filter(~waiting)


def ready_by_words(rows: QuerySet[Any], text: str) -> QuerySet[Any]:
    """Orders whose number or postal code begins with the text."""
    return rows.filter(Q(number__startswith=text.upper()) | Q(shipping_postal_code__startswith=text))


def ready_among(ids: Sequence[UUID]) -> list[UUID]:
    """Of these orders, those of which something can leave now, oldest first."""
    rows = Order.objects.filter(_ready(), state=Order.State.CONFIRMED, released_at__isnull=False, pk__in=ids)
    return list(rows.order_by("placed_at", "id").values_list("id", flat=True))


def shipment_rows(_actor: Actor) -> QuerySet[Any, Any]:
    """All shipments, as rows of a list."""
    rows = Shipment.objects.annotate(
        order_number=F("order__number"), customer=F("order__shipping_name"), city=F("order__shipping_city")
    )
    return rows.values(
        "id",
        "number",
        "shipped_at",
        "delivered_at",
        "carrier",
        "order_number",
        "customer",
        "city",
        "actor_name",
    )


def shipments_in(rows: QuerySet[Any], state: str) -> QuerySet[Any]:
    """Shipments on their way, or delivered."""
    return rows.filter(delivered_at__isnull=state == "travelling")


def shipments_by_words(rows: QuerySet[Any], text: str) -> QuerySet[Any]:
    """Shipments by number, by the number of their order, or by a tracking number."""
    words = text.upper()
    tracked = Parcel.objects.filter(tracking_number=words).values("shipment_id")
    orders = list(Order.objects.filter(number__startswith=words).values_list("pk", flat=True)[:200])
    return rows.filter(Q(number__startswith=words) | Q(order_id__in=orders) | Q(pk__in=tracked))


def shipment_file(number: str) -> ShipmentFile:
    """A shipment with everything its page shows. Three statements.

    Raises:
        NotFound: there is no such shipment.
    """
    shipment = Shipment.objects.select_related("order").filter(number=number).first()
    if shipment is None:
        raise NotFound(number=number)
    return ShipmentFile(shipment, _lines_of(shipment.id), _sql.rows("parcels", id=shipment.id))


def shippable(number: str) -> tuple[Order, list[Any]]:
    """An order and its open lines with what lies ready for them.

    Raises:
        NotFound: there is no such order.
    """
    order = Order.objects.filter(number=number).first()
    if order is None:
        raise NotFound(number=number)
    return order, _sql.rows("ship_lines", order=order.id)


def shipped_by(key: UUID) -> str:
    """The number of the shipment that a form with this key brought about; empty where it did not."""
    return Shipment.objects.filter(key=key).values_list("number", flat=True).first() or ""


def leaving_shipments(ids: Sequence[UUID]) -> list[Leaving]:
    """Of these shipments, those whose parcels have no number yet; what an import brought gets no papers."""
    parcels = (
        Parcel.objects.filter(shipment_id__in=ids, tracking_number=None)
        .exclude(shipment__order__channel=Order.Channel.IMPORT)
        .select_related("shipment__order__party")
        .order_by("id")
    )
    weights = {row.shipment_id: row.weight_g for row in _sql.rows("weigh", ids=list(ids))}
    return [_leaving(parcel, weights.get(parcel.shipment_id)) for parcel in parcels]


def numbers_like(text: str, limit: int = 6) -> list[tuple[str, str, datetime]]:
    """Shipments for the palette: number, recipient, instant."""
    rows = shipments_by_words(Shipment.objects.all(), text).order_by("-shipped_at", "-id")
    return list(rows.values_list("number", "order__shipping_name", "shipped_at")[:limit])


@dataclass(frozen=True, slots=True)
class Today:
    """Figures of logistics, counted to 1,001: shipments on their way, shipped today, orders ready to ship."""

    travelling: int
    shipped: int
    ready: int


def today(since: datetime) -> Today:
    """What stands on the dashboard. One statement."""
    row = _sql.one("today", since=since)
    return Today(*row) if row else Today(0, 0, 0)


def _leaving(parcel: Parcel, weight_g: int | None) -> Leaving:
    shipment = parcel.shipment
    order = shipment.order
    return Leaving(
        id=shipment.id,
        number=shipment.number,
        carrier=shipment.carrier,
        shipped_at=shipment.shipped_at,
        parcel_id=parcel.id,
        order_id=order.id,
        order_number=order.number,
        placed_at=order.placed_at,
        party_id=order.party_id,
        customer_number=order.party.number,
        language=order.language,
        name=order.shipping_name,
        extra=order.shipping_extra,
        street=order.shipping_street,
        postal_code=order.shipping_postal_code,
        city=order.shipping_city,
        country=order.shipping_country,
        weight_g=weight_g,
        lines=_lines_of(shipment.id),
    )


def _lines_of(shipment_id: UUID) -> list[ShippedLine]:
    return [ShippedLine(*row) for row in _sql.rows("shipment_lines", id=shipment_id)]


def _promised(**conditions: Any) -> QuerySet[Promise]:
    return Promise.objects.filter(demand__orderline__order=OuterRef("pk"), state="firm", **conditions)


def _ready() -> Exists:
    return Exists(_promised(bucket__kind="on_hand"))
