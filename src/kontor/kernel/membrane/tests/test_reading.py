"""A request reads in one lazy READ ONLY transaction; an action ends it and begins its own, with the token, at once."""

from collections.abc import Iterator
from datetime import UTC, datetime
from time import sleep
from typing import Any

import psycopg
import pytest
from django.db import IntegrityError, InternalError, OperationalError, connection
from psycopg import sql

from kontor.back.invoicing.models import Invoice  # noqa: F401 - rooms are there
from kontor.bridge.parties.queries import whose_token
from kontor.kernel.actor.identity import the_house
from kontor.kernel.errors import Busy, Refusal, refuses
from kontor.kernel.membrane.session import acting_with, current_token, is_token, new_token, token_hash
from kontor.kernel.transactions import in_transaction, transaction
from tests.clone import clone

__all__ = ["clone"]

NOW = datetime(2026, 11, 20, tzinfo=UTC)


@pytest.fixture
def sent(clone: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """Every text that begins or ends a transaction, as it goes over the wire."""
    texts: list[str] = []
    connection.ensure_connection()
    execute = connection.connection.execute

    def noting(query: Any, *args: Any, **kwargs: Any) -> Any:
        texts.append(str(query))
        return execute(query, *args, **kwargs)

    monkeypatch.setattr(connection.connection, "execute", noting)
    yield texts
    connection.end_request()  # type: ignore[attr-defined]  # Kontor's own database wrapper
    connection.close()


def one(query: str) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(query)
        return cursor.fetchone()[0]


def test_a_request_that_asks_nothing_begins_nothing(sent):
    connection.start_request()
    connection.end_request()
    assert sent == []


def test_the_first_question_begins_reading_with_the_token_in_one_round_trip(sent):
    token = new_token()
    connection.start_request()
    with acting_with(token):
        assert one("SELECT current_setting('transaction_read_only')") == "on"
        assert one("SELECT current_setting('kontor.token')") == token
    connection.end_request()
    assert sent == [f"BEGIN READ ONLY; SET LOCAL kontor.token = '{token}'", "COMMIT"]
    assert one("SELECT coalesce(current_setting('kontor.token', true), '')") == ""


def test_reading_cannot_write(sent):
    connection.start_request()
    with pytest.raises(InternalError, match="read-only"):
        one("INSERT INTO parties_pepper VALUES (gen_random_uuid()) RETURNING 1")


def test_one_request_reads_one_state(sent, clone):
    connection.start_request()
    with connection.cursor() as cursor:
        cursor.execute("SELECT now()")
        first = cursor.fetchone()
        cursor.execute("SELECT now()")
        assert cursor.fetchone() == first


def test_an_action_ends_the_reading_and_begins_its_own_at_once(sent):
    token = new_token()
    connection.start_request()
    with acting_with(token):
        one("SELECT 1")
        assert transaction(lambda: one("SELECT current_setting('transaction_read_only')"))() == "off"
        one("SELECT 1")
    connection.end_request()
    begun = f"SET LOCAL kontor.token = '{token}'"
    assert sent == [
        f"BEGIN READ ONLY; {begun}",
        f"COMMIT; BEGIN; {begun}",
        f"BEGIN READ ONLY; {begun}",
        "COMMIT",
    ]


def test_the_next_request_of_the_same_connection_has_no_token_left(clone):
    party = clone.trade.party()
    token = clone.token_for(party.id)
    with acting_with(token):
        transaction(lambda: None)()
        connection.start_request()
        seen = whose_token()
        connection.end_request()
    assert seen is not None
    assert seen.party_id == party.id
    connection.start_request()
    assert whose_token() is None
    connection.end_request()


@pytest.mark.parametrize(
    "text",
    [
        None,
        "",
        "short",
        "x" * 42,
        "x" * 44,
        "'; DROP TABLE orders_order; --aaaaaaaaaaaaaaaa",
        "ä" * 43,
        "x" * 42 + "\n",
    ],
)
def test_what_is_no_token_is_never_sent(text):
    assert not is_token(text)
    with acting_with(text):
        assert current_token() is None


def test_tokens_are_long_different_and_kept_as_a_hash_only():
    tokens = {new_token() for _ in range(1000)}
    assert len(tokens) == 1000
    assert all(is_token(token) and len(token_hash(token)) == 32 for token in tokens)


def test_actions_do_not_nest_and_parts_need_one(clone):
    @transaction
    def outer() -> None:
        inner()

    @transaction
    def inner() -> None:
        pass

    @in_transaction
    def part() -> str:
        return "done"

    with pytest.raises(RuntimeError, match="begins a transaction inside"):
        outer()
    with pytest.raises(RuntimeError, match="needs an open transaction"):
        part()
    assert transaction(part)() == "done"
    inner()


def test_a_refusal_changes_nothing(clone):
    class Never(Refusal):
        message = "Never."

    @transaction
    def half() -> None:
        clone.trade.party(given_name="Half")
        raise Never

    with pytest.raises(Never):
        half()
    assert clone.ask("SELECT count(*) FROM parties_party WHERE given_name = 'Half'") == [(0,)]


def test_an_expected_violation_is_a_refusal_by_its_name_and_an_unexpected_one_a_bug(clone):
    class TwoPools(Refusal):
        message = "Twice."

    bike = clone.trade.offering(stock=1)

    @transaction
    def break_it() -> None:
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO promises_bucket"
                " (id, pool_id, kind, starts_at, capacity, overbooking, short, promised, source)"
                " SELECT gen_random_uuid(), id, 'on_hand', now(), 0, 0, 0, 0, '' FROM promises_pool"
                " WHERE offering_id = %s",
                [bike.id],
            )

    with pytest.raises(IntegrityError):
        break_it()
    refuses("a_pool_has_one_stock_on_hand", TwoPools)
    with pytest.raises(TwoPools):
        break_it()


