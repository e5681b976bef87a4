"""Ticking the pick list: customers read that their order is being packed. Goods may leave without it, too."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from kontor.kernel.actor.identity import Actor
from kontor.kernel.sql import Statements
from kontor.kernel.transactions import transaction

_sql = Statements(__package__)


@transaction
def note_picked(*, lines: Sequence[UUID], by: Actor, at: datetime) -> int:
    """Note that what lies ready for these order lines was taken from the shelf; returns how many lines are new.

    Moves neither goods nor money: they leave the books when they are shipped. Safe to repeat; what is called off or
    no longer ready is passed over.

    Raises:
        NotAllowed: ``by`` lacks the right ``logistics.ship``.
    """
    by.require("logistics.ship")
    _sql.rows("lock_picked", lines=list(lines))
    return len(_sql.rows("note_picked", lines=list(lines), at=at))


@transaction
def put_back(*, lines: Sequence[UUID], by: Actor, at: datetime) -> int:
    """Note that what was taken for these order lines lies on the shelf again; returns how many lines did not before.

    Safe to repeat; what has been shipped stays shipped.

    Raises:
        NotAllowed: ``by`` lacks the right ``logistics.ship``.
    """
    by.require("logistics.ship")
    _sql.rows("lock_picked", lines=list(lines))
    return len(_sql.rows("note_put_back", lines=list(lines), at=at))
