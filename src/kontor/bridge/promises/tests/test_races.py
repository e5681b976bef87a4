"""Two and fifty at once, on connections of their own that really commit: exact, and nobody waits in a circle."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from hashlib import sha256
from typing import Any

import psycopg
import pytest

from kontor.bridge.promises.models import Bucket
from kontor.bridge.promises.tests.conftest import Ledger
from kontor.kernel.ids import uuid7
from kontor.kernel.membrane.session import new_token

NOTHING = "ARRAY[NULL::timestamptz]"


@pytest.fixture
def ledger(clone: Any) -> Ledger:
    return Ledger()


def hold(
    connection: Any, demands: list[Any], articles: list[Any], quantity: int = 1, minutes: str = ""
) -> None:
    connection.execute(
        "SELECT * FROM kontor_hold(%s, %s, %s, NULL, NULL)",
        [demands, [a.id for a in articles], [Decimal(quantity)] * len(demands)],
    )


def all_at_once(count: int, work: Callable[[int], object]) -> list[object]:
    """Run ``work`` in as many threads, all starting together; what each returned or the error it met."""
    start = threading.Barrier(count)

    def one(place: int) -> object:
        start.wait(30)
        try:
            return work(place)
        except psycopg.Error as error:
            return error.sqlstate

    with ThreadPoolExecutor(count) as threads:
        return list(threads.map(one, range(count)))


def visitor(clone: Any, work: Callable[[Any], object]) -> object:
    """One customer in one transaction, with a token of their own; says "done"."""
    with clone.customer(clone_token(clone)) as connection:
        work(connection)
    return "done"


def clone_token(clone: Any) -> str:
    token = new_token()
    with clone.login("public") as connection:
        connection.execute("SELECT kontor_open_visit(%s)", [sha256(token.encode()).digest()])
    return token


def test_the_last_piece_goes_to_one_of_two(clone, ledger):
    for _ in range(5):
        bike = clone.trade.offering(stock=1)
        ends = all_at_once(2, lambda _place, bike=bike: visitor(clone, lambda c: hold(c, [uuid7()], [bike])))
        assert sorted(map(str, ends)) == ["KP001", "done"]
        assert Bucket.objects.get(pool__offering=bike).promised == 1


def test_the_same_key_twice_at_once_holds_once(clone, ledger):
    bike, demand = clone.trade.offering(stock=5), uuid7()

    def again(_place: int) -> str:
        with clone.customer(ledger.token) as connection:
            hold(connection, [demand], [bike], 2)
        return "done"

    assert all_at_once(8, again) == ["done"] * 8
    assert Bucket.objects.get(pool__offering=bike).promised == 2
    assert ledger.live(demand) == [("on_hand", "hold", Decimal(2))]


def test_fifty_buyers_with_their_lines_in_any_order_get_exactly_what_there_is(clone, ledger):
    articles = [clone.trade.offering(stock=20) for _ in range(5)]

    def buy(place: int) -> object:
        mine = articles if place % 2 else articles[::-1]
        shift = place % 5
        chosen = mine[shift:] + mine[:shift]
        return visitor(clone, lambda c: hold(c, [uuid7() for _ in chosen], chosen))

    ends = all_at_once(50, buy)
    assert (ends.count("done"), ends.count("KP001")) == (20, 30)
    assert [Bucket.objects.get(pool__offering=article).promised for article in articles] == [20] * 5
    assert ledger.adds_up()


def test_a_hold_that_lapses_meanwhile_is_sold_once(clone, ledger):
    bike = clone.trade.offering(stock=1)
    with clone.customer(ledger.token) as connection:
        hold(connection, [demand := uuid7()], [bike])
    ledger.expire(demand)

    def ask(place: int) -> object:
        if place == 0:
            with clone.customer(ledger.token) as connection:
                hold(connection, [demand], [bike])
            return "done"
        if place == 1:
            with clone.login("back") as connection:
                connection.execute("SELECT kontor_sweep_holds()")
            return "swept"
        return visitor(clone, lambda c: hold(c, [uuid7()], [bike]))

    ends = all_at_once(6, ask)
    assert (ends.count("done"), ends.count("KP001"), ends[1]) == (1, 4, "swept")
    assert Bucket.objects.get(pool__offering=bike).promised == 1


def test_letting_go_sweeping_holding_and_counting_do_not_wait_in_a_circle(clone, ledger):
    """Each takes buckets before demands and both by id; with other orders some of these die of a deadlock."""
    articles = [clone.trade.offering(stock=1000) for _ in range(3)]
    demands = [uuid7() for _ in range(30)]
    location = clone.trade.location.id

    def work(place: int) -> object:
        for turn in range(8):
            chosen = articles if (place + turn) % 2 else articles[::-1]
            mine = demands[(place % 10) * 3 : (place % 10) * 3 + 3]
            kind = (place + turn) % 5
            if kind in (0, 1):
                mine = mine if kind else mine[::-1]
                by_article = sorted(
                    zip(demands, articles * 10, strict=True), key=lambda pair: demands.index(pair[0])
                )
                wanted = [dict(by_article)[demand] for demand in mine]
                with clone.customer(ledger.token) as connection:
                    hold(connection, mine, wanted, 1 + turn % 3)
            elif kind == 2:
                with clone.customer(ledger.token) as connection:
                    connection.execute("SELECT kontor_let_go(%s)", [mine[::-1]])
            elif kind == 3:
                with clone.login("owner") as connection:
                    connection.execute(
                        "UPDATE promises_promise SET expires_at = now() WHERE demand_id = ANY(%s) AND state = 'hold'",
                        [mine],
                    )
                    connection.execute("SELECT kontor_sweep_holds()")
            else:
                with clone.login("back", autocommit=False) as connection:
                    for article in chosen[:1]:
                        connection.execute(
                            "INSERT INTO warehouse_move"
                            " (id, offering_id, location_id, quantity, kind, reference, reason, actor_name)"
                            " VALUES (gen_random_uuid(), %s, %s, %s, 'count', '', '', '')",
                            [article.id, location, -1 if turn % 2 else 1],
                        )
                    connection.commit()
        return "done"

    ends = all_at_once(20, work)
    assert set(ends) == {"done"}
    assert ledger.adds_up()


def test_capacity_that_is_lost_while_it_is_promised_ends_short_and_never_oversold(clone, ledger):
    bike = clone.trade.offering(stock=1)
    receipt = ledger.plan(bike, 30)

    def work(place: int) -> object:
        if place % 5 == 0:
            with clone.login("back") as connection:
                connection.execute(
                    "SELECT * FROM kontor_set_capacity(%s, %s)", [[receipt.id], [Decimal(place)]]
                )
            return "set"
        return visitor(clone, lambda c: hold(c, [uuid7()], [bike], 2))

    ends = all_at_once(30, work)
    assert set(ends) <= {"set", "done", "KP001"}
    receipt.refresh_from_db()
    assert receipt.promised <= receipt.capacity + receipt.short
    assert receipt.short in (0, receipt.promised - receipt.capacity)
    assert ledger.adds_up()
