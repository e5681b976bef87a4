"""``bench wall``: what row policies cost. The customers' pages' own statements as the shop's process asks them (role
``kontor_public``, policies on) against the same statements on the same rows as the owner (no policies), interleaved.

Both sides send BEGIN and the token in one round trip, ask the statements of the page, and COMMIT, as the shop does at
the end of a page: at a ROLLBACK the driver would forget what it has prepared, and the planner would be measured.
"""

import argparse
import random
import statistics
import time
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

import psycopg
from django.db import connection
from psycopg.rows import namedtuple_row

from kontor.bridge.orders.actions import place_orders
from kontor.bridge.orders.paying import NOT_PAID
from kontor.bridge.orders.placing import NewLine, NewOrder, PostalAddress
from kontor.bridge.promises.actions import Wanted, promise
from kontor.config.bench.ground import Article, Ground, bench_database, stock_ground
from kontor.config.house import House
from kontor.config.progress import Progress, hidden
from kontor.config.words import gettext_now as _
from kontor.kernel.actor.identity import the_house
from kontor.kernel.events.dispatching import deliver_all
from kontor.kernel.ids import uuid7
from kontor.kernel.membrane.session import new_token, token_hash
from kontor.kernel.sql import Statements
from kontor.kernel.transactions import transaction

GOAL = 1.10
_ADDRESS = PostalAddress(name="Anna Behrens", street="Am Deich 12", postal_code="28199", city="Bremen")
_BATCH = 500
_WARM_UP = 50
_visits = Statements("kontor.bridge.parties")
_account = Statements("kontor.front.account")
_shop = Statements("kontor.front.shop")


@dataclass(frozen=True, slots=True)
class Customer:
    """Somebody with a token, orders and a basket."""

    party_id: UUID
    token: str
    order_id: UUID
    number: str
    basket_id: UUID


@dataclass(frozen=True, slots=True)
class Page:
    """A page: its name and the statements it asks, in order."""

    name: str
    statements: tuple[str, ...]


PAGES = (
    Page("my orders", (_visits.text("visit"), _account.text("orders"))),
    Page("own order", (_visits.text("visit"), *map(_account.text, ("order", "lines", "documents")))),
    Page("basket", (_visits.text("visit"), _shop.text("open_basket"), _shop.text("basket_lines"))),
)


@dataclass(frozen=True, slots=True)
class Turn:
    """What one turn took on both sides, in seconds, and how many rows both showed."""

    guarded: float
    open: float
    rows: int

    @classmethod
    def of_all(cls, turns: Sequence["Turn"]) -> "Turn":
        """All pages of a turn together."""
        return cls(sum(t.guarded for t in turns), sum(t.open for t in turns), sum(t.rows for t in turns))


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """How much: by default 10,000 orders of 200 customers, 600 turns of each page."""
    parser.add_argument("--orders", type=int, default=10_000)
    parser.add_argument("--turns", type=int, default=600)


def measure(args: argparse.Namespace, house: House, progress: Progress = hidden) -> dict[str, Any]:
    """Per page the median times of both sides and the median ratio of 20 blocks; ``ratio`` is that of all pages."""
    with bench_database(house) as name:
        ground = stock_ground()
        customers = _trade(ground, args.orders, progress)
        with (
            closing(_login(house, "public", name)) as guarded,
            closing(_login(house, "owner", name)) as open_door,
        ):
            turned = _take_turns(guarded, open_door, customers, args.turns, progress)
    pages = [_page_result(page, turned[page.name]) for page in PAGES]
    ratio = _ratio([Turn.of_all(turns) for turns in zip(*turned.values(), strict=True)])
    return {"orders": args.orders, "ratio": ratio, "goal": GOAL, "reached": ratio <= GOAL, "pages": pages}


def _login(house: House, role: str, database: str) -> psycopg.Connection[Any]:
    arguments = house.connection(role, database=database)
    return psycopg.connect(**arguments, autocommit=True, row_factory=namedtuple_row)


def _take_turns(
    guarded: psycopg.Connection[Any],
    open_door: psycopg.Connection[Any],
    customers: Sequence[Customer],
    turns: int,
    progress: Progress,
) -> dict[str, list[Turn]]:
    """Each page for the same customer on both sides, who goes first changing every turn. The first turns warm up."""
    chance = random.Random(7)  # noqa: S311 - the same customers in every run
    turned: dict[str, list[Turn]] = {page.name: [] for page in PAGES}
    with progress(_("Turns of each page"), turns) as tell:
        for turn in range(-_WARM_UP, turns):
            customer = chance.choice(customers)
            for page in PAGES:
                if turn % 2:
                    mine, theirs = _ask(guarded, page, customer), _ask(open_door, page, customer)
                else:
                    theirs, mine = _ask(open_door, page, customer), _ask(guarded, page, customer)
                if mine[1] != theirs[1]:
                    raise RuntimeError(f"{page.name} shows other rows with policies than without.")
                if turn >= 0:
                    turned[page.name].append(Turn(mine[0], theirs[0], len(mine[1])))
            tell(max(turn + 1, 0))
    return turned


