"""Opening, claiming and finishing tasks: work that exactly one person claims."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from kontor.kernel.actor.identity import Actor, ActorKind
from kontor.kernel.errors import NotFound
from kontor.kernel.sql import Statements
from kontor.kernel.tasks import errors
from kontor.kernel.transactions import in_transaction, transaction

_sql = Statements(__package__)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewTask:
    """A task to open. ``key`` names its cause: the same cause opens it once. It may be somebody's from the start."""

    key: str
    kind: str
    department: str
    subject: str
    subject_id: UUID | None = None
    detail: Mapping[str, Any] = field(default_factory=dict)
    claimed_by_id: UUID | None = None
    claimed_at: datetime | None = None


@in_transaction
def open_tasks(tasks: Sequence[NewTask]) -> None:
    """Open tasks for departments. Safe to repeat."""
    _sql.execute("open_tasks", tasks=json.dumps([asdict(task) for task in tasks], default=str))


@transaction
def claim_task(*, task_id: UUID, by: Actor, at: datetime) -> None:
    """Take a task: exactly one person has it. Safe to repeat: claiming one's own task changes nothing.

    Raises:
        NotFound: there is no such task.
        NotAllowed: it belongs to another department.
        ClaimedAlready: somebody else has it, or it is done.
    """
    _check(task_id, by)
    if _sql.one("claim_task", id=task_id, account=by.id, at=at) is None:
        state = _sql.one("task_state", id=task_id)
        if state is None or state.done_at is not None or state.claimed_by_id != by.id:
            raise errors.ClaimedAlready(name=(state and state.claimed_by) or "")


@transaction
def put_back_task(*, task_id: UUID, by: Actor, at: datetime) -> None:
    """Give a task of one's own back to the department. Safe to repeat.

    Raises:
        NotFound: there is no such task.
        NotAllowed: it belongs to another department.
    """
    _check(task_id, by)
    _sql.one("put_back_task", id=task_id, account=by.id)


@transaction
def finish_task(*, task_id: UUID, by: Actor, at: datetime) -> None:
    """Say that a task is done; nobody else may have claimed it. Safe to repeat.

    Raises:
        NotFound: there is no such task.
        NotAllowed: it belongs to another department.
        ClaimedAlready: somebody else has it.
    """
    state = _check(task_id, by)
    if state.done_at is None and _sql.one("finish_task", id=task_id, account=by.id, at=at) is None:
        raise errors.ClaimedAlready(name=state.claimed_by or "")


@in_transaction
def settle_tasks(keys: Sequence[str], *, by: Actor, at: datetime) -> None:
    """Close the tasks whose cause is settled, whoever has them. Safe to repeat."""
    _sql.execute(
        "settle_tasks", keys=list(keys), account=by.id if by.kind is ActorKind.STAFF else None, at=at
    )


def _check(task_id: UUID, by: Actor) -> Any:
    state = _sql.one("task_state", id=task_id)
    if state is None:
        raise NotFound(number=str(task_id))
    if state.department not in by.departments and not by.has("administration.write"):
        raise errors.TaskOfAnotherDepartment(subject=state.subject)
    return state
