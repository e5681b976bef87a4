"""What administration reads: saved views, files, tasks, letters that were not heard, the house's settings."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Case, Q, When

from kontor.back.administration.models import Export, SavedView
from kontor.kernel.actor.departments import DEPARTMENTS
from kontor.kernel.actor.identity import Actor
from kontor.kernel.actor.models import Department
from kontor.kernel.errors import NotFound
from kontor.kernel.rules.models import TaxRate
from kontor.kernel.sql import Statements, loaded

_sql = Statements(__package__)
_MOST_VIEWS = 40


@dataclass(frozen=True, slots=True)
class TaskCounts:
    """Open tasks that nobody has, and those the reader has; counted to 1,001."""

    free: int
    mine: int


def views_of(page: str, actor: Actor) -> list[SavedView]:
    """The actor's own views of a list, then those that colleagues share, oldest first."""
    is_own = Q(owner_id=actor.id)
    views = SavedView.objects.filter(is_own | Q(is_shared=True), page=page)
    return list(views.order_by(Case(When(is_own, then=0), default=1), "id")[:_MOST_VIEWS])


def exports_of(actor: Actor) -> list[Export]:
    """The actor's files, newest first, without their content."""
    return list(Export.objects.filter(owner_id=actor.id).defer("content").order_by("-id")[:20])


def export_of(export_id: UUID, actor: Actor) -> Export:
    """One of the actor's own files with its content.

    Raises:
        NotFound: there is none, or it is somebody else's.
    """
    found = Export.objects.filter(pk=export_id, owner_id=actor.id).first()
    if found is None:
        raise NotFound(number=str(export_id))
    return found


@dataclass(frozen=True, slots=True)
class Letter:
    """A delivery that failed: what happened, who should have heard it, what went wrong."""

    id: int
    handler: str
    attempts: int
    error: str
    is_dead: bool
    due_at: datetime
    type: str
    subject: str
    at: datetime

    @property
    def summary(self) -> str:
        """The last line of the error: what it was."""
        return next((line for line in reversed(self.error.splitlines()) if line.strip()), "")


def dead_letters() -> list[Letter]:
    """Deliveries that failed: given up ones first."""
    return [Letter(*row) for row in _sql.rows("dead_letters")]


def failed_jobs() -> list[Any]:
    """Jobs that the worker gave up after its last try, newest first."""
    return _sql.rows("failed_jobs")


def waiting() -> Any:
    """How many deliveries wait and how many were given up; counted to 10,001."""
    return _sql.one("waiting")


def departments_of(actor: Actor) -> list[str]:
    """Whose tasks the actor sees: those of the own departments; administration sees all."""
    if actor.has("administration.write"):
        return [department.code for department in DEPARTMENTS]
    return sorted(actor.departments)


def tasks_for(actor: Actor) -> list[Any]:
    """Open tasks of the actor's departments."""
    rows = _sql.rows("tasks", departments=departments_of(actor), account=actor.id)
    return [row._replace(detail=loaded(row.detail)) for row in rows]


def count_tasks(actor: Actor) -> TaskCounts:
    """How many tasks wait for the actor."""
    row = _sql.one("count_tasks", departments=departments_of(actor), account=actor.id)
    return TaskCounts(*row) if row else TaskCounts(0, 0)


def tax_rates(jurisdictions: Collection[str]) -> list[TaxRate]:
    """The dated tax rates of these jurisdictions, newest first within each class."""
    return list(
        TaxRate.objects.filter(jurisdiction__in=jurisdictions).order_by("jurisdiction", "code", "-valid_from")
    )


def departments() -> list[Department]:
    """All departments with their rights."""
    return list(Department.objects.all())
