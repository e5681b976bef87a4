"""Shipping: goods issue, shipment and parcel in one short transaction; billing follows by event."""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from kontor.back.logistics import errors, events
from kontor.back.warehouse.actions import issue_goods
from kontor.bridge.promises.actions import use
from kontor.kernel.actor.identity import Actor
from kontor.kernel.events.emitting import emit
from kontor.kernel.ids import uuid7
from kontor.kernel.sql import Statements
from kontor.kernel.transactions import in_transaction, transaction

_sql = Statements(__package__)
OWN_CARRIER = "weser"


@dataclass(frozen=True, slots=True)
class Shipped:
    """A shipment that left."""

    id: UUID
    order_id: UUID
    number: str


@transaction
def ship_orders(
    *,
    orders: Mapping[UUID, UUID],
    quantities: Mapping[UUID, Decimal] | None = None,
    by: Actor,
    at: datetime,
    carrier: str = OWN_CARRIER,
) -> list[Shipped]:
    """Ship what is released and on hand: ``orders`` maps order id to the key that makes its shipment repeatable.

    ``quantities`` (order line id → base units) ships only so much; without it everything that can go goes. Moves
    no money: invoicing bills when it hears GoodsShipped. The same key returns the first shipment.

    Raises:
        NotAllowed: ``by`` lacks the right ``logistics.ship``.
        NothingToShip: an order has nothing that can go now.
        NotInStock: the warehouse has less than was promised.
    """
    by.require("logistics.ship")
    rows = _wanted(_sql.rows("lock_shippable", orders=list(orders), keys=list(orders.values())), quantities)
    done = _shipped_before(orders, {row.order_id for row in rows})
    already = {shipment.order_id for shipment in done}
    rows = [row for row in rows if row.order_id not in already]
    return done + (_ship(rows, keys=orders, carrier=carrier, by=by, at=at) if rows else [])


@in_transaction
def _shipped_before(orders: Mapping[UUID, UUID], ready: Set[UUID]) -> list[Shipped]:
    """The shipments that these keys made before; an order with neither one nor anything ready is refused."""
    if len(ready) == len(orders):
        return []
    rows = _sql.rows("shipments_by_key", keys=list(orders.values()))
    missing = set(orders) - ready - {row.order_id for row in rows}
    if missing:
        numbers = [row.number for row in _sql.rows("order_numbers", ids=list(missing))]
        raise errors.NothingToShip(number=", ".join(numbers))
    return [Shipped(row.id, row.order_id, row.number) for row in rows]


@in_transaction
def _ship(
    rows: Sequence[Any], *, keys: Mapping[UUID, UUID], carrier: str, by: Actor, at: datetime
) -> list[Shipped]:
    numbers = {row.order_id: row.number for row in rows}
    ids = {order_id: uuid7() for order_id in numbers}
    # Promises first: the goods that leave must no longer be promised when the stock falls.
    use({row.demand_id: row.quantity for row in rows})
    shipped = _sql.rows(
        "ship",
        ids=list(ids.values()),
        keys=[keys[order_id] for order_id in ids],
        orders=list(ids),
        line_shipments=[ids[row.order_id] for row in rows],
        lines=[row.line_id for row in rows],
        quantities=[row.quantity for row in rows],
        carrier=carrier,
        actor=by.name,
        at=at,
    )
    taken = [(row.line_id, row.offering_id, row.quantity) for row in rows]
    issue_goods(taken, reference="shipment", by=by, at=at)
    happened = [
        events.GoodsShipped(subject=numbers[row.order_id], subject_id=row.order_id, shipment_id=str(row.id))
        for row in shipped
    ]
    emit(happened, by=by, at=at)
    return [Shipped(row.id, row.order_id, row.number) for row in shipped]


@transaction
def deliver_shipments(*, ids: Sequence[UUID], by: Actor, at: datetime) -> int:
    """Record that shipments reached their customers; returns how many had not before. Moves no money, repeatable.

    Raises:
        NotAllowed: ``by`` lacks the right ``logistics.deliver``.
    """
    by.require("logistics.deliver")
    rows = _sql.rows("deliver", ids=list(ids), at=at)
    emit(
        [
            events.GoodsDelivered(subject=row.number, subject_id=row.order_id, shipment_id=str(row.id))
            for row in rows
        ],
        by=by,
        at=at,
    )
    return len(rows)


def _wanted(rows: Sequence[Any], quantities: Mapping[UUID, Decimal] | None) -> list[Any]:
    if quantities is None:
        return list(rows)
    chosen = [
        row._replace(quantity=min(row.quantity, quantities.get(row.line_id, Decimal(0)))) for row in rows
    ]
    return [row for row in chosen if row.quantity > 0]
