"""What the house notices by itself: searches in vain, questions nobody answered, checkouts left; and what it sold."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from kontor.bridge.cases.actions import Matter, open_case
from kontor.bridge.cases.models import Case
from kontor.bridge.voice.listening import count_sales, hear_searches, hear_unanswered, note_search
from kontor.bridge.voice.models import Sale, SearchMiss, Signal
from kontor.kernel.actor.identity import Actor, ActorKind, the_house
from kontor.kernel.events.dispatching import deliver_all
from kontor.kernel.ids import uuid7
from tests.trade import NOW, Trade

type Role = Callable[..., AbstractContextManager[None]]
STRANGER = Actor(ActorKind.VISITOR)


@pytest.fixture
def search(as_role: Role, house: Any) -> Callable[..., None]:
    """A visitor looks for something that is not there."""

    def look(text: str, language: str = "de", times: int = 1) -> None:
        with as_role("kontor_public"):
            for _ in range(times):
                note_search(text=text, language=language, by=STRANGER, at=NOW)

    return look


def _hear() -> None:
    hear_searches(by=the_house(), at=timezone.now())


def test_a_search_in_vain_is_a_need_counted_by_the_day(search: Callable[..., None]) -> None:
    """The first is told at once, the others counted; heard twice counts no more."""
    search("Lastenrad", times=3)
    search("  Lastenrad ")
    search("cargo bike", "en")
    deliver_all()
    found = dict(Signal.objects.values_list("words", "times"))
    assert found == {"lastenrad": 4, "cargo bike": 1}
    assert set(Signal.objects.values_list("kind", "source")) == {("need", "search")}
    search("lastenrad")
    _hear()
    _hear()
    assert Signal.objects.get(words="lastenrad").times == 5


@pytest.mark.parametrize(
    ("typed", "heard"),
    [
        ("anna.behrens@example.org", "[E-Mail]"),
        ("0171 5550123", "[Telefon]"),
        ("wilhelmine querfeld", "[Name]"),
        ("querfeld wilhelmine rad", "[Name] Rad"),
        ("DE89370400440532013000", "[Konto]"),
        ("rennrad 28 zoll", "rennrad 28 zoll"),
        ("brooks sattel", "brooks sattel"),
    ],
)
def test_searches_for_persons_are_masked(
    search: Callable[..., None], trade: Trade, typed: str, heard: str
) -> None:
    """Known customers by both names, everybody else by what such words look like."""
    trade.party(given_name="Wilhelmine", family_name="Querfeld")
    search(typed)
    _hear()
    assert Signal.objects.get().words == heard


def test_nobody_fills_the_disk_with_searches(search: Callable[..., None], as_role: Role) -> None:
    """2,000 texts a day, 120 characters each; empty ones none."""
    with connection.cursor() as cursor:
        cursor.execute(
            'INSERT INTO voice_searchmiss ("on", language, text)'
            " SELECT (now() AT TIME ZONE 'Europe/Berlin')::date, 'de', 'x' || n FROM generate_series(1, 1999) n"
        )
    search("y" * 5000)
    search("one too many")
    search("   ")
    assert SearchMiss.objects.count() == 2000
    assert SearchMiss.objects.filter(text="y" * 120).exists()


def test_what_was_typed_is_forgotten_once_it_was_heard(search: Callable[..., None]) -> None:
    """Yesterday's stays a day, then the typed words go; the masked ones stay."""
    search("Lastenrad")
    _hear()
    hear_searches(by=the_house(), at=timezone.now() + timedelta(days=3))
    assert not SearchMiss.objects.exists()
    assert Signal.objects.count() == 1


def _question(trade: Trade, due_at: datetime | None) -> Any:
    matter = Matter(
        id=uuid7(),
        kind="question",
        channel="form",
        subject="Reifen",
        text="Welche Reifen passen?",
        party_id=None,
    )
    open_case(matter=matter, by=trade.by, at=NOW)
    Case.objects.filter(id=matter.id).update(due_at=due_at)
    return matter.id


def test_a_question_nobody_answers_in_time_is_a_problem(trade: Trade) -> None:
    """Once; answered after all, the signal says so."""
    late = _question(trade, NOW - timedelta(hours=1))
    _question(trade, NOW + timedelta(hours=1))
    for _ in range(2):
        hear_unanswered(by=the_house(), at=NOW)
    signal = Signal.objects.get(source="question")
    assert (signal.kind, signal.outcome) == ("problem", "")
    Case.objects.filter(id=late).update(first_answered_at=NOW)
    hear_unanswered(by=the_house(), at=NOW)
    hear_unanswered(by=the_house(), at=NOW)
    assert Signal.objects.get(source="question").outcome == "answered"


def test_sales_are_counted_by_day_without_orders(trade: Trade) -> None:
    """Sums as they are now: what was cancelled counts no longer, a second count changes nothing."""
    article = trade.offering()
    order = trade.order((article, 3))
    trade.order((article, 2))
    assert count_sales(by=the_house(), at=NOW)
    assert not count_sales(by=the_house(), at=NOW + timedelta(minutes=5))
    assert Sale.objects.get().quantity == Decimal(5)
    type(order).objects.filter(id=order.id).update(state="cancelled", cancelled_at=NOW)
    assert count_sales(by=the_house(), at=timezone.now() + timedelta(minutes=20))
    assert Sale.objects.get().quantity == Decimal(2)
