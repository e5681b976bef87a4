"""Orders that wait for money: their customers are reminded once, and what nobody pays in time is ended."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.utils import timezone

from kontor.bridge.orders.actions import cancel, due_for_payment, let_wait, note_reminded
from kontor.bridge.orders.paying import NOT_PAID
from kontor.kernel.actor.identity import Actor, the_house
from kontor.kernel.sql import Statements
from kontor.kernel.tasks.actions import NewTask, open_tasks, settle_tasks
from kontor.kernel.transactions import in_transaction, transaction

_sql = Statements(__package__, "unpaid.sql")
_AT_ONCE = 200
# Whoever was reminded only now (the house stood still) has these days left.
_DAYS_AFTER_A_LATE_REMINDER = timedelta(days=3)
# Nobody is stopped on the provider's page; but asking for it again and again keeps no goods.
_PAYING, _PAYING_AT_MOST = timedelta(minutes=30), timedelta(hours=2)
_TASK, _DEPARTMENT = "orders.part_paid", "order-administration"


def sweep_unpaid() -> int:
    """Remind and end what nobody has paid; returns how many orders. For the worker's sweep."""
    return face_unpaid(by=the_house(), at=timezone.now())


@transaction
def face_unpaid(*, by: Actor, at: datetime) -> int:
    """Remind the customers of orders that wait for money, and cancel those whose time is over.

    Moves no money: invoicing credits what was billed, as after every cancellation. An order for which any money has
    come in is never ended by itself: a task asks a person. Safe to repeat and to run twice at once: an order is locked,
    what has come in is read after that, and money that comes later is the customer's credit.

    Raises:
        NotAllowed: ``by`` lacks the right ``orders.cancel``.
    """
    by.require("orders.cancel")
    due = due_for_payment(at=at, limit=_AT_ONCE)
    if due:
        money = {
            row.id: row for row in _sql.rows("money_of", ids=[row.id for row in due], since=at - _PAYING)
        }
        touched = [row for row in due if money[row.id].came_in > 0 or money[row.id].is_touched]
        if touched:
            _ask(touched, money)
        left = [row for row in due if row not in touched]
        _remind([row for row in left if row.is_to_be_reminded], by=by, at=at)
        over = [
            row
            for row in left
            if row.has_lapsed
            and not row.is_to_be_reminded
            and not (money[row.id].is_paying and row.lapses_at > at - _PAYING_AT_MOST)
        ]
        if over:
            cancel(over, reason=NOT_PAID, by=by, at=at)
    settled = _sql.rows("settled", kind=_TASK, department=_DEPARTMENT)
    if settled:
        settle_tasks([row.key for row in settled], by=by, at=at)
    return len(due)


@in_transaction
def _remind(rows: Sequence[Any], *, by: Actor, at: datetime) -> None:
    in_time = [row for row in rows if not row.has_lapsed]
    late = [row for row in rows if row.has_lapsed]
    if in_time:
        note_reminded(in_time, until=at, by=by, at=at)
    if late:
        note_reminded(late, until=at + _DAYS_AFTER_A_LATE_REMINDER, by=by, at=at)


@in_transaction
def _ask(rows: Sequence[Any], money: Mapping[UUID, Any]) -> None:
    """Some money has come in, or lies unassigned: a person decides. What is paid in full goes its way by itself."""
    let_wait([row.id for row in rows])
    tasks = [
        NewTask(
            key=f"{_TASK}:{row.id}",
            kind=_TASK,
            department=_DEPARTMENT,
            subject=row.number,
            subject_id=row.id,
            detail={"paid": str(money[row.id].came_in), "expected": str(money[row.id].gross_amount)},
        )
        for row in rows
        if money[row.id].came_in < money[row.id].gross_amount
    ]
    if tasks:
        open_tasks(tasks)
