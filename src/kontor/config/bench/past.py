"""A busy house to read pages of: the demo catalogue, 20,000 customers and 100,000 orders, written as sets."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import psycopg
from django.db import connection
from psycopg.rows import namedtuple_row

from kontor.bridge.catalogue.actions import publish
from kontor.config.demo import reading
from kontor.config.demo.goods import load_catalogue, load_stock
from kontor.config.demo.people import load_customers, load_staff
from kontor.config.founding import Founding, found_house
from kontor.config.house import House
from kontor.config.progress import Progress
from kontor.config.words import gettext_now as _
from kontor.kernel.actor.identity import the_house
from kontor.kernel.membrane.session import new_token, token_hash
from kontor.kernel.sql import Statements
from kontor.kernel.transactions import transaction

_sql = Statements(__package__, "past.sql")
_PAST = (
    *("customers", "past", "past_lines", "orders", "demands", "lines", "promises", "buckets"),
    *("milestones", "documents", "payments", "events", "cases", "contacts", "signals"),
    *("problems", "groups", "memberships"),
)


@dataclass(frozen=True, slots=True)
class Past:
    """What the measured pages are about. ``token`` is the customer's login."""

    shelf: str
    product: str
    party: str
    order: str
    token: str
    orders: int
    matter: str
    problem: str


def live_through(house: House, database: str, *, orders: int, customers: int, progress: Progress) -> Past:
    """Furnish the bench database, then write its past beside the triggers: nobody has time for a year of it."""
    _furnish(datetime.now(UTC))
    values = {"orders": orders, "customers": customers}
    with psycopg.connect(**house.superuser_connection(database=database), row_factory=namedtuple_row) as raw:
        raw.execute("SET session_replication_role = replica; SET jit = off")
        with progress(_("A past written, in parts"), len(_PAST)) as tell:
            for done, name in enumerate(_PAST, start=1):
                raw.execute(_sql.text(name), values)
                tell(done)
        somebody = _row(raw, "somebody")
        shelf, product = _row(raw, "shelf"), _row(raw, "product")
        matter, problem = _row(raw, "matter"), _row(raw, "problem")
        token = new_token()
        raw.execute(
            "INSERT INTO parties_token (hash, party_id, kind, created_at, expires_at)"
            " VALUES (%s, %s, 'session', now(), now() + interval '1 day')",
            [token_hash(token), somebody.party_id],
        )
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    return Past(
        shelf.slug,
        product.slug,
        somebody.party,
        somebody.order,
        token,
        orders,
        matter.number,
        problem.number,
    )


def _row(raw: psycopg.Connection[Any], name: str) -> Any:
    row = raw.execute(_sql.text(name)).fetchone()
    if row is None:
        raise LookupError(f"There is no {name} to measure with.")
    return row


@transaction
def _people_and_goods(at: datetime) -> None:
    load_staff(at=at)
    load_customers(at=at)
    offerings = load_catalogue(at=at)
    load_stock(offerings=offerings, by=the_house(), at=at - timedelta(days=90))


def _furnish(at: datetime) -> None:
    found_house(founding=Founding(house=reading.house()["house"], locations=()))
    _people_and_goods(at)
    publish(by=the_house(), at=at)
