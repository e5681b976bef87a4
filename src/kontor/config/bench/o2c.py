"""``bench o2c``: order to cash through Kontor's actions against the hand-written twin, both in one run."""

import argparse
import random
import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

import psycopg
from django.db import connection, reset_queries

from kontor.back.logistics.actions import ship_orders
from kontor.bridge.orders.actions import place_orders
from kontor.bridge.orders.placing import NewLine, NewOrder, Placed, PostalAddress
from kontor.bridge.payments.actions import NewPayment, record_payments
from kontor.bridge.promises.actions import Wanted, promise
from kontor.config.bench.ground import Ground, bench_database, stock_ground
from kontor.config.bench.twin import Sale, Twin
from kontor.config.house import House
from kontor.config.progress import Progress, Tell, hidden
from kontor.config.words import gettext_now as _
from kontor.front.shop.actions import Shown, begin_checkout, order_basket
from kontor.front.shop.facts import facts
from kontor.kernel.actor.identity import Actor, ActorKind, the_house
from kontor.kernel.events.dispatching import deliver_all
from kontor.kernel.ids import uuid7
from kontor.kernel.membrane.session import acting_with, new_token, token_hash
from kontor.kernel.money import round_half_up
from kontor.kernel.sql import Statements
from kontor.kernel.transactions import transaction

_sql = Statements(__package__, "facts.sql")
COUNTED = 50
"""How many orders are used to count statements and to warm up."""
_ADDRESS = PostalAddress(name="Anna Behrens", street="Am Deich 12", postal_code="28199", city="Bremen")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """How much: by default 1,000 orders of 3 lines, 5 runs."""
    parser.add_argument("--orders", type=int, default=1000)
    parser.add_argument("--runs", type=int, default=5)


def measure(args: argparse.Namespace, house: House, progress: Progress = hidden) -> dict[str, Any]:
    """Both sides, interleaved, median of the runs; ``time_ratio`` is the median of the runs' own ratios.

    ``differences`` names the facts that one side wrote and the other did not: then they did not do the same.
    """
    with bench_database(house) as name:
        ground = stock_ground()
        tokens = _open_visits(ground)
        with psycopg.connect(**house.connection("owner", database=name), autocommit=True) as raw:
            twin = Twin(raw, ground)
            chance = random.Random(7)  # noqa: S311 - the same sales in every run
            sales = [_sale(ground, chance) for _ in range(args.orders)]

            def steps(chosen: Sequence[Sale]) -> float:
                return sum(_step(ground, tokens, sale) for sale in chosen)

            def twin_steps(chosen: Sequence[Sale]) -> float:
                return sum(_seconds(lambda sale=sale: twin.run([sale])) for sale in chosen)  # type: ignore[misc]

            def bulk(chosen: Sequence[Sale]) -> float:
                return _seconds(lambda: _bulk(ground, chosen))

            def twin_bulk(chosen: Sequence[Sale]) -> float:
                return _seconds(lambda: twin.run(chosen))

            def follow(what: str, side: Side) -> dict[str, float]:
                with progress(what, 2 * args.runs * len(sales)) as tell:
                    return _pairs(args.runs, sales, side, tell)

            return {
                "orders": len(sales),
                "lines_per_order": 3,
                "step": follow(_("Orders, step by step"), Side(steps, twin_steps, twin, sales[:COUNTED], 1)),
                "bulk": follow(_("Orders, in bulk"), Side(bulk, twin_bulk, twin, sales, len(sales))),
                "differences": _differences(raw),
            }


@dataclass(frozen=True, slots=True)
class Side:
    """Kontor's way and the twin's to take sales from order to payment, so many ``at_once``; both return seconds."""

    ours: Callable[[Sequence[Sale]], float]
    theirs: Callable[[Sequence[Sale]], float]
    twin: Twin
    counted: Sequence[Sale]
    at_once: int


def _pairs(runs: int, sales: Sequence[Sale], side: Side, tell: Tell) -> dict[str, float]:
    side.ours(sales[:COUNTED])
    side.theirs(sales[:COUNTED])
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")  # as autovacuum does: both sides plan with statistics of filled tables
    statements, twin_statements = _statements(side)
    parts = [sales[place : place + side.at_once] for place in range(0, len(sales), side.at_once)]
    done, pairs = 0, []
    for _run in range(runs):
        seconds = [0.0, 0.0]
        for place, work in enumerate((side.ours, side.theirs)):
            for part in parts:
                seconds[place] += work(part)
                done += len(part)
                tell(done)
        pairs.append((seconds[0], seconds[1]))
    return {
        "kontor_per_s": round(len(sales) / statistics.median(mine for mine, _ in pairs), 1),
        "sql_per_s": round(len(sales) / statistics.median(other for _, other in pairs), 1),
        "time_ratio": round(statistics.median(mine / other for mine, other in pairs), 2),
        "statements_per_order": round(statements, 3),
        "sql_statements_per_order": round(twin_statements, 3),
    }


