"""Checkouts that were left: product conception hears at which step, and over which article."""

from datetime import datetime, timedelta

from kontor.bridge.voice.actions import Heard, hear
from kontor.bridge.voice.hearing import NewSignal
from kontor.kernel.actor.identity import Actor
from kontor.kernel.sql import Statements
from kontor.kernel.transactions import transaction

LEFT_AFTER = timedelta(hours=1)
_HELD_FOR = timedelta(minutes=15)  # what was reserved at the last step
_LOOKED_BACK = timedelta(days=7)
_sql = Statements(__package__)


@transaction
def hear_left_checkouts(*, by: Actor, at: datetime) -> Heard:
    """Baskets whose checkout was begun and has lain for an hour become problems, each once.

    Moves no money. Safe to repeat. One that is ordered after all says so as its outcome.
    """
    rows = _sql.rows("left_checkouts", since=at - _LOOKED_BACK, until=at - LEFT_AFTER + _HELD_FOR, at=at)
    return hear(
        [
            NewSignal(
                key=f"checkout:{row.id}",
                kind="problem",
                source="checkout",
                offering_id=row.offering_id,
                party_id=row.party_id,
                email=row.email,
                name=row.name,
                reason=row.step,
                outcome=row.outcome,
                at=row.held_until - _HELD_FOR,
            )
            for row in rows
        ],
        by=by,
        at=at,
    )
