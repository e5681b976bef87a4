"""Opening stock: what lay there before the house kept books of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from kontor.back.warehouse import errors
from kontor.back.warehouse.actions import NewMove, post_moves
from kontor.back.warehouse.models import Move
from kontor.kernel.actor.identity import Actor
from kontor.kernel.transactions import in_transaction, transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """What lies of an article at a location, in its unit; ``key`` is written once."""

    key: UUID
    offering_id: UUID
    location_id: UUID
    quantity: Decimal


@transaction
def open_stock(*, openings: Sequence[Opening], by: Actor, at: datetime) -> int:
    """Put the stock that is there on the books; returns how many moves are new. Moves no money.

    Safe to repeat: a key is written once.

    Raises:
        NotAllowed: ``by`` lacks the right ``warehouse.receive``.
        NothingReceived: a quantity is not positive.
        HasMoved: something of an article has moved already; it is counted instead.
    """
    by.require("warehouse.receive")
    return write_openings(openings, by=by, at=at)


@in_transaction
def write_openings(openings: Sequence[Opening], *, by: Actor, at: datetime) -> int:
    """The part of opening stock that imports use. Two statements, whatever the number of articles."""
    if any(opening.quantity <= 0 for opening in openings):
        raise errors.NothingReceived
    keys = [opening.key for opening in openings]
    moved = Move.objects.filter(offering_id__in=[one.offering_id for one in openings]).exclude(id__in=keys)
    first = moved.values_list("offering__number", flat=True).first()
    if first is not None:
        raise errors.HasMoved(number=first)
    moves = [
        NewMove(
            id=opening.key,
            offering_id=opening.offering_id,
            location_id=opening.location_id,
            quantity=opening.quantity,
            at=at,
        )
        for opening in openings
    ]
    return len(post_moves("opening", moves, by=by))
