"""Goods in, goods out, counts: all of them append-only moves. No money moves here."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from kontor.back.warehouse import errors, events
from kontor.kernel.actor.identity import Actor
from kontor.kernel.events.emitting import emit
from kontor.kernel.ids import uuid7
from kontor.kernel.sql import Statements
from kontor.kernel.transactions import in_transaction, transaction

_sql = Statements(__package__)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewMove:
    """Goods that came (positive) or went (negative), in the base unit, at a location; ``id`` is written once."""

    offering_id: UUID
    location_id: UUID
    quantity: Decimal
    at: datetime
    reference: str = ""
    reason: str = ""
    order_line_id: UUID | None = None
    id: UUID = field(default_factory=uuid7)


@in_transaction
def issue_goods(
    lines: Sequence[tuple[UUID, UUID, Decimal]], *, reference: str, by: Actor, at: datetime
) -> list[Any]:
    """Take (order line, offering, quantity) from where it lies; returns line, location and quantity of each move.

    Raises:
        NotInStock: less lies there than asked.
    """
    moves = _sql.rows(
        "issue",
        lines=[line[0] for line in lines],
        offerings=[line[1] for line in lines],
        quantities=[line[2] for line in lines],
        reference=reference,
        actor=by.name,
        at=at,
    )
    if sum((move.quantity for move in moves), Decimal(0)) != sum((line[2] for line in lines), Decimal(0)):
        raise errors.NotInStock
    return moves


@in_transaction
def post_moves(kind: str, moves: Sequence[NewMove], *, by: Actor) -> list[Any]:
    """Write moves of one kind, each id once; the database keeps stock on hand and capacity. Returns those that are new.

    Raises:
        NotInStock: a location would fall below zero.
    """
    return _sql.rows(
        "post_moves",
        kind=kind,
        ids=[move.id for move in moves],
        offerings=[move.offering_id for move in moves],
        locations=[move.location_id for move in moves],
        quantities=[move.quantity for move in moves],
        lines=[move.order_line_id for move in moves],
        references=[move.reference for move in moves],
        reasons=[move.reason for move in moves],
        at=[move.at for move in moves],
        actor=by.name,
    )


@transaction
def count_stock(
    *, counts: Sequence[tuple[UUID, UUID, Decimal]], reason: str, by: Actor, at: datetime
) -> dict[tuple[UUID, UUID], Decimal]:
    """Record what was counted: (offering, location, quantity found). Returns the differences that were posted.

    Where less is there than promised, the promises at risk are marked and a task is opened. Safe to repeat: a
    second count of the same quantities finds no difference.

    Raises:
        NotAllowed: ``by`` lacks the right ``warehouse.count``.
    """
    by.require("warehouse.count")
    values = {"offerings": [count[0] for count in counts], "locations": [count[1] for count in counts]}
    _sql.rows("lock_stock", offerings=values["offerings"])
    rows = _sql.rows("on_hand", **values)
    lying = {(row.offering_id, row.location_id): row.quantity for row in rows}
    differences = {
        (offering, location): found - lying.get((offering, location), Decimal(0))
        for offering, location, found in counts
        if found != lying.get((offering, location), Decimal(0))
    }
    if differences:
        post_moves(
            "count",
            [
                NewMove(offering_id=offering, location_id=location, quantity=difference, at=at, reason=reason)
                for (offering, location), difference in differences.items()
            ],
            by=by,
        )
        emit(
            [
                events.StockCounted(
                    subject=str(offering), subject_id=offering, difference=difference, reason=reason
                )
                for (offering, _location), difference in differences.items()
            ],
            by=by,
            at=at,
        )
    return differences


@transaction
def receive_goods(*, moves: Sequence[NewMove], kind: str = "receipt", by: Actor, at: datetime) -> None:
    """Put goods on the shelf (receipt or opening stock). Not repeatable: the caller keeps its own key.

    Raises:
        NotAllowed: ``by`` lacks the right ``warehouse.receive``.
    """
    by.require("warehouse.receive")
    post_moves(kind, moves, by=by)


def stock_that_disagrees() -> list[Any]:
    """Articles whose moves, stock on hand and capacity are not equal; empty when the books are right."""
    return _sql.rows("check_books")
