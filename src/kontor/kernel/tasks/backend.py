"""Django's tasks on procrastinate: a job is enqueued in the action's own transaction and done by the worker."""

import json
from typing import Any

from django.db import close_old_connections
from django.tasks.backends.base import BaseTaskBackend
from django.tasks.base import Task, TaskResult, TaskResultStatus
from django.utils.module_loading import import_string
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from kontor.kernel.sql import Statements

RUN = "kontor.run"
_sql = Statements(__package__)


@app.task(
    name=RUN, queue="default", retry=RetryStrategy(max_attempts=8, exponential_wait=3), pass_context=False
)
def run_task(path: str, args: list[Any], kwargs: dict[str, Any]) -> None:
    """What procrastinate calls: find the Django task by its path and do it."""
    close_old_connections()  # a connection lost since the last job of this thread is replaced
    import_string(path).call(*args, **kwargs)


class ProcrastinateBackend(BaseTaskBackend):
    """``task.enqueue(…)`` writes one job row; arguments are JSON."""

    supports_defer = True
    supports_priority = True

    def enqueue(self, task: "Task[Any, Any]", args: Any, kwargs: Any) -> "TaskResult[Any, Any]":
        row = _sql.one(
            "defer",
            task=RUN,
            priority=task.priority,
            args=json.dumps({"path": task.module_path, "args": list(args), "kwargs": dict(kwargs)}),
            run_after=task.run_after,
        )
        return TaskResult(
            task=task,
            id=str(row.id if row else ""),
            status=TaskResultStatus.READY,
            enqueued_at=None,
            started_at=None,
            finished_at=None,
            last_attempted_at=None,
            args=list(args),
            kwargs=dict(kwargs),
            backend=self.alias,
            errors=[],
            worker_ids=[],
        )