def _ask(door: psycopg.Connection[Any], page: Page, customer: Customer) -> tuple[float, list[Any]]:
    """Seconds, and every row that was answered."""
    values = {
        "party_id": customer.party_id, "limit": 21, "offset": 0, "number": customer.number,
        "order_id": customer.order_id, "basket_id": customer.basket_id, "german": True, "not_paid": NOT_PAID,
    }  # fmt: skip
    rows: list[Any] = []
    began = time.perf_counter()
    door.execute(f"BEGIN READ ONLY; SET LOCAL kontor.token = '{customer.token}'")
    for statement in page.statements:
        rows += door.execute(statement, values, prepare=True).fetchall()
    door.execute("COMMIT")
    return time.perf_counter() - began, rows


def _page_result(page: Page, turns: Sequence[Turn]) -> dict[str, Any]:
    return {
        "page": page.name,
        "statements": len(page.statements),
        "rows": round(statistics.mean(turn.rows for turn in turns), 1),
        "with_ms": round(1000 * statistics.median(turn.guarded for turn in turns), 3),
        "without_ms": round(1000 * statistics.median(turn.open for turn in turns), 3),
        "ratio": _ratio(turns),
    }


def _ratio(turns: Sequence[Turn]) -> float:
    """Median over blocks of the ratio of medians: one noisy moment of the machine spoils one block."""
    size = max(1, len(turns) // 20)
    blocks = [turns[place : place + size] for place in range(0, len(turns) - size + 1, size)]
    ratios = [
        statistics.median(turn.guarded for turn in block) / statistics.median(turn.open for turn in block)
        for block in blocks
    ]
    return round(statistics.median(ratios), 3)


def _trade(ground: Ground, orders: int, progress: Progress) -> list[Customer]:
    """Orders and baskets for everybody; returns the customers."""
    chance = random.Random(11)  # noqa: S311
    wanted = [_order(ground, ground.parties[place % len(ground.parties)], chance) for place in range(orders)]
    with progress(_("Orders"), orders) as tell:
        for place in range(0, orders, _BATCH):
            _take_in(wanted[place : place + _BATCH])
            deliver_all()
            tell(min(place + _BATCH, orders))
    latest = {order.party_id: order for order in wanted}
    tokens = {party: new_token() for party in latest}
    baskets = {party: uuid7() for party in latest}
    with connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO parties_token (hash, party_id, kind, expires_at)"
            " VALUES (%s, %s, 'session', now() + interval '1 day')",
            [(token_hash(token), party) for party, token in tokens.items()],
        )
        cursor.executemany(
            "INSERT INTO shop_basket (id, party_id, email, phone, billing_name, billing_extra, billing_street,"
            " billing_postal_code, billing_city, billing_country, payment_method, shipping_method)"
            " VALUES (%s, %s, '', '', '', '', '', '', '', 'DE', '', '')",
            [(basket, party) for party, basket in baskets.items()],
        )
        cursor.executemany(
            "INSERT INTO shop_basketline (id, basket_id, party_id, offering_id, quantity, price_seen)"
            " VALUES (%s, %s, %s, %s, 1, 1)",
            [
                (uuid7(), baskets[party], party, article.id)
                for party in latest
                for article in chance.sample(ground.articles, 4)
            ],
        )
        cursor.execute("SELECT id, number FROM orders_order")
        numbers = dict(cursor.fetchall())
        cursor.execute("VACUUM ANALYZE")
    return [
        Customer(party, tokens[party], order.id, numbers[order.id], baskets[party])
        for party, order in latest.items()
    ]


def _order(ground: Ground, party: UUID, chance: random.Random) -> NewOrder:
    lines = [_line(article, uuid7(), "item") for article in chance.sample(ground.articles, 3)]
    return NewOrder(
        id=uuid7(), key=uuid7(), party_id=party, channel="phone", currency="EUR", email="a@example.org",
        billing=_ADDRESS, shipping=_ADDRESS, payment_method="invoice", shipping_method="parcel",
        lines=[*lines, _line(ground.shipping, None, "shipping")],
    )  # fmt: skip


def _line(article: Article, demand: UUID | None, kind: str) -> NewLine:
    return NewLine(
        id=uuid7(), offering_id=article.id, number=article.number, name=article.name, quantity=Decimal(1),
        unit_price=article.price, tax_code="standard", tax_rate=Decimal("19.00"), demand_id=demand, kind=kind,
    )  # fmt: skip


@transaction
def _take_in(orders: Sequence[NewOrder]) -> None:
    promise(
        [
            Wanted(line.demand_id, line.offering_id, line.quantity, line.name, order.party_id)
            for order in orders
            for line in order.lines
            if line.demand_id
        ],
        is_firm=False,
    )
    place_orders(orders, by=the_house(), at=datetime.now(UTC))
