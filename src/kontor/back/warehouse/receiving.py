"""Goods that come in: a delivery (planned or not), a customer's return. Repeatable by the key of the form."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid5

from kontor.back.warehouse import errors, events
from kontor.back.warehouse.actions import NewMove, post_moves
from kontor.bridge.promises.actions import Arrived, hold_receipts, receive_parts
from kontor.bridge.voice.actions import hear
from kontor.bridge.voice.hearing import NewSignal
from kontor.bridge.voice.reasons import ReturnReason
from kontor.kernel.actor.identity import Actor
from kontor.kernel.events.emitting import emit
from kontor.kernel.sql import Statements
from kontor.kernel.transactions import in_transaction, transaction

_sql = Statements(__package__)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewReceipt:
    """A delivery of one article. ``bucket_id`` names the planned receipt that it fulfils; ``key`` is written once.

    ``is_last``: nothing more comes of the planned receipt; else the rest of it stays planned.
    """

    key: UUID
    offering_id: UUID
    number: str
    location_id: UUID
    quantity: Decimal
    reference: str = ""
    bucket_id: UUID | None = None
    is_last: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class NewReturn:
    """Goods a customer sent back: quantities by order line, and the location they are put to."""

    key: UUID
    order_id: UUID
    location_id: UUID
    quantities: Mapping[UUID, Decimal]
    reason: str = ""  # in words, for the move
    why: str = ReturnReason.UNKNOWN


@transaction
def receive_delivery(*, receipt: NewReceipt, by: Actor, at: datetime) -> bool:
    """Put a delivery on the shelf; promises on the planned receipt move to the stock. Moves no money.

    Safe to repeat: a key is received once; False says that it was there before. Where less came than was promised,
    the promises at risk are marked and a task is opened.

    Raises:
        NotAllowed: ``by`` lacks the right ``warehouse.receive``.
        NothingReceived: the quantity is not positive.
    """
    by.require("warehouse.receive")
    if receipt.quantity <= 0:
        raise errors.NothingReceived
    move = NewMove(
        id=receipt.key,
        offering_id=receipt.offering_id,
        location_id=receipt.location_id,
        quantity=receipt.quantity,
        reference=receipt.reference,
        at=at,
    )
    parts = [Arrived(receipt.bucket_id, receipt.quantity, receipt.is_last)] if receipt.bucket_id else []
    if not receive_planned(moves=[move], parts=parts, by=by, at=at):
        return False
    received = events.GoodsReceived(
        subject=receipt.number,
        subject_id=receipt.offering_id,
        quantity=receipt.quantity,
        reference=receipt.reference,
        move_id=receipt.key,
        bucket_id=receipt.bucket_id,
    )
    emit([received], by=by, at=at)
    return True


@in_transaction
def receive_planned(*, moves: Sequence[NewMove], parts: Sequence[Arrived], by: Actor, at: datetime) -> bool:
    """The part of receiving that purchasing uses: goods on the shelf, promises to the stock, milestones in the window.

    Customers whose goods are covered now see that they are there. Safe to repeat by the moves' ids: False says that
    they were there before, and nothing changes.
    """
    # All pools of the transaction at once, those of receipts of which nothing more comes, too.
    hold_receipts([part.bucket_id for part in parts])
    if moves and not post_moves("receipt", moves, by=by):
        return False
    served = receive_parts(parts) if parts else []
    if served:
        _sql.execute(
            "arrived",
            demands=[part.demand_id for part in served],
            buckets=[part.bucket_id for part in served],
            quantities=[part.quantity for part in served],
            at=at,
        )
    return True


@transaction
def receive_return(*, returned: NewReturn, by: Actor, at: datetime) -> bool:
    """Put a customer's goods back on the shelf; each order line knows what came back.

    Product conception hears why.
    Moves no money: invoicing credits what was billed when it hears GoodsReturned. Safe to repeat: a key is received
    once; False says that it was there before.

    Raises:
        NotAllowed: ``by`` lacks the right ``warehouse.receive``.
        NothingReturned: no quantity was given.
        NotReturnable: more would come back than was delivered.
    """
    by.require("warehouse.receive")
    lines = {row.id: row for row in _sql.rows("lock_returnable", order=returned.order_id)}
    quantities = {line: quantity for line, quantity in returned.quantities.items() if quantity}
    if not quantities:
        raise errors.NothingReturned
    ids = {line: uuid5(returned.key, str(line)) for line in quantities}
    if _sql.rows("moves_by_id", ids=list(ids.values())):
        return False
    for line, quantity in quantities.items():
        if line not in lines or not 0 < quantity <= lines[line].returnable:
            raise errors.NotReturnable
    post_moves(
        "return",
        [
            NewMove(
                id=ids[line],
                offering_id=lines[line].offering_id,
                location_id=returned.location_id,
                quantity=quantity,
                order_line_id=line,
                reference=str(returned.key),
                reason=returned.reason or str(ReturnReason(returned.why).label),
                at=at,
            )
            for line, quantity in quantities.items()
        ],
        by=by,
    )
    _sql.execute("lines_came_back", lines=list(quantities), quantities=list(quantities.values()), at=at)
    hear([_signal(returned, lines[line]) for line in quantities], by=by, at=at)
    number = next(iter(lines.values())).order_number
    came = events.GoodsReturned(subject=number, subject_id=returned.order_id, return_id=str(returned.key))
    emit([came], by=by, at=at)
    return True


def _signal(returned: NewReturn, line: Any) -> NewSignal:
    """What came back and why, for product conception; whose it was is not told there."""
    return NewSignal(
        key=f"return:{returned.key}:{line.id}",
        kind="problem",
        source="return",
        reason=returned.why,
        text=returned.reason,
        language=line.language,
        offering_id=line.offering_id,
        order_line_id=line.id,
        party_id=line.party_id,
        email=line.email,
        name=line.billing_name,
    )
