"""Delivery of events as the house relies on it: at least once, in order, in lists, and no handler harms another."""

import threading
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import psycopg
import pytest
from django.db import DatabaseError, connection
from django.db.transaction import atomic
from django.utils import timezone

from kontor.kernel.actor.identity import Actor, ActorKind, the_house
from kontor.kernel.events import dispatching
from kontor.kernel.events.dispatching import (
    MOST_ATTEMPTS,
    QUICK_RETURNS,
    deliver_all,
    seconds_until_next,
    take_the_place_of_the_dead,
)
from kontor.kernel.events.emitting import Event, emit
from kontor.kernel.events.hearing import Heard, handlers
from kontor.kernel.events.models import Delivery, Subscription
from kontor.kernel.events.models import Event as Row
from kontor.kernel.ids import uuid7
from kontor.kernel.transactions import transaction
from tests.clone import clone
from tests.trade import NOW

__all__ = ["clone"]


@dataclass(frozen=True, slots=True, kw_only=True)
class BellRung(Event):
    """Something only these tests hear."""

    times: int


class Ear:
    """A handler that notes the lists it was given and fails at what it is told to fail at."""

    def __init__(self, name: str) -> None:
        self.name = f"tests.{name}"
        self.lists: list[list[int]] = []
        self.fails_at: set[int] = set()

    def __call__(self, heard: Any) -> None:
        times = [event.fact["times"] for event in heard]
        self.lists.append(times)
        if self.fails_at & set(times):
            raise ValueError(f"cannot hear {sorted(self.fails_at)}")

    @property
    def heard(self) -> list[int]:
        """What it heard without failing."""
        return [time for times in self.lists if not self.fails_at & set(times) for time in times]


def make_ear(name: str) -> Ear:
    ear = Ear(name)
    handlers[ear.name] = ear
    Subscription.objects.get_or_create(type=BellRung.type_name, handler=ear.name)
    return ear


@pytest.fixture
def ear(db: None) -> Iterator[Ear]:
    ear = make_ear("ear")
    yield ear
    del handlers[ear.name]


@pytest.fixture
def second(db: None) -> Iterator[Ear]:
    ear = make_ear("second")
    yield ear
    del handlers[ear.name]


def ring(*times: int, by: Actor | None = None) -> None:
    bells = [BellRung(subject=f"bell {time}", subject_id=uuid7(), times=time) for time in times]
    transaction(lambda: emit(bells, by=by or the_house(), at=NOW))()


def due_now() -> None:
    Delivery.objects.update(due_at="2020-01-01T00:00:00Z")


def test_events_are_heard_in_lists_and_in_order(ear):
    ring(1, 2)
    ring(3)
    assert deliver_all() == 3
    assert ear.lists == [[1, 2, 3]]
    assert not Delivery.objects.exists()
    assert deliver_all() == 0


def test_an_event_carries_what_happened_to_whom_when_and_by_whom(ear):
    given: list[Heard] = []
    handlers[ear.name] = given.extend
    ring(7)
    deliver_all()
    (event,) = given
    assert (event.type, event.subject, event.fact, event.at) == (
        "tests.BellRung",
        "bell 7",
        {"times": 7},
        NOW,
    )
    row = Row.objects.get(subject="bell 7")
    assert (row.actor_kind, row.actor_name, row.subject_id) == ("schedule", "Kontor", event.subject_id)


def test_every_handler_has_a_delivery_of_its_own(ear, second):
    ring(1)
    assert Delivery.objects.count() == 2
    deliver_all()
    assert (ear.lists, second.lists) == ([[1]], [[1]])


def test_a_handler_that_fails_keeps_nothing_from_the_other_one(ear, second):
    ear.fails_at = {1}
    ring(1)
    deliver_all()
    assert second.heard == [1]
    (waiting,) = Delivery.objects.all()
    assert (waiting.handler, waiting.attempts, waiting.is_dead) == ("tests.ear", 1, False)
    assert "ValueError: cannot hear [1]" in waiting.error


def test_the_one_event_that_fails_is_found_by_halving_and_the_rest_is_heard(ear):
    ear.fails_at = {5}
    ring(*range(1, 9))
    deliver_all()
    assert sorted(ear.heard) == [1, 2, 3, 4, 6, 7, 8]
    assert ear.lists[0] == [1, 2, 3, 4, 5, 6, 7, 8]
    assert [len(times) for times in ear.lists if 5 in times] == [8, 4, 2, 1]
    assert list(Delivery.objects.values_list("event__subject", flat=True)) == ["bell 5"]


def test_it_is_tried_again_later_and_later(ear):
    ear.fails_at = {1}
    ring(1)
    waits = []
    for _ in range(4):
        due_now()
        deliver_all()
        waits.append(round(seconds_until_next() or 0))
    assert waits == [2, 4, 8, 16]
    ear.fails_at = set()
    due_now()
    deliver_all()
    assert not Delivery.objects.exists()


def test_after_ten_attempts_it_is_dead_and_visible_and_can_be_revived(ear):
    ear.fails_at = {1}
    ring(1)
    for _ in range(MOST_ATTEMPTS + 3):
        due_now()
        deliver_all()
    dead = Delivery.objects.get()
    assert (dead.attempts, dead.is_dead) == (MOST_ATTEMPTS, True)
    assert len([times for times in ear.lists if times == [1]]) == MOST_ATTEMPTS
    ear.fails_at = set()
    dispatching._statements.execute("revive", ids=[dead.id])
    deliver_all()
    assert (ear.heard, Delivery.objects.count()) == ([1] * (MOST_ATTEMPTS + 1), 0)


