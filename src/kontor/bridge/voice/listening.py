"""What the house notices by itself: searches in vain, questions nobody answered; and what it sold, to compare."""

from datetime import datetime, time, timedelta
from typing import Any

from kontor.bridge.voice import queries
from kontor.bridge.voice.actions import Heard, hear
from kontor.bridge.voice.events import NothingFound
from kontor.bridge.voice.hearing import NewSignal
from kontor.bridge.voice.saying import words_of
from kontor.kernel.actor.identity import Actor
from kontor.kernel.events.emitting import emit
from kontor.kernel.house import house_zone
from kontor.kernel.ids import uuid7
from kontor.kernel.sql import Statements
from kontor.kernel.transactions import transaction

SALES_COUNTED_EVERY = timedelta(minutes=10)
_COUNTED_BACK_DAYS = 3  # at each count; once a day everything is counted anew
_sql = Statements(__package__)


@transaction
def note_search(*, text: str, language: str, by: Actor, at: datetime) -> None:
    """Note that a visitor looked for something and found nothing. Moves no money; twice counts two.

    The worker is told at once where nobody has looked for it today; further ones are counted. 2,000 texts a day.
    """
    row = _sql.one("note_search", text=text, language="en" if language == "en" else "de")
    if row is not None and row.is_new:
        emit([NothingFound(subject="-", subject_id=uuid7())], by=by, at=at)


@transaction
def hear_searches(*, by: Actor, at: datetime) -> Heard:
    """Searches in vain become signals: one a day, text and language, with how often. Moves no money.

    Safe to repeat: what is written is the count, not an addition. What was typed is forgotten a day later.
    """
    misses = queries.misses()
    named = queries.customers_named([row.text for row in misses])
    heard = hear([_of_search(row, tuple(named.values())) for row in misses], by=by, at=at)
    if misses:
        _sql.execute("misses_heard", ids=[row.id for row in misses], times=[row.times for row in misses])
    _sql.execute("forget_misses", today=at.astimezone(house_zone()).date())
    return heard


@transaction
def hear_unanswered(*, by: Actor, at: datetime) -> Heard:
    """Questions that nobody answered in time become problems; answered after all, their signals say so.

    Moves no money. Safe to repeat: a question is heard once.
    """
    return hear([_of_question(row) for row in queries.unanswered(at)], by=by, at=at)


@transaction
def count_sales(*, by: Actor, at: datetime) -> bool:
    """Count what was ordered by day and article, without orders; returns whether it was time. Moves no money.

    The last three days every ten minutes, everything once a day. Safe to repeat: sums are written, not added to.
    """
    last = _sql.one("last_count")
    if last is not None and timedelta() <= at - last.counted_at < SALES_COUNTED_EVERY:
        return False
    today = at.astimezone(house_zone()).date()
    is_whole = last is None or last.all_counted_on != today
    first = datetime(2000, 1, 1, tzinfo=house_zone()) if is_whole else _midnight(at)
    _sql.execute("count_sales", zone=house_zone().key, since=first)
    _sql.execute("sales_counted", at=at, all_on=today)
    return True


def _midnight(at: datetime) -> datetime:
    day = at.astimezone(house_zone()).date() - timedelta(days=_COUNTED_BACK_DAYS)
    return datetime.combine(day, time(), house_zone())


def _of_search(row: Any, named: tuple[str, ...]) -> NewSignal:
    return NewSignal(
        key=f"search:{row.id}",
        kind="need",
        source="search",
        text=row.text,
        is_typed=True,
        language=row.language,
        times=row.times,
        also_named=named,
    )


def _of_question(row: Any) -> NewSignal:
    return NewSignal(
        key=f"unanswered:{row.id}",
        kind="problem",
        source="question",
        text=words_of(row),
        language=row.language,
        offering_id=row.offering_id,
        order_line_id=row.order_line_id,
        case_id=row.id,
        party_id=row.party_id,
        email=row.email,
        name=row.name,
        outcome=row.outcome,
        at=row.due_at,
    )