def _statements(side: Side) -> tuple[float, float]:
    """Statements an order, BEGIN and COMMIT excluded; counted apart, because counting costs time."""
    connection.force_debug_cursor = True
    reset_queries()
    side.ours(side.counted)
    sent = [entry["sql"] for entry in connection.queries_log]
    connection.force_debug_cursor = False
    if len(sent) >= connection.queries_limit:
        raise RuntimeError("More statements than Django's log keeps: count fewer orders.")
    before = side.twin.statements
    side.theirs(side.counted)
    ours = sum(text not in ("BEGIN", "COMMIT", "ROLLBACK") for text in sent)
    return ours / len(side.counted), (side.twin.statements - before) / len(side.counted)


def _differences(raw: psycopg.Connection[Any]) -> dict[str, Any]:
    """Counts and sums of Kontor's tables and of the twin's, where they are not the same."""
    with connection.cursor() as cursor:
        cursor.execute(_sql.text("facts"))
        ours = {what: figures for what, *figures in cursor.fetchall()}
    theirs = {what: figures for what, *figures in raw.execute(_sql.text("facts")).fetchall()}
    return {
        what: {"kontor": list(map(str, ours.get(what, []))), "sql": list(map(str, theirs.get(what, [])))}
        for what in sorted(ours | theirs)
        if ours.get(what) != theirs.get(what)
    }


def _seconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def _open_visits(ground: Ground) -> dict[UUID, str]:
    tokens = {party: new_token() for party in ground.parties}
    with connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO parties_token (hash, party_id, kind, expires_at)"
            " VALUES (%s, %s, 'session', now() + interval '1 day')",
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
def _take_in(orders: Sequence[NewOrder], by: Actor, at: datetime) -> list[Placed]:
    promise([want for order in orders for want in _wanted(order)], is_firm=False)
    return place_orders(orders, by=by, at=at)


def _step(ground: Ground, tokens: dict[UUID, str], sale: Sale) -> float:
    """From the checkout of a filled basket to the paid order; returns seconds. Filling the basket is not counted."""
    at = datetime.now(UTC)
    basket, total = _fill_basket(ground, sale)
    facts()  # what a process of the shop knows
    by = Actor(ActorKind.CUSTOMER, party_id=sale.party_id)
    began = time.perf_counter()
    with _as("kontor_public"), acting_with(tokens[sale.party_id]):
        begin_checkout(basket_id=basket, by=by, at=at)
        shown = Shown(total=total, shipping="parcel", payment="invoice")
        placed = order_basket(basket_id=basket, shown=shown, language="de", by=by, at=at)
    with _as("kontor_back"):
        _carry_on([(placed.id, placed.number, sale.party_id, total)], at)
    return time.perf_counter() - began


def _fill_basket(ground: Ground, sale: Sale) -> tuple[UUID, Decimal]:
    """A basket as the pages before the checkout leave it, written past the actions and their counters."""
    basket = uuid7()
    run = connection.connection.execute
    run(
        "INSERT INTO shop_basket (id, party_id, email, phone, billing_name, billing_extra, billing_street,"
        " billing_postal_code, billing_city, billing_country, payment_method, shipping_method)"
        " VALUES (%s, %s, 'a@example.org', '', 'Anna Behrens', '', 'Am Deich 12', '28199', 'Bremen', 'DE',"
        " 'invoice', 'parcel')",
        [basket, sale.party_id],
    )
    for article, quantity in sale.wanted:
        run(
            "INSERT INTO shop_basketline (id, basket_id, party_id, offering_id, quantity, price_seen)"
            " VALUES (%s, %s, %s, %s, %s, %s)",
            [uuid7(), basket, sale.party_id, article.id, quantity, article.price],
        )
    goods = sum((round_half_up(article.price * quantity) for article, quantity in sale.wanted), Decimal(0))
    return basket, goods + ground.shipping.price


def _bulk(ground: Ground, sales: Sequence[Sale]) -> None:
    at = datetime.now(UTC)
    orders = [_new_order(ground, sale, channel="phone") for sale in sales]
    with _as("kontor_back"):
        placed = _take_in(orders, the_house(), at)
        _carry_on(
            [
                (made.id, made.number, order.party_id, order.split().gross)
                for made, order in zip(placed, orders, strict=True)
            ],
            at,
        )


def _carry_on(orders: Sequence[tuple[UUID, str, UUID, Decimal]], at: datetime) -> None:
    """From the placed orders (id, number, party, total) to paid ones: what worker, warehouse and accounting do."""
    by = the_house()
    deliver_all()
    ship_orders(orders={order_id: uuid7() for order_id, *_ in orders}, by=by, at=at)
    deliver_all()
    payments = [
        NewPayment(
            key=uuid7(),
            method="transfer",
            amount=total,
            currency="EUR",
            received_on=at.date(),
            reference=number,
            order_id=order_id,
            party_id=party_id,
        )
        for order_id, number, party_id, total in orders
    ]
    record_payments(payments=payments, by=by, at=at)
    deliver_all()
