"""``bench move``: a planned receipt that many promises hang on is moved to another day, with all its orders."""

import argparse
import statistics
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import connection, reset_queries

from kontor.back.orderdesk.actions import confirm_orders, follow_receipts
from kontor.back.production.actions import NewProduction, plan_production, shift_production
from kontor.back.production.models import ProductionOrder
from kontor.bridge.orders.actions import place_orders
from kontor.bridge.orders.placing import NewLine, NewOrder, PostalAddress
from kontor.bridge.parties.queries import house_terms
from kontor.bridge.promises.actions import Wanted, promise
from kontor.bridge.promises.reasons import MoveReason
from kontor.config.bench.ground import Article, Ground, bench_database, stock_ground
from kontor.config.house import House
from kontor.config.progress import Progress, Tell, hidden
from kontor.config.words import gettext_now as _
from kontor.kernel.actor.identity import the_house
from kontor.kernel.events.dispatching import deliver_all
from kontor.kernel.ids import uuid7
from kontor.kernel.transactions import transaction

_ADDRESS = PostalAddress(name="Anna Behrens", street="Am Deich 12", postal_code="28199", city="Bremen")
_AT_ONCE = 250
_GOAL_SECONDS = 0.5


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """How many promises hang on the receipt, and how often it is moved."""
    parser.add_argument("--promises", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=7)


def measure(args: argparse.Namespace, house: House, progress: Progress = hidden) -> dict[str, Any]:
    """Seconds from the click until all orders have their new day (median and worst), and the statements it took.

    ``receipt_ms`` is the action of production, ``orders_ms`` the worker's; ``notices_ms`` is what hangs behind: the
    dispatcher, the live pages' notice and one mail per order. ``same_statements``: as many for one promise.
    """
    with bench_database(house):
        ground = stock_ground(articles=2, customers=50, pieces=1)
        one = _moved(ground, ground.articles[0], 1, 2, hidden)
        many = _moved(ground, ground.articles[1], args.promises, args.rounds, progress)
    return {
        "promises": args.promises,
        **many,
        "same_statements": one["statements"] == many["statements"],
        "holds": one["statements"] == many["statements"] and many["p50_ms"] <= _GOAL_SECONDS * 1000,
    }


def _moved(
    ground: Ground, article: Article, promises: int, rounds: int, progress: Progress
) -> dict[str, Any]:
    with progress(_("Orders"), promises + 1) as tell:
        made = _wait_for(ground, article, promises, tell)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    receipts, orders, notices = [], [], []
    with progress(_("Moves of the receipt"), rounds) as tell:
        for place in range(rounds):
            to = datetime.now(UTC) + timedelta(days=30 + 7 * place)
            receipts.append(_seconds(lambda to=to: _shift(made, to)))  # type: ignore[misc]
            orders.append(_seconds(lambda: _follow(made)))
            notices.append(_seconds(deliver_all))
            tell(place + 1)
    sums = [first + second for first, second in zip(receipts, orders, strict=True)]
    return {
        "orders_moved": _count_moved(made, rounds),
        "receipt_ms": _ms(statistics.median(receipts)),
        "orders_ms": _ms(statistics.median(orders)),
        "p50_ms": _ms(statistics.median(sums)),
        "worst_ms": _ms(max(sums)),
        "notices_ms": _ms(statistics.median(notices)),
        "statements": _statements(made, rounds),
    }


def _wait_for(ground: Ground, article: Article, promises: int, tell: Tell) -> ProductionOrder:
    """A production order with so many confirmed orders of one piece behind it (one more takes what is in stock)."""
    by, now = the_house(), datetime.now(UTC)
    wanted = NewProduction(
        key=uuid7(),
        offering_id=article.id,
        quantity=Decimal(promises),
        start_at=now + timedelta(days=10),
        finish_at=now + timedelta(days=20),
    )
    [number] = plan_production(orders=[wanted], by=by, at=now)
    orders = [_order(ground, article, ground.parties[n % len(ground.parties)]) for n in range(promises + 1)]
    for start in range(0, len(orders), _AT_ONCE):
        chosen = orders[start : start + _AT_ONCE]
        transaction(lambda chosen=chosen: _place(chosen, now))()
        confirm_orders(ids=[order.id for order in chosen], by=by, at=now)
        tell(start + len(chosen))
    deliver_all()
    return ProductionOrder.objects.get(number=number)


def _place(orders: Sequence[NewOrder], at: datetime) -> None:
    promise(
        [
            Wanted(line.demand_id, line.offering_id, line.quantity, line.name, order.party_id)
            for order in orders
            for line in order.lines
            if line.demand_id
        ],
        is_firm=False,
    )
    place_orders(orders, by=the_house(), at=at)


def _order(ground: Ground, article: Article, party: UUID) -> NewOrder:
    def line(sold: Article, kind: str) -> NewLine:
        return NewLine(
            id=uuid7(),
            offering_id=sold.id,
            number=sold.number,
            name=sold.name,
            quantity=Decimal(1),
            unit_price=sold.price,
            tax_code="standard",
            tax_rate=Decimal("19.00"),
            demand_id=uuid7() if kind == "item" else None,
            kind=kind,
        )

    return NewOrder(
        id=uuid7(),
        key=uuid7(),
        party_id=party,
        channel="phone",
        currency="EUR",
        email="anna.behrens@example.org",
        billing=_ADDRESS,
        shipping=_ADDRESS,
        payment_method="invoice",
        shipping_method="parcel",
        lines=[line(article, "item"), line(ground.shipping, "shipping")],
    )


def _shift(made: ProductionOrder, to: datetime) -> None:
    shift_production(
        ids=[made.id], finish_at=to, reason=MoveReason.MATERIAL_LATE, by=the_house(), at=datetime.now(UTC)
    )


def _follow(made: ProductionOrder) -> None:
    follow_receipts(buckets=[made.bucket_id], by=the_house(), at=datetime.now(UTC))


def _statements(made: ProductionOrder, rounds: int) -> int:
    """Statements of one more move, BEGIN and COMMIT excluded; counted apart, because counting costs time."""
    house_terms()  # what a process knows for a while is warm
    connection.force_debug_cursor = True
    reset_queries()
    _shift(made, datetime.now(UTC) + timedelta(days=30 + 7 * rounds))
    _follow(made)
    sent = [entry["sql"] for entry in connection.queries_log]
    connection.force_debug_cursor = False
    deliver_all()
    return sum(not text.startswith(("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE", "SET ")) for text in sent)


def _count_moved(made: ProductionOrder, rounds: int) -> int:
    """Orders that were moved in every round: each has its milestones."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM (SELECT m.order_id FROM progress_milestone m"
            " JOIN orders_orderline l ON l.id = m.order_line_id"
            " JOIN promises_promise p ON p.demand_id = l.demand_id AND p.bucket_id = %s"
            " WHERE m.step = 'moved' GROUP BY m.order_id HAVING count(*) = %s) x",
            [made.bucket_id, rounds],
        )
        return int(cursor.fetchone()[0])


def _seconds(act: Callable[[], Any]) -> float:
    began = time.perf_counter()
    act()
    return time.perf_counter() - began


def _ms(seconds: float) -> float:
    return round(seconds * 1000, 1)
