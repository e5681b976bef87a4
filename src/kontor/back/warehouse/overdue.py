"""Planned receipts whose day is over: nobody new is promised anything of them, and those who wait hear of it, once."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.utils import timezone

from kontor.back.warehouse.planning import midnight_of, today_of
from kontor.bridge.promises.actions import Overdue, mark_overdue
from kontor.kernel.actor.identity import Actor, the_house
from kontor.kernel.sql import Statements
from kontor.kernel.tasks.actions import NewTask, open_tasks, settle_tasks
from kontor.kernel.transactions import in_transaction, transaction

_sql = Statements(__package__, "overdue.sql")
# Who made it: the kind of task, and whose it is.
_TASKS: Mapping[str, tuple[str, str]] = {
    "production": ("production.overdue", "production"),
    "purchase": ("purchasing.overdue", "purchasing"),
    "": ("warehouse.overdue", "warehouse"),
}


def sweep_overdue() -> int:
    """Face planned receipts whose day is over; returns how many are newly overdue. For the worker's sweep."""
    return face_overdue(by=the_house(), at=timezone.now())


@transaction
def face_overdue(*, by: Actor, at: datetime) -> int:
    """Mark planned receipts whose day is over, tell whoever waits, and ask the makers for a new day.

    Moves no money and no day: the orders keep what they were promised, their pages say that a new day follows. Safe to
    repeat and to run twice at once: a receipt is marked once for each day it misses, and its task opens once. What was
    moved, has come or was called off meanwhile is told no more, and its task is closed.
    """
    found = mark_overdue(midnight_of(at))
    _ask([receipt for receipt in found if receipt.promised > 0])
    _sql.execute("mark_plans", at=at)
    _sql.execute("clear_plans", at=at)
    kinds, departments = zip(*_TASKS.values(), strict=True)
    settled = _sql.rows("settled", kinds=list(kinds), departments=list(departments))
    if settled:
        settle_tasks([row.key for row in settled], by=by, at=at)
    return len(found)


@in_transaction
def _ask(receipts: Sequence[Overdue]) -> None:
    """One task for each order and day, however many of its lines are late."""
    if not receipts:
        return
    numbers = {
        row.id: row.number
        for row in _sql.rows("articles", ids=sorted({receipt.offering_id for receipt in receipts}))
    }
    tasks: dict[str, NewTask] = {}
    for receipt in receipts:
        kind, department = _TASKS[receipt.made_by if receipt.source else ""]
        day = today_of(receipt.ready_at).isoformat()
        known = receipt.made_by and receipt.source
        key = f"{kind}:{receipt.source if known else receipt.bucket_id}:{day}"
        task = NewTask(
            key=key,
            kind=kind,
            department=department,
            subject=receipt.source if known else numbers[receipt.offering_id],
            subject_id=receipt.bucket_id,
            detail={"day": day},
        )
        tasks.setdefault(key, task)
    open_tasks(list(tasks.values()))
