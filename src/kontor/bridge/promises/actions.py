"""Promising capacity, giving it back, and facing what really is there.

All writes go through the functions of the database.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from kontor.bridge.promises import events
from kontor.bridge.promises.refusing import promising
from kontor.kernel.actor.identity import Actor
from kontor.kernel.events.emitting import emit
from kontor.kernel.ids import uuid7
from kontor.kernel.sql import Statements
from kontor.kernel.transactions import in_transaction, transaction

_sql = Statements(__package__)


@dataclass(frozen=True, slots=True)
class Wanted:
    """So much of an offering; a stay names its nights, a slot its beginning. ``id`` is the key of the demand."""

    id: UUID
    offering_id: UUID
    quantity: Decimal
    name: str = ""
    party_id: UUID | None = None
    starts_at: datetime | None = None
    ends_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Allotted:
    """So much of a demand comes from a bucket that is ready at an instant (UTC)."""

    demand_id: UUID
    bucket_id: UUID
    quantity: Decimal
    ready_at: datetime


@in_transaction
def hold(wanted: Sequence[Wanted]) -> list[Allotted]:
    """Hold for 15 minutes, for the party of this transaction's token; all or nothing.

    Moves no money. Safe to repeat: the same demand keeps what it holds, for 15 minutes more; a changed quantity is
    held anew.

    Raises:
        SoldOut: something does not fit; it says what is left.
        TooMuchHeld: beyond what one visitor may hold.
        NotYours: a demand belongs to somebody else.
    """
    with promising(_names(wanted)):
        return [Allotted(*row) for row in _sql.rows("hold", **_arrays(wanted))]


@in_transaction
def promise(wanted: Sequence[Wanted], *, is_firm: bool = True) -> list[Allotted]:
    """Promise for staff, imports and other rooms: firm at once, or held without end until confirmed; all or nothing.

    Moves no money. Safe to repeat, as ``hold``.

    Raises:
        SoldOut: something does not fit; it says what is left.
    """
    values = _arrays(wanted) | {
        "parties": [want.party_id for want in wanted],
        "state": "firm" if is_firm else "hold",
    }
    with promising(_names(wanted)):
        return [Allotted(*row) for row in _sql.rows("promise", **values)]


@in_transaction
def let_go(demands: Sequence[UUID]) -> None:
    """Give a basket's own holds back. Safe to repeat."""
    _sql.rows("let_go", demands=list(demands))


@in_transaction
def use(quantities: Mapping[UUID, Decimal]) -> None:
    """Goods left: so much of each demand is used up, earliest bucket first. Not repeatable: ship by key.

    Raises:
        NotPromised: a demand has less than asked.
    """
    with promising():
        _sql.rows("use", demands=list(quantities), quantities=list(quantities.values()))


@in_transaction
def release(quantities: Mapping[UUID, Decimal]) -> None:
    """Cancelled: so much of each demand is free again.

    Raises:
        NotPromised: a demand has less than asked.
    """
    with promising():
        _sql.rows("release", demands=list(quantities), quantities=list(quantities.values()))


@transaction
def plan_receipts(
    *, receipts: Sequence[tuple[UUID, datetime, Decimal, str]], by: Actor, at: datetime
) -> list[UUID]:
    """Plan receipts: (offering, when, how many in base units, source). Each is a bucket that can be promised.

    Moves no money. Not repeatable: the caller's document keeps the bucket's id.

    Raises:
        NotAllowed: ``by`` lacks the right ``promises.plan``.
    """
    by.require("promises.plan")
    ids = [uuid7() for _ in receipts]
    _sql.execute(
        "plan_receipts",
        ids=ids,
        offerings=[receipt[0] for receipt in receipts],
        starts=[receipt[1] for receipt in receipts],
        capacities=[receipt[2] for receipt in receipts],
        sources=[receipt[3] for receipt in receipts],
    )
    return ids


@transaction
def move_receipts(*, ids: Sequence[UUID], starts_at: datetime, reason: str, by: Actor, at: datetime) -> int:
    """Move planned receipts to another instant; every promise pegged to them moves along. Returns how many moved.

    Moves no money. Safe to repeat: a receipt that is already there tells nobody again.

    Raises:
        NotAllowed: ``by`` lacks the right ``promises.plan``.
    """
    by.require("promises.plan")
    _sql.rows("lock_buckets", ids=list(ids))
    moved = _sql.rows("move_receipts", ids=list(ids), starts_at=starts_at)
    emit(
        [
            events.PromiseMoved(
                subject=row.source or str(row.id), subject_id=row.id, to=starts_at, reason=reason
            )
            for row in moved
        ],
        by=by,
        at=at,
    )
    return len(moved)


@transaction
def set_capacity(*, capacities: Mapping[UUID, Decimal], reason: str, by: Actor, at: datetime) -> list[UUID]:
    """Say how much planned buckets really hold; returns the demands now at risk (youngest promises first).

    Moves no money. Safe to repeat. Where less is there than promised, the difference is recorded as short and a
    conflict task opened: nothing is dropped silently.

    Raises:
        NotAllowed: ``by`` lacks the right ``promises.plan``.
    """
    by.require("promises.plan")
    rows = _sql.rows("set_capacity", buckets=list(capacities), capacities=list(capacities.values()))
    emit(
        [
            events.CapacityChanged(subject=str(bucket), subject_id=bucket, reason=reason)
            for bucket in capacities
        ],
        by=by,
        at=at,
    )
    return [row.demand_id for row in rows]


@in_transaction
def receive(*, bucket_id: UUID) -> list[UUID]:
    """A planned receipt arrived: its promises move to the stock on hand, whose moves were written just before.

    Returns the demands at risk because less came than was promised.
    """
    return [row.demand_id for row in _sql.rows("receive", bucket=bucket_id)]


def sweep_holds() -> int:
    """Free expired holds; returns how many. For the worker's sweep, one statement of its own; safe to repeat."""
    row = _sql.one("sweep")
    return int(row.freed) if row else 0


def _arrays(wanted: Sequence[Wanted]) -> dict[str, Any]:
    return {
        "demands": [want.id for want in wanted],
        "offerings": [want.offering_id for want in wanted],
        "quantities": [want.quantity for want in wanted],
        "starts": [want.starts_at for want in wanted],
        "ends": [want.ends_at for want in wanted],
    }


def _names(wanted: Sequence[Wanted]) -> dict[str, str]:
    return {str(want.id): want.name for want in wanted if want.name}