def test_who_waits_too_long_for_a_lock_is_told_to_try_again(clone):
    bike = clone.trade.offering(stock=1)

    @transaction
    def hurry() -> None:
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL lock_timeout = '50ms'")
            cursor.execute("UPDATE promises_bucket SET source = 'x'")

    with clone.login("owner", autocommit=False) as slow:
        slow.execute(
            "SELECT FROM promises_pool p JOIN promises_bucket b ON b.pool_id = p.id"
            " WHERE p.offering_id = %s FOR UPDATE OF b",
            [bike.id],
        )
        with pytest.raises(Busy):
            hurry()


def _end_session(clone: Any) -> None:
    with psycopg.connect(**clone.folder.superuser_connection(), autocommit=True) as server:
        server.execute(
            sql.SQL("SELECT pg_terminate_backend({}, 2000)").format(
                sql.Literal(connection.connection.info.backend_pid)
            )
        )


def test_a_server_that_was_lost_between_requests_is_found_again(clone):
    for ask in (lambda: one("SELECT 1"), transaction(lambda: one("SELECT 1"))):
        one("SELECT 1")
        _end_session(clone)
        connection.start_request()
        assert ask() == 1
        connection.end_request()


def test_a_reading_that_was_ended_for_idling_does_not_end_the_action_after_it(clone):
    """As when a password is hashed on a busy machine, between reading the account and writing what came of it."""
    connection.start_request()
    one("SELECT set_config('idle_in_transaction_session_timeout', '50', true)")
    sleep(0.5)
    assert transaction(lambda: one("SELECT 1"))() == 1
    assert one("SELECT 2") == 2
    connection.end_request()


def test_a_server_that_is_lost_in_the_middle_of_an_action_is_an_error_and_nothing_is_done_twice(clone):
    calls = []

    @transaction
    def half() -> None:
        calls.append(1)
        clone.trade.party(given_name="Lost")
        _end_session(clone)
        one("SELECT 1")

    with pytest.raises(OperationalError):
        half()
    connection.close()
    assert calls == [1]
    assert clone.ask("SELECT count(*) FROM parties_party WHERE given_name = 'Lost'") == [(0,)]
    assert the_house().is_public is False
