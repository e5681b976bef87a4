"""``bench oversell``: more buyers than pieces, all at once, through the real shop over HTTP."""

import argparse
import statistics
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from decimal import Decimal
from threading import Barrier
from typing import Any

from django.db import connection

from kontor.back.warehouse.actions import NewMove, receive_goods
from kontor.back.warehouse.models import Location
from kontor.bridge.catalogue.actions import publish
from kontor.config.bench.buyers import Buyer
from kontor.config.bench.ground import Article, bench_database, stock_ground
from kontor.config.bench.planes import served_plane
from kontor.config.house import House
from kontor.config.progress import Progress, Tell, hidden
from kontor.config.words import gettext_now as _
from kontor.kernel.actor.identity import the_house
from kontor.kernel.events.dispatching import deliver_all

_LEFT = "There is not enough left"
_AT_ONCE_BEFORE = 8  # threads that fill the baskets before the rush
_FACTS = """
SELECT count(DISTINCT o.id) AS orders, coalesce(sum(l.quantity), 0) AS ordered,
       coalesce(sum(l.quantity) FILTER (WHERE o.state = 'confirmed'), 0) AS confirmed,
       (SELECT b.promised FROM promises_bucket b JOIN promises_pool p ON p.id = b.pool_id
        WHERE p.offering_id = %(offering)s AND b.kind = 'on_hand') AS promised,
       coalesce(array_agg(o.number ORDER BY o.number), '{}') AS numbers
FROM orders_order o JOIN orders_orderline l ON l.order_id = o.id WHERE l.offering_id = %(offering)s
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """How many buyers for how many pieces; several rushes one after the other."""
    parser.add_argument("--buyers", type=int, nargs="+", default=[50, 320])
    parser.add_argument("--pieces", type=int, nargs="+", default=[10, 100])


def measure(args: argparse.Namespace, house: House, progress: Progress = hidden) -> dict[str, Any]:
    """Each rush has an article of its own. ``exact``: sold what there was, every acknowledgement stands, no error."""
    rushes = list(zip(args.buyers, args.pieces, strict=True))
    with bench_database(house) as name:
        articles = _stock([pieces for _buyers, pieces in rushes])
        log = house.logs / "bench-public.log"
        with served_plane(house, "public", database=name, log=log) as port:
            results = [
                _rush(port, article, buyers, pieces, progress)
                for article, (buyers, pieces) in zip(articles, rushes, strict=True)
            ]
        deadlocks = _scalar("SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()")
    exact = deadlocks == 0 and all(result["exact"] for result in results)
    return {"rushes": results, "deadlocks": deadlocks, "exact": exact}


def _stock(pieces: Sequence[int]) -> list[Article]:
    """One article a rush, with exactly so many pieces, on sale."""
    now, by = datetime.now(UTC), the_house()
    ground = stock_ground(articles=len(pieces), customers=1, pieces=1)
    location = Location.objects.get(code="MAIN")
    more = [
        NewMove(offering_id=article.id, location_id=location.id, quantity=Decimal(count - 1), at=now)
        for article, count in zip(ground.articles, pieces, strict=True)
        if count > 1
    ]
    receive_goods(moves=more, by=by, at=now)
    publish(by=by, at=now)
    return ground.articles


def _rush(port: int, article: Article, count: int, pieces: int, progress: Progress) -> dict[str, Any]:
    buyers = [Buyer(port=port, article=article.number) for _ in range(count)]
    together = Barrier(count)
    with ThreadPoolExecutor(_AT_ONCE_BEFORE) as few:
        _follow(few.map(Buyer.put_in_basket, buyers), progress(_("Baskets filled"), count))
    began = time.perf_counter()
    with ThreadPoolExecutor(count) as all_at_once:
        _follow(
            all_at_once.map(lambda buyer: buyer.buy(together), buyers), progress(_("Buyers served"), count)
        )
    seconds = time.perf_counter() - began
    deliver_all()
    return _judge(article, buyers, pieces, seconds)


def _follow(answers: Iterable[None], shown: AbstractContextManager[Tell]) -> None:
    """Until everybody is served."""
    with shown as tell:
        for done, _answer in enumerate(answers, start=1):
            tell(done)


def _judge(article: Article, buyers: Sequence[Buyer], pieces: int, seconds: float) -> dict[str, Any]:
    with connection.cursor() as cursor:
        cursor.execute(_FACTS, {"offering": article.id})
        orders, ordered, confirmed, promised, numbers = cursor.fetchone()
    pages = [page for buyer in buyers for page in buyer.pages]
    acknowledged = sorted(buyer.number for buyer in buyers if buyer.number)
    refused = sum(_LEFT in buyer.refusal and not buyer.number for buyer in buyers)
    errors = sum(page.status >= 500 for page in pages)
    should = min(len(buyers), pieces)
    waits = [
        page.seconds * 1000 for buyer in buyers for page in buyer.pages[1:]
    ]  # without filling the basket
    return {
        "buyers": len(buyers),
        "pieces": pieces,
        "sold": len(acknowledged),
        "orders": orders,
        "confirmed": int(confirmed),
        "promised": int(promised),
        "refused": refused,
        "other_answers": len(buyers) - len(acknowledged) - refused,
        "error_pages": errors,
        "tried_again": sum(buyer.tries - 1 for buyer in buyers),
        "statuses": {str(status): n for status, n in sorted(Counter(page.status for page in pages).items())},
        "seconds": round(seconds, 2),
        "requests_per_s": round(len(waits) / seconds, 1),
        "p50_ms": round(statistics.median(waits), 1),
        "p95_ms": round(statistics.quantiles(waits, n=20)[-1], 1),
        "exact": errors == 0
        and acknowledged == sorted(numbers)
        and len(acknowledged) == should == int(ordered) == int(confirmed) == int(promised)
        and refused == len(buyers) - should,
    }


def _scalar(statement: str) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchone()[0]
