"""The pages of administration, put together."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from kontor.back.administration import queries
from kontor.back.administration.wording import detail_words, task_said, task_url, tax_class_name
from kontor.kernel.actor.departments import DEPARTMENTS, department_name
from kontor.kernel.actor.identity import Actor
from kontor.kernel.actor.navigation import declared
from kontor.kernel.language import reader_language
from kontor.kernel.rules.tax import TaxRule
from kontor.kernel.ui.tiles import Tile

MOST_TILES = 8


@dataclass(frozen=True, slots=True)
class TaskRow:
    """A task as a page shows it. ``is_mine`` and ``claimed_by`` say who has it."""

    id: UUID
    subject: str
    text: str
    detail: str
    department: str
    opened_at: datetime
    url: str
    claimed_by: str
    is_mine: bool


@dataclass(frozen=True, slots=True)
class RateRow:
    """A dated tax rate with its explanation."""

    name: str
    rate: Decimal
    valid_from: date
    valid_until: date | None
    why: list[str]


def tiles_for(actor: Actor, at: datetime) -> list[Tile]:
    """At most eight tiles: first those of the actor's own departments, in the order of the house."""
    found: list[Tile] = []
    for module in declared("tiles"):
        found += module.tiles(actor, at)
    order = [department.code for department in DEPARTMENTS]

    def place(tile: Tile) -> tuple[bool, int]:
        return tile.department not in actor.departments, order.index(tile.department)

    return sorted(found, key=place)[:MOST_TILES]


def task_rows(actor: Actor) -> list[TaskRow]:
    """Open tasks of the actor's departments, in words."""
    return [_task_row(row, actor) for row in queries.tasks_for(actor)]


def rate_rows(rates: Iterable[Any]) -> Sequence[RateRow]:
    """Tax rates with the reasons why they hold."""
    language = reader_language()
    rows = []
    for rate in rates:
        rule = TaxRule(*(getattr(rate, name) for name in TaxRule.__slots__))
        name = tax_class_name(rate.code)
        rows.append(RateRow(name, rate.rate, rate.valid_from, rate.valid_until, rule.why(language)))
    return rows


def _task_row(row: Any, actor: Actor) -> TaskRow:
    return TaskRow(
        id=row.id,
        subject=row.subject,
        text=str(task_said(row.kind).text),
        detail=detail_words(row.detail),
        department=department_name(row.department),
        opened_at=row.opened_at,
        url=task_url(row.kind, row.subject),
        claimed_by=row.claimed_by or "",
        is_mine=row.claimed_by_id == actor.id,
    )
