"""What is read of problems, groups and signals. Signals are masked; whom they came from is never read here."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import F, Q, QuerySet, Value
from django.db.models.functions import Now

from kontor.back.improvement.effect import Effect, Rate
from kontor.back.improvement.models import Problem
from kontor.bridge.parties.queries import current_house
from kontor.kernel.actor.identity import Actor
from kontor.kernel.errors import NotFound
from kontor.kernel.house import house_zone
from kontor.kernel.language import in_german
from kontor.kernel.sql import Statements

SUGGESTIONS_A_PAGE = 12
SIGNALS_SHOWN = 50
BEFORE = timedelta(days=180)
AFTER = timedelta(days=365)
_sql = Statements(__package__, "reading.sql")


@dataclass(frozen=True, slots=True)
class Cursor:
    """Where a page of suggestions goes on."""

    size: int
    id: UUID

    def __str__(self) -> str:
        return f"{self.size}_{self.id}"

    @staticmethod
    def read(text: str) -> "Cursor | None":
        """The cursor of an address; None for anything else."""
        size, _, group = text.partition("_")
        try:
            return Cursor(int(size), UUID(group)) if len(size) < 9 else None
        except ValueError:
            return None


def problem_rows(_actor: Actor) -> QuerySet[Any, Any]:
    """All problems with who looks after them."""
    rows: QuerySet[Any, Any] = Problem.objects.annotate(
        owner_name=F("owner__name"), currency=Value(current_house().currency)
    ).values(
        *("id", "number", "title", "kind", "state", "harm", "signals", "voices", "affected_amount", "score"),
        *("due_at", "owner_name", "recurred", "opened_at", "last_signal_at", "currency"),
    )
    return rows


def by_words(rows: QuerySet[Any], text: str) -> QuerySet[Any]:
    """Problems by number or words of their title."""
    return rows.filter(Q(number__istartswith=text) | Q(title__icontains=text))


def by_need(rows: QuerySet[Any], need: str) -> QuerySet[Any]:
    """Problems that ask for somebody: open, dangerous, late, come again."""
    if need == "again":
        return rows.filter(recurred__gt=0)
    rows = rows.exclude(state=Problem.State.CLOSED)
    if need == "danger":
        return rows.filter(harm=Problem.Harm.DANGER)
    late: QuerySet[Any] = rows.filter(due_at__lte=Now())
    return late if need == "late" else rows


def tab_counts() -> Mapping[str, int]:
    """How many problems ask for somebody. One statement."""
    found: Mapping[str, int] = _sql.dicts("counts")[0]
    return found


def problem(number: str) -> Any:
    """One problem with its owner, article and answer. One statement.

    Raises:
        NotFound: there is no such problem.
    """
    found = _sql.one("problem", number=number)
    if found is None:
        raise NotFound(number=number)
    return found


def effect_of(problem_id: UUID, *, turn: datetime, at: datetime) -> Effect:
    """Signals per thousand sold in the half year before ``turn`` and since (a year at most). One statement."""
    row = _sql.rows(
        "effect", problem=problem_id, since=turn - BEFORE, turn=turn, until=min(at, turn + AFTER)
    )[0]
    return Effect(Rate(row.before, row.sold_before), Rate(row.after, row.sold_after))


def weeks_of(problem_id: UUID, *, at: datetime) -> list[Any]:
    """How many signals each of the last 26 weeks brought. One statement."""
    return _sql.rows("weeks", problem=problem_id, until=at, zone=house_zone().key)


def signals_of(problem_id: UUID) -> list[Any]:
    """The latest confirmed signals of a problem. One statement."""
    return _sql.rows("signals_of", problem=problem_id, limit=SIGNALS_SHOWN)


def waiting_groups(problem_id: UUID) -> list[Any]:
    """Groups of signals that look like a problem and wait. One statement."""
    return _sql.rows("waiting_groups", problem=problem_id)


def history_of(problem_id: UUID) -> list[Any]:
    """What happened to a problem, newest first. One statement."""
    return [(row, json.loads(row.fact)) for row in _sql.rows("happened", problem=problem_id)]


def owners() -> list[tuple[str, str]]:
    """Who may look after problems. One statement."""
    return [(str(row.id), row.name) for row in _sql.rows("owners")]


def suggestions(kind: str, before: Cursor | None) -> tuple[list[Any], Cursor | None]:
    """A page of groups that wait, the largest first, and where the next begins. One statement."""
    rows = _sql.rows(
        "suggestions",
        kind=kind,
        before_size=before.size if before else None,
        before_id=before.id if before else None,
        limit=SUGGESTIONS_A_PAGE + 1,
    )
    if len(rows) <= SUGGESTIONS_A_PAGE:
        return rows, None
    last = rows[SUGGESTIONS_A_PAGE - 1]
    return rows[:SUGGESTIONS_A_PAGE], Cursor(last.size, last.id)


def suggestion(group_id: UUID) -> Any:
    """One group. One statement.

    Raises:
        NotFound: there is no such group any more.
    """
    found = _sql.one("suggestion", id=group_id)
    if found is None:
        raise NotFound(number=str(group_id)[:8])
    return found


def signals_waiting(group_id: UUID) -> list[Any]:
    """The signals of a group that nobody confirmed, the most typical first. One statement."""
    return _sql.rows("signals_waiting", group=group_id, limit=SIGNALS_SHOWN)


def all_waiting(group_id: UUID) -> list[UUID]:
    """All signals of a group that nobody confirmed. One statement."""
    return [row.signal_id for row in _sql.rows("all_waiting", group=group_id)]


def like_problems(group_id: UUID, kind: str) -> list[Any]:
    """Problems that the signals of a group may belong to, the likeliest first. One statement."""
    return _sql.rows("like_problems", group=group_id, kind=kind)


def today(at: datetime) -> Any:
    """Figures for the first page. One statement."""
    return _sql.rows("today", at=at)[0]


def problems_like(text: str) -> Sequence[Any]:
    """Problems by number or title. One statement."""
    escaped = text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return _sql.rows("found", pattern=f"%{escaped}%")


def words_of(row: Any) -> list[str]:
    """What a few signals of a suggestion say."""
    return [words for words in json.loads(row.words or "[]") if words]


def offering_of(row: Any) -> str:
    """What a row is about, in the reader's language; empty for nothing in particular."""
    return str((row.offering_de if in_german() else row.offering_en) or "")


def last_day(due_at: datetime | None) -> datetime | None:
    """The last instant that is in time: what is due before midnight is due on the day before."""
    return due_at - timedelta(microseconds=1) if due_at else None
