"""``bench o2c``: order to cash through Kontor's actions against the hand-written twin, both in one run."""

import argparse
import random
import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

import psycopg
from django.db import connection, reset_queries

from kontor.back.logistics.actions import ship_orders
from kontor.bridge.orders.actions import place_orders
from kontor.bridge.orders.placing import NewLine, NewOrder, PostalAddress
from kontor.bridge.payments.actions import NewPayment, record_payments
from kontor.bridge.promises.actions import Wanted, hold, promise
from kontor.config.bench.ground import Ground, bench_database, stock_ground
from kontor.config.bench.twin import Sale, Twin
from kontor.config.house import House
from kontor.kernel.actor.identity import Actor, ActorKind, the_house
from kontor.kernel.events.dispatching import deliver_all
from kontor.kernel.ids import uuid7
from kontor.kernel.membrane.session import acting_with, new_token, token_hash
from kontor.kernel.sql import Statements
from kontor.kernel.transactions import transaction

_orders = Statements("kontor.bridge.orders")
_ADDRESS = PostalAddress(name="Anna Behrens", street="Am Deich 12", postal_code="28199", city="Bremen")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """How much: by default 1,000 orders of 3 lines, 5 runs."""
    parser.add_argument("--orders", type=int, default=1000)
    parser.add_argument("--runs", type=int, default=5)


def measure(args: argparse.Namespace, house: House) -> dict[str, Any]:
    """Both sides, interleaved, median of the runs; ``time_ratio`` is the median of the runs' own ratios."""
    with bench_database(house) as name:
        ground = stock_ground()
        tokens = _open_visits(ground)
        with psycopg.connect(**house.connection("owner", database=name), autocommit=True) as raw:
            twin = Twin(raw, ground)
            chance = random.Random(7)  # noqa: S311 - the same sales in every run
            sales = [_sale(ground, chance) for _ in range(args.orders)]
            _warm_up(ground, twin, tokens, sales[:30])
            step = _pairs(args.runs, len(sales), lambda: _each(sales, lambda sale: _step(ground, tokens, sale)),
                          lambda: _each(sales, lambda sale: twin.run([sale])), twin)
            bulk = _pairs(args.runs, len(sales), lambda: _bulk(ground, sales), lambda: twin.run(sales), twin)
    return {"orders": len(sales), "lines_per_order": 3, "step": step, "bulk": bulk}


def _pairs(
    runs: int, orders: int, ours: Callable[[], object], theirs: Callable[[], object], twin: Twin
) -> dict[str, float]:
    seconds: list[tuple[float, float]] = []
    connection.force_debug_cursor = True
    statements = twin_statements = 0.0
    for _ in range(runs):
        reset_queries()
        mine = _seconds(ours)
        sent = (entry["sql"] for entry in connection.queries_log)
        statements = sum(text not in ("BEGIN", "COMMIT", "ROLLBACK") for text in sent) / orders
        before = twin.statements
        seconds.append((mine, _seconds(theirs)))
        twin_statements = (twin.statements - before) / orders
    connection.force_debug_cursor = False
    return {
        "kontor_per_s": round(orders / statistics.median(mine for mine, _ in seconds), 1),
        "sql_per_s": round(orders / statistics.median(other for _, other in seconds), 1),
        "time_ratio": round(statistics.median(mine / other for mine, other in seconds), 2),
        "statements_per_order": round(statements, 3),
        "sql_statements_per_order": round(twin_statements, 3),
    }


def _each(sales: Sequence[Sale], work: Callable[[Sale], None]) -> None:
    for sale in sales:
        work(sale)


def _seconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def _warm_up(ground: Ground, twin: Twin, tokens: dict[UUID, str], sales: Sequence[Sale]) -> None:
    for sale in sales:
        _step(ground, tokens, sale)
        twin.run([sale])
    _bulk(ground, sales)
    twin.run(sales)


def _open_visits(ground: Ground) -> dict[UUID, str]:
    tokens = {party: new_token() for party in ground.parties}
    with connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO parties_token (hash, party_id, kind, expires_at) VALUES (%s, %s, 'session', now() + interval '1 day')",
            [(token_hash(token), party) for party, token in tokens.items()],
        )
    return tokens


def _sale(ground: Ground, chance: random.Random) -> Sale:
    articles = chance.sample(ground.articles, 3)
    return Sale(chance.choice(ground.parties), tuple((article, chance.randint(1, 3)) for article in articles))


@contextmanager
def _as(role: str) -> Iterator[None]:
    """The plane's own role: its privileges and policies are part of the price."""
    connection.ensure_connection()
    connection.connection.execute(f"SET ROLE {role}")
    try:
        yield
    finally:
        connection.connection.execute("RESET ROLE")


def _new_order(ground: Ground, sale: Sale, *, channel: str) -> NewOrder:
    wanted = [(article, quantity, uuid7()) for article, quantity in sale.wanted]
    lines = [
        NewLine(
            id=uuid7(),
            offering_id=article.id,
            number=article.number,
            name=article.name,
            quantity=Decimal(quantity),
            unit_price=article.price,
            tax_code="standard",
            tax_rate=Decimal("19.00"),
            demand_id=demand,
            kind="item" if demand else "shipping",
        )
        for article, quantity, demand in [*wanted, (ground.shipping, 1, None)]
    ]
    return NewOrder(
        id=uuid7(), key=uuid7(), party_id=sale.party_id, channel=channel, currency="EUR", email="a@example.org",
        billing=_ADDRESS, shipping=_ADDRESS, payment_method="invoice", shipping_method="parcel", lines=lines,
    )  # fmt: skip


def _wanted(order: NewOrder) -> list[Wanted]:
    return [
        Wanted(line.demand_id, line.offering_id, line.quantity, line.name, order.party_id)
        for line in order.lines
        if line.demand_id
    ]


@transaction
def _check_out(order: NewOrder, by: Actor, at: datetime) -> None:
    hold(_wanted(order))
    place_orders([order], by=by, at=at)


@transaction
def _take_in(orders: Sequence[NewOrder], by: Actor, at: datetime) -> None:
    promise([want for order in orders for want in _wanted(order)], is_firm=False)
    place_orders(orders, by=by, at=at)


def _step(ground: Ground, tokens: dict[UUID, str], sale: Sale) -> None:
    at = datetime.now(UTC)
    order = _new_order(ground, sale, channel="web")
    with _as("kontor_public"), acting_with(tokens[sale.party_id]):
        _check_out(order, Actor(ActorKind.CUSTOMER, party_id=sale.party_id), at)
    with _as("kontor_back"):
        _carry_on([order], at)


def _bulk(ground: Ground, sales: Sequence[Sale]) -> None:
    at = datetime.now(UTC)
    orders = [_new_order(ground, sale, channel="phone") for sale in sales]
    with _as("kontor_back"):
        _take_in(orders, the_house(), at)
        _carry_on(orders, at)


def _carry_on(orders: Sequence[NewOrder], at: datetime) -> None:
    by = the_house()
    deliver_all()
    ship_orders(orders={order.id: uuid7() for order in orders}, by=by, at=at)
    deliver_all()
    numbers = {row.id: row for row in _orders.rows("orders_by_key", keys=[order.key for order in orders])}
    record_payments(
        payments=[
            NewPayment(
                key=uuid7(), method="transfer", amount=order.split().gross, currency="EUR", received_on=at.date(),
                reference=numbers[order.id].number, order_id=order.id, party_id=order.party_id,
            )  # fmt: skip
            for order in orders
        ],
        by=by,
        at=at,
    )
    deliver_all()