def test_a_delivery_whose_handler_is_gone_dies_visibly(ear):
    ring(1)
    held = handlers.pop(ear.name)
    deliver_all()
    handlers[ear.name] = held
    assert "KeyError" in Delivery.objects.get().error


def test_what_a_worker_died_over_is_heard_again(ear, monkeypatch):
    """At least once: claimed is not heard."""
    ring(1)

    def die(_rows: Any) -> None:
        raise KeyboardInterrupt

    handlers[ear.name] = die
    with pytest.raises(KeyboardInterrupt):
        deliver_all()
    handlers[ear.name] = ear
    assert deliver_all() == 0  # the lease of the dead worker holds
    due_now()
    assert deliver_all() == 1
    assert ear.heard == [1]


@pytest.fixture
def sessions(db: None) -> Iterator[list[psycopg.Connection]]:
    """Two sessions of this database, each of which says of a worker that it lives."""
    names = {"dbname": "NAME", "user": "USER", "password": "PASSWORD", "host": "HOST", "port": "PORT"}
    given = {name: connection.settings_dict[key] for name, key in names.items()}
    with psycopg.connect(**given, autocommit=True) as one, psycopg.connect(**given, autocommit=True) as other:
        yield [one, other]


def hold(*, attempts: int = 1, error: str = "") -> None:
    """A worker has claimed everything that waits."""
    due_at = timezone.now() + timedelta(seconds=100)
    Delivery.objects.update(attempts=attempts, error=error, due_at=due_at)


def test_the_claim_waits_for_no_disk_and_what_handlers_do_does(clone):
    """Each commits by itself; asked of the transaction, because a crash cannot be asked."""
    told: list[str] = []

    def note(_rows: Any) -> None:
        told.extend(row[0] for row in clone.ask("SHOW synchronous_commit"))

    ear = make_ear("durable")
    handlers[ear.name] = note
    clone.ask("SET synchronous_commit = on")  # the server of the tests has it off
    try:
        ring(1)
        with atomic():
            assert deliver_all() == 1
        ring(2)
        assert deliver_all() == 1
    finally:
        clone.ask("RESET synchronous_commit")
        del handlers[ear.name]
        Subscription.objects.filter(handler=ear.name).delete()
    assert told == ["off", "on"]  # in one transaction with the claim; after it


def test_a_worker_that_comes_back_takes_the_place_of_the_dead_at_once(ear, sessions):
    ring(1, 2)
    hold()
    assert deliver_all() == 0
    assert take_the_place_of_the_dead(sessions[0]) == 2
    assert deliver_all() == 2
    assert ear.heard == [1, 2]


def test_what_another_worker_holds_is_left_to_it_until_its_session_ends(ear, sessions):
    first, second = sessions
    take_the_place_of_the_dead(first)
    ring(1)
    hold()
    assert take_the_place_of_the_dead(second) is None
    first.close()
    second.execute("SELECT pg_advisory_unlock_all()")  # the second is started anew
    assert take_the_place_of_the_dead(second) == 1


@pytest.mark.parametrize(("attempts", "error"), [(1, "it failed"), (QUICK_RETURNS + 1, "")])
def test_what_failed_or_kills_workers_waits_its_turn(ear, sessions, attempts, error):
    ring(1)
    hold(attempts=attempts, error=error)
    assert take_the_place_of_the_dead(sessions[0]) == 0


def test_history_taken_over_from_elsewhere_is_heard_by_nobody(ear):
    ring(1, by=Actor(ActorKind.TAKEOVER, name="Import"))
    assert Row.objects.filter(type=BellRung.type_name).count() == 1
    assert not Delivery.objects.exists()


def test_nothing_happened_writes_nothing(ear, django_assert_num_queries):
    def nothing() -> None:
        with django_assert_num_queries(0):
            emit([], by=the_house(), at=NOW)

    transaction(nothing)()


def test_a_set_of_events_is_one_statement(ear):
    connection.force_debug_cursor, before = True, len(connection.queries_log)
    ring(*range(50))
    written = [
        entry for entry in list(connection.queries_log)[before:] if "INSERT INTO events_event" in entry["sql"]
    ]
    connection.force_debug_cursor = False
    assert len(written) == 1


def test_an_event_needs_the_transaction_of_what_happened():
    with pytest.raises(RuntimeError, match="needs an open transaction"):
        emit([], by=the_house(), at=NOW)


@pytest.mark.parametrize(
    "statement",
    ["UPDATE events_event SET subject = 'x'", "DELETE FROM events_event", "TRUNCATE events_event CASCADE"],
)
def test_what_happened_is_never_changed(ear, statement):
    ring(1)
    with pytest.raises(DatabaseError, match="append-only"), atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_two_dispatchers_never_hand_over_the_same_delivery(clone):
    ear = make_ear("shared")
    lock, begin = threading.Lock(), threading.Barrier(4)
    noted: list[int] = []

    def note(heard: Any) -> None:
        with lock:
            noted.extend(event.fact["times"] for event in heard)

    handlers[ear.name] = note
    ring(*range(400))

    def dispatch() -> None:
        begin.wait(10)
        try:
            deliver_all(limit=7)
        finally:
            connection.close()

    threads = [threading.Thread(target=dispatch) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    del handlers[ear.name]
    assert sorted(noted) == list(range(400))
    assert clone.ask("SELECT count(*) FROM events_delivery WHERE handler = %s", [ear.name]) == [(0,)]


def test_a_new_event_wakes_the_dispatcher(clone):
    make_ear("woken")
    with clone.login("back") as listener:
        listener.execute("LISTEN kontor_events")
        ring(1)
        notes = list(listener.notifies(timeout=2, stop_after=1))
    Subscription.objects.filter(handler="tests.woken").delete()
    assert [note.channel for note in notes] == ["kontor_events"]
