"""Planning, starting, moving and calling off production orders. They take lists; the single case is a list of one."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from kontor.back.production import errors, events
from kontor.back.warehouse.planning import refuse_past
from kontor.bridge.promises.actions import Arrived, NewDay, NewReceipt, move, plan, receive_parts
from kontor.bridge.promises.reasons import MoveReason
from kontor.kernel.actor.identity import Actor
from kontor.kernel.errors import NotFound
from kontor.kernel.events.emitting import emit
from kontor.kernel.ids import uuid7
from kontor.kernel.sql import Statements
from kontor.kernel.transactions import in_transaction, transaction

_sql = Statements(__package__)
CLOSED = frozenset({"finished", "cancelled"})


@dataclass(frozen=True, slots=True, kw_only=True)
class NewProduction:
    """So many (base units) of an article (goods) to be made between two instants; ``steps``: (work step, work centre).

    ``key`` is written once. ``note`` stays in the back office.
    """

    key: UUID
    offering_id: UUID
    quantity: Decimal
    start_at: datetime
    finish_at: datetime
    steps: Sequence[tuple[str, str]] = ()
    note: str = ""
    id: UUID = field(default_factory=uuid7)


@transaction
def plan_production(*, orders: Sequence[NewProduction], by: Actor, at: datetime) -> list[str]:
    """Plan production orders; what they make can be promised at once. Returns their numbers, in the order asked.

    Moves no money. Safe to repeat: a key is planned once. A constant number of statements.

    Raises:
        NotAllowed: ``by`` lacks the right ``production.write``.
        NothingToMake: a quantity is not positive.
        EndsBeforeItBegins: the last day lies before the first.
        DayIsPast: nothing becomes ready yesterday.
        NotStocked: one is not goods.
    """
    by.require("production.write")
    known = {row.key: row.number for row in _sql.rows("orders_by_key", keys=[order.key for order in orders])}
    fresh = [order for order in orders if order.key not in known]
    if any(order.quantity <= 0 for order in fresh):
        raise errors.NothingToMake
    if any(order.finish_at < order.start_at for order in fresh):
        raise errors.EndsBeforeItBegins
    if fresh:
        refuse_past(min(order.finish_at for order in fresh), at)
        numbers = [row.number for row in _sql.rows("draw_numbers", count=len(fresh))]
        _insert(fresh, numbers, by=by, at=at)
        known |= {order.key: number for order, number in zip(fresh, numbers, strict=True)}
    return [known[order.key] for order in orders]


@transaction
def start_production(*, ids: Sequence[UUID], by: Actor, at: datetime) -> list[UUID]:
    """Begin to make; customers who wait for it see so. Returns the orders that were not begun before.

    Moves no money. Safe to repeat: an order that was begun stays as it is and nobody is told again.

    Raises:
        NotAllowed: ``by`` lacks the right ``production.write``.
        ProductionClosed: one is made or called off already.
    """
    by.require("production.write")
    return start(lock_open(ids), by=by, at=at)


@transaction
def shift_production(
    *, ids: Sequence[UUID], finish_at: datetime, reason: MoveReason, note: str = "", by: Actor, at: datetime
) -> int:
    """Move production orders to another day, with everything promised of them. Returns how many really moved.

    What has not begun begins as much later or earlier, but not before now. The promised days of the orders follow in
    the worker, and their customers read the reason's plain words; ``note`` stays in the back office. Moves no money.
    Safe to repeat: what is there already tells nobody again. A constant number of statements.

    Raises:
        NotAllowed: ``by`` lacks the right ``production.write``.
        DayIsPast: nothing becomes ready yesterday.
        ProductionClosed: one is made or called off already.
    """
    by.require("production.write")
    rows = lock_open(ids)
    refuse_past(finish_at, at)
    starts = {row.bucket_id: _new_start(row, finish_at, at) for row in rows}
    days = {bucket: NewDay(finish_at, start_at) for bucket, start_at in starts.items()}
    moved = set(move(days, reason=reason, by=by, at=at)) if days else set()
    shifted = [row for row in rows if row.bucket_id in moved]
    if shifted:
        _sql.execute(
            "shift",
            ids=[row.id for row in shifted],
            starts=[starts[row.bucket_id] for row in shifted],
            finishes=[finish_at for _ in shifted],
            reason=reason.value,
            note=note,
            actor=by.name,
            at=at,
        )
    return len(shifted)


@transaction
def cancel_production(*, order_id: UUID, reason: str, by: Actor, at: datetime) -> None:
    """Call a production order off. What was promised of it is covered by the stock on hand as far as there is any.

    Moves no money. The rest is at risk, and order administration gets a task: nothing is dropped silently. Safe to
    repeat: calling off twice changes nothing.

    Raises:
        NotAllowed: ``by`` lacks the right ``production.write``.
        NotFound: there is no such order.
        ProductionClosed: it is made already.
    """
    by.require("production.write")
    row = lock_one(order_id)
    if row.state == "cancelled":
        return
    if row.state == "finished":
        raise errors.ProductionClosed(numbers=row.number)
    _sql.execute("cancel", id=row.id, reason=reason, at=at)
    receive_parts([Arrived(row.bucket_id, Decimal(0), is_last=True)])
    emit([events.ProductionCancelled(subject=row.number, subject_id=row.id)], by=by, at=at)


@in_transaction
def start(rows: Sequence[Any], *, by: Actor, at: datetime) -> list[UUID]:
    """The part of starting that reporting uses: locked orders begin."""
    begun = _sql.rows("start", ids=[row.id for row in rows], at=at)
    emit([events.ProductionStarted(subject=row.number, subject_id=row.id) for row in begun], by=by, at=at)
    return [row.id for row in begun]


@in_transaction
def lock_one(order_id: UUID) -> Any:
    """Lock one order.

    Raises:
        NotFound: there is no such order.
    """
    rows = _sql.rows("lock", ids=[order_id])
    if not rows:
        raise NotFound(number=str(order_id))
    return rows[0]


@in_transaction
def lock_open(ids: Sequence[UUID]) -> list[Any]:
    """Lock orders that are still to be made.

    Raises:
        ProductionClosed: one is made or called off already.
    """
    rows = _sql.rows("lock", ids=list(ids))
    closed = sorted(row.number for row in rows if row.state in CLOSED)
    if closed:
        raise errors.ProductionClosed(numbers=", ".join(closed))
    return rows


def _new_start(row: Any, finish_at: datetime, at: datetime) -> datetime:
    """A begun order keeps its beginning; another one begins as much later or earlier, but not before now."""
    if row.state == "started":
        return min(row.planned_start_at, finish_at)  # type: ignore[no-any-return]  # a row of the database
    shifted = row.planned_start_at + (finish_at - row.planned_finish_at)
    return min(max(shifted, min(at, row.planned_start_at)), finish_at)  # type: ignore[no-any-return]


@in_transaction
def _insert(fresh: Sequence[NewProduction], numbers: Sequence[str], *, by: Actor, at: datetime) -> None:
    buckets = plan(
        [
            NewReceipt(
                order.offering_id, order.finish_at, order.quantity, number, "production", order.start_at
            )
            for order, number in zip(fresh, numbers, strict=True)
        ]
    )
    _sql.execute(
        "insert_orders",
        ids=[order.id for order in fresh],
        keys=[order.key for order in fresh],
        numbers=list(numbers),
        offerings=[order.offering_id for order in fresh],
        buckets=buckets,
        quantities=[order.quantity for order in fresh],
        starts=[order.start_at for order in fresh],
        finishes=[order.finish_at for order in fresh],
        notes=[order.note for order in fresh],
        actor=by.name,
        at=at,
    )
    steps = [(order.id, place, *step) for order in fresh for place, step in enumerate(order.steps, start=1)]
    _sql.execute(
        "insert_steps",
        orders=[step[0] for step in steps],
        positions=[step[1] for step in steps],
        names=[step[2] for step in steps],
        centres=[step[3] for step in steps],
    )
    emit(
        [
            events.ProductionPlanned(subject=number, subject_id=order.id, quantity=order.quantity)
            for order, number in zip(fresh, numbers, strict=True)
        ],
        by=by,
        at=at,
    )
