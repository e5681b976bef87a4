"""Promising capacity, giving it back, and facing what really is there.

All writes go through the functions of the database.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any, NamedTuple
from uuid import UUID

from kontor.bridge.promises import errors, events
from kontor.bridge.promises.reasons import MoveReason
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


class NewReceipt(NamedTuple):
    """A receipt to plan: when it is ready (UTC), how many (base units), and the order behind it.

    ``made_by``: "production" or "purchase"; ``begins_at``: when making it begins, where that is known.
    """

    offering_id: UUID
    ready_at: datetime
    quantity: Decimal
    source: str
    made_by: str = ""
    begins_at: datetime | None = None


@transaction
def plan_receipts(
    *,
    receipts: Sequence[NewReceipt | tuple[UUID, datetime, Decimal, str]],
    by: Actor,
    at: datetime,
) -> list[UUID]:
    """Plan receipts: (offering, when, how many in base units, source). Each is a bucket that can be promised.

    Moves no money. Not repeatable: the caller's document keeps the bucket's id.

    Raises:
        NotAllowed: ``by`` lacks the right ``promises.plan``.
        NotStocked: one is not goods.
    """
    by.require("promises.plan")
    return plan([NewReceipt(*receipt) for receipt in receipts])


@in_transaction
def plan(receipts: Sequence[NewReceipt]) -> list[UUID]:
    """The part of planning that production and purchasing use. An article without a pool gets one.

    Raises:
        NotStocked: one is not goods.
    """
    ids = [uuid7() for _ in receipts]
    offerings = [receipt.offering_id for receipt in receipts]
    _sql.execute("open_pools", ids=[uuid7() for _ in receipts], offerings=offerings)
    _sql.execute("open_stock", offerings=offerings)
    planned = _sql.execute(
        "plan_receipts",
        ids=ids,
        offerings=offerings,
        starts=[receipt.ready_at for receipt in receipts],
        capacities=[receipt.quantity for receipt in receipts],
        sources=[receipt.source for receipt in receipts],
        makers=[receipt.made_by for receipt in receipts],
        begins=[receipt.begins_at for receipt in receipts],
    )
    if planned < len(ids):
        raise errors.NotStocked
    return ids


@transaction
def move_receipts(
    *, ids: Sequence[UUID], starts_at: datetime, reason: MoveReason, by: Actor, at: datetime
) -> int:
    """Move planned receipts to another instant; every promise pegged to them moves along. Returns how many moved.

    Moves no money. Safe to repeat: a receipt that is already there tells nobody again.

    Raises:
        NotAllowed: ``by`` lacks the right ``promises.plan``.
    """
    by.require("promises.plan")
    return len(move(dict.fromkeys(ids, NewDay(starts_at)), reason=reason, by=by, at=at))


class NewDay(NamedTuple):
    """When a receipt is ready now, and when making it begins, where that is known."""

    ready_at: datetime
    begins_at: datetime | None = None


@in_transaction
def move(days: Mapping[UUID, NewDay], *, reason: MoveReason, by: Actor, at: datetime) -> list[UUID]:
    """The part of moving that production and purchasing use; returns the receipts that really moved.

    Safe to repeat. Three statements, however many receipts. The orders follow in the worker (PromiseMoved).
    """
    ids = list(days)
    _sql.rows("lock_buckets", ids=ids)
    moved = _sql.rows(
        "move_receipts",
        ids=ids,
        starts=[day.ready_at for day in days.values()],
        begins=[day.begins_at for day in days.values()],
        reason=reason.value,
    )
    emit(
        [
            events.PromiseMoved(
                subject=row.source or str(row.id), subject_id=row.id, to=row.starts_at, reason=reason.value
            )
            for row in moved
        ],
        by=by,
        at=at,
    )
    return [row.id for row in moved]


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


class Arrived(NamedTuple):
    """So much of a planned receipt has come; ``is_last``: nothing more of it comes."""

    bucket_id: UUID
    quantity: Decimal
    is_last: bool = False


class Moved(NamedTuple):
    """So much of a demand is promised of the stock on hand now, and no more of its planned receipt."""

    demand_id: UUID
    bucket_id: UUID
    quantity: Decimal


@in_transaction
def hold_receipts(bucket_ids: Sequence[UUID]) -> None:
    """Hold the pools of planned receipts until the transaction ends: all that it takes, before it writes moves."""
    if bucket_ids:
        _sql.rows("lock_buckets", ids=list(bucket_ids))


@in_transaction
def receive_parts(arrived: Sequence[Arrived]) -> list[Moved]:
    """Planned receipts arrived, in whole or in part; their moves were written just before. One statement.

    The oldest promises of a part move to the stock on hand first; the rest stays a planned receipt. Where the last
    part is less than was promised, the difference is short and a task is opened. A closed receipt moves nothing.
    """
    rows = _sql.rows(
        "receive_parts",
        buckets=[part.bucket_id for part in arrived],
        quantities=[part.quantity for part in arrived],
        last=[part.is_last for part in arrived],
    )
    return [Moved(*row) for row in rows]


class Overdue(NamedTuple):
    """A planned receipt whose day is over. ``promised``: so much of it is promised still."""

    bucket_id: UUID
    offering_id: UUID
    source: str
    made_by: str
    ready_at: datetime
    promised: Decimal


@in_transaction
def mark_overdue(before: datetime) -> list[Overdue]:
    """Mark planned receipts that were to be ready before an instant; returns those that were not marked yet.

    Nobody else is promised anything of them until they are moved; what was promised stays promised, and baskets let go
    of them. Moves no money. Safe to repeat: each is returned once for each day that it misses.
    """
    return [Overdue(*row) for row in _sql.rows("mark_overdue", before=before)]


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
