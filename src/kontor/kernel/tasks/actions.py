"""Opening tasks: work that exactly one person claims."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any
from uuid import UUID

from kontor.kernel.sql import Statements
from kontor.kernel.transactions import in_transaction

_sql = Statements(__package__)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewTask:
    """A task to open. ``key`` names its cause: the same cause opens it once."""

    key: str
    kind: str
    department: str
    subject: str
    subject_id: UUID | None = None
    detail: Mapping[str, Any] = field(default_factory=dict)


@in_transaction
def open_tasks(tasks: Sequence[NewTask]) -> None:
    """Open tasks for departments. Safe to repeat."""
    _sql.execute("open_tasks", tasks=json.dumps([asdict(task) for task in tasks], default=str))
