"""Goods of purchase orders that come in: received here, or noted when the warehouse received them."""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from uuid import UUID, uuid5

from kontor.back.purchasing import errors, events
from kontor.back.purchasing.actions import CLOSED, lock_one, settle
from kontor.back.warehouse.actions import NewMove
from kontor.back.warehouse.receiving import receive_planned
from kontor.bridge.promises.actions import Arrived
from kontor.kernel.actor.identity import Actor
from kontor.kernel.events.emitting import emit
from kontor.kernel.sql import Statements
from kontor.kernel.transactions import transaction

_sql = Statements(__package__)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewDelivery:
    """What came of an order: quantities (base units) by line, and the lines of which nothing more comes.

    ``key`` is written once; ``reference`` is the supplier's delivery note.
    """

    key: UUID
    order_id: UUID
    location_id: UUID
    quantities: Mapping[UUID, Decimal]
    last: Set[UUID] = field(default_factory=frozenset)
    reference: str = ""


@transaction
def receive_purchase(*, delivery: NewDelivery, by: Actor, at: datetime) -> bool:
    """Put what a supplier delivered on the shelf; what was promised of it is served, the oldest promises first.

    The rest of a part stays a planned receipt, unless nothing more comes: then what it cannot cover is at risk, with a
    task. Posts no money. Safe to repeat: a key is received once; False says that it was before. Where nothing
    came and the lines named are closed already, it says False, too. A constant number of statements.

    Raises:
        NotAllowed: ``by`` lacks the right ``purchasing.write``.
        NotFound: there is no such order.
        NothingCame: no quantity was given and no line closed.
        LinesClosed: goods came of lines that a colleague has received or called off meanwhile; nothing is booked.
        PurchaseClosed: everything was received or called off already.
    """
    by.require("purchasing.write")
    order = lock_one(delivery.order_id)
    came = {line: quantity for line, quantity in delivery.quantities.items() if quantity > 0}
    ids = {line: uuid5(delivery.key, str(line)) for line in {*came, *delivery.last}}
    if _sql.rows("moves_known", ids=list(ids.values())):
        return False
    if not came and delivery.last and _all_closed(order.id, delivery.last):
        return False
    if order.state in CLOSED:
        raise errors.PurchaseClosed(numbers=order.number)
    lines = [row for row in _sql.rows("open_lines", ids=[order.id]) if row.id in ids]
    _refuse_closed(order.id, came.keys() - {line.id for line in lines})
    if not lines:
        raise errors.NothingCame
    moves = [
        NewMove(
            id=ids[line.id],
            offering_id=line.offering_id,
            location_id=delivery.location_id,
            quantity=came[line.id],
            reference=delivery.reference,
            at=at,
        )
        for line in lines
        if line.id in came
    ]
    parts = [
        Arrived(line.bucket_id, came.get(line.id, Decimal(0)), line.id in delivery.last) for line in lines
    ]
    receive_planned(moves=moves, parts=parts, by=by, at=at)
    _sql.rows(
        "note_receipts",
        moves=[ids[line.id] for line in lines if line.id in came],
        buckets=[line.bucket_id for line in lines if line.id in came],
    )
    _sql.execute("close_lines", ids=[line.id for line in lines if line.id in delivery.last])
    settle([order.id])
    received = events.PurchaseReceived(
        subject=order.number, subject_id=order.id, quantity=sum(came.values(), Decimal(0))
    )
    emit([received], by=by, at=at)
    return True


def _all_closed(order_id: UUID, ids: Set[UUID]) -> bool:
    """Whether all these are lines of this order of which nothing more comes."""
    named = _sql.rows("named_lines", order_id=order_id, ids=list(ids))
    return len(named) == len(ids) and not any(line.is_open for line in named)


def _refuse_closed(order_id: UUID, ids: Set[UUID]) -> None:
    """Refuse goods of lines that are not open: they would be in the house, and nowhere in the books."""
    closed = _sql.rows("named_lines", order_id=order_id, ids=list(ids)) if ids else []
    if closed:
        raise errors.LinesClosed(lines=", ".join(line.article for line in closed))
    if ids:
        raise errors.NothingCame  # lines of another order


@transaction
def note_received(*, received: Sequence[tuple[UUID, UUID]], by: Actor, at: datetime) -> None:
    """The warehouse received planned receipts: (move, bucket). Lines and orders follow. Safe to repeat by move.

    The orders are held first, as whoever receives at purchasing holds them: neither waits for the other's lines, and
    an order is settled by lines that nobody else is changing.
    """
    _sql.rows("lock_by_buckets", buckets=[pair[1] for pair in received])
    rows = _sql.rows(
        "note_receipts", moves=[pair[0] for pair in received], buckets=[pair[1] for pair in received]
    )
    settle(sorted({row.order_id for row in rows}))
