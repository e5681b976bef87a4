"""Order administration: checks what was placed, confirms it or keeps it for a person."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from django.utils import timezone

from kontor.bridge.orders import actions as orders
from kontor.bridge.orders import errors, events
from kontor.bridge.orders.condition import arrival, terms_of
from kontor.bridge.orders.paying import Deadline, deadline
from kontor.bridge.parties.queries import house_terms
from kontor.kernel.actor.identity import Actor
from kontor.kernel.events.emitting import emit
from kontor.kernel.tasks.actions import NewTask, open_tasks, settle_tasks
from kontor.kernel.transactions import in_transaction, transaction

# What a person may accept as it was placed. Wrong sums, taxes or promises would make wrong documents: never.
ACCEPTABLE = frozenset({"price", "shipping"})
# The stock on hand is ready since ever; what is ready after that is a planned receipt.
_EVER = datetime(2000, 1, 2, tzinfo=UTC)


@transaction
def confirm_orders(*, ids: Sequence[UUID], by: Actor, at: datetime) -> None:
    """Check placed orders against the catalogue as of their placing; confirm what is right, hold the rest.

    Creates charges; bills nothing yet. Nothing of a held order ships: a task says what is wrong. Safe to repeat:
    only placed orders are touched.
    """
    found = orders.recheck(ids)
    right = [row for row in found if not row.reasons]
    wrong = [row for row in found if row.reasons]
    if right:
        _confirm(right, [row.may_be_released for row in right], by=by, at=at)
    if wrong:
        orders.hold([row.id for row in wrong])
        open_tasks(
            [
                NewTask(
                    key=held_key(row.id),
                    kind="orders.held",
                    department="order-administration",
                    subject=row.number,
                    subject_id=row.id,
                    detail={"reasons": row.reasons},
                )
                for row in wrong
            ]
        )
        emit(
            [
                events.OrderHeld(subject=row.number, subject_id=row.id, reasons=tuple(row.reasons))
                for row in wrong
            ],
            by=by,
            at=at,
        )


@transaction
def accept_held(*, order_id: UUID, number: str, reason: str, by: Actor, at: datetime) -> None:
    """Accept a held order at the prices it was placed with: confirm it and, where it is paid by invoice, release it.

    Creates charges at the order's own prices; bills nothing yet. Safe to repeat: an order that was accepted or
    confirmed meanwhile is refused and nothing happens a second time.

    Raises:
        NotAllowed: ``by`` lacks the right ``orders.release``.
        ReasonMissing: nobody said why.
        OrderNotHeld: the order is not under review.
        NotAcceptable: more than the price is wrong.
    """
    by.require("orders.release")
    found = orders.recheck([order_id], state="held")
    if not found:
        raise errors.OrderNotHeld(number=number)
    if not set(found[0].reasons) <= ACCEPTABLE:
        raise errors.NotAcceptable(number=number)
    if not reason.strip():
        raise errors.ReasonMissing
    accepted = events.OrderAccepted(subject=found[0].number, subject_id=order_id, reason=reason.strip())
    emit([accepted], by=by, at=at)
    _confirm(found, [found[0].payment_method == "invoice"], by=by, at=at)
    settle_tasks([held_key(order_id)], by=by, at=at)


@transaction
def settle_cancelled(*, ids: Sequence[UUID], by: Actor, at: datetime) -> None:
    """Close the review tasks of cancelled orders. Moves no money. Safe to repeat."""
    settle_tasks([held_key(order_id) for order_id in ids], by=by, at=at)


@transaction
def follow_receipts(*, buckets: Sequence[UUID], by: Actor, at: datetime) -> list[UUID]:
    """Move the promised day of the orders that hang on receipts that moved; returns the orders whose day changed.

    Moves no money. Safe to repeat: an order whose day is right already stays as it is and nobody is told again.
    """
    behind = orders.orders_behind(buckets)
    # Orders behind one receipt have few days between them: each is worked out once.
    starts = {(row.ready_at, row.transit_days) for row in behind}
    day_of = {start: _promised_on(*start, at) for start in starts}
    # While something else that an order waits for is overdue, no day is better than the one it was told.
    days = {
        row.id: row.promised_on
        if row.is_overdue
        else day_of[row.ready_at, row.transit_days] or row.promised_on
        for row in behind
    }
    return [row.id for row in orders.move_promise_dates(days=days, buckets=buckets, by=by, at=at)]


def held_key(order_id: UUID) -> str:
    """The key of the task that an order under review opens."""
    return f"orders.held:{order_id}"


@in_transaction
def _confirm(rows: Sequence[Any], released: Sequence[bool], *, by: Actor, at: datetime) -> None:
    ids = [row.id for row in rows]
    orders.confirm(
        ids=ids,
        released=released,
        promised_on=[
            None if row.is_overdue else _promised_on(row.ready_at, row.transit_days, at) for row in rows
        ],
        deadlines=[_deadline(row, at) for row in rows],
        waits=[row.ready_at is not None and row.ready_at > _EVER for row in rows],
        on=at.astimezone(house_terms().zone).date(),
        at=at,
    )
    happened = [
        events.OrderConfirmed(subject=row.number, subject_id=row.id, payment_method=row.payment_method)
        for row in rows
    ]
    emit(happened, by=by, at=at)


def _deadline(row: Any, at: datetime) -> Deadline:
    """Until when an order is to be paid, counted from when its customer is told; what an import brings has no end."""
    if row.channel == "import":
        return Deadline()
    terms = house_terms()
    return deadline(row.payment_method, at=max(at, timezone.now()), zone=terms.zone, terms=terms)


def _promised_on(ready_at: datetime | None, transit_days: int, at: datetime) -> date | None:
    """The day by which something ready at an instant (None: now) is with the customer.

    None for a planned receipt whose day is over: nobody knows when it comes.
    """
    terms = terms_of(transit_days)
    today = at.astimezone(terms.zone).date()
    ready_on = ready_at.astimezone(terms.zone).date() if ready_at and ready_at > _EVER else today
    return None if ready_on < today else arrival(ready_on, terms)
