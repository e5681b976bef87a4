"""Moves that documents of another system caused: corrections with their reasons, and goods that came back."""

from collections.abc import Sequence
from datetime import datetime

from kontor.back.warehouse import events
from kontor.back.warehouse.actions import NewMove, post_moves
from kontor.kernel.actor.identity import Actor
from kontor.kernel.events.emitting import emit
from kontor.kernel.sql import Statements
from kontor.kernel.transactions import transaction

_sql = Statements(__package__)


@transaction
def correct_stock(*, moves: Sequence[NewMove], by: Actor, at: datetime) -> int:
    """Post count differences, each with a reason of its own; returns how many were new.

    Moves no money. Safe to repeat: a move's id is posted once.

    Raises:
        NotAllowed: ``by`` lacks the right ``warehouse.count``.
        NotInStock: a location would fall below zero.
    """
    by.require("warehouse.count")
    rows = post_moves("count", moves, by=by)
    emit(
        [
            events.StockCounted(
                subject=str(row.offering_id),
                subject_id=row.offering_id,
                difference=row.quantity,
                reason=row.reason,
            )
            for row in rows
        ],
        by=by,
        at=at,
    )
    return len(rows)


@transaction
def take_back(*, moves: Sequence[NewMove], by: Actor, at: datetime) -> int:
    """Put returned goods on the shelf; where a move names its order line, that line knows. Returns how many were new.

    Moves no money: the credit note does. Safe to repeat: a move's id is posted once.

    Raises:
        NotAllowed: ``by`` lacks the right ``warehouse.receive``.
        NotReturnable: more would come back than was delivered.
    """
    by.require("warehouse.receive")
    rows = post_moves("return", moves, by=by)
    known = [row for row in rows if row.order_line_id]
    if known:
        _sql.execute(
            "lines_came_back",
            lines=[row.order_line_id for row in known],
            quantities=[row.quantity for row in known],
            at=at,
        )
    return len(rows)
