"""Ground to measure on: a database of its own beside the house's, founded and stocked, dropped afterwards."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from uuid import UUID

import psycopg
from django.db import connection
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from psycopg import sql

from kontor.back.warehouse.actions import NewMove, receive_goods
from kontor.back.warehouse.models import Location
from kontor.bridge.catalogue.actions import publish
from kontor.bridge.catalogue.models import Category, Offering, OfferingGroup, Price
from kontor.bridge.orders.models import ShippingMethod
from kontor.bridge.parties.models import Party
from kontor.config.building import prepare_database
from kontor.config.founding import Founding, found_house
from kontor.config.house import House
from kontor.config.roles import create_roles_and_database
from kontor.kernel.actor.identity import the_house
from kontor.kernel.rules.tax import forget_tax_rules

_HOUSE = {
    "name": "Messung GmbH",
    "street": "Messweg 1",
    "postal_code": "28195",
    "city": "Bremen",
    "email": "messung@example.org",
    "phone": "0",
}


@dataclass(frozen=True, slots=True)
class Article:
    """What is sold on the ground."""

    id: UUID
    number: str
    name: str
    price: Decimal


@dataclass(frozen=True, slots=True)
class Ground:
    """A stocked house: 500 articles, 200 customers unless asked otherwise."""

    articles: list[Article]
    parties: list[UUID]
    shipping: Article


def bench_name() -> str:
    """What the database of this process is called."""
    return f"bench_{os.getpid()}"


@contextmanager
def bench_database(house: House) -> Iterator[str]:
    """A prepared database beside the house's own; this process's connection points at it meanwhile."""
    name = bench_name()
    create_roles_and_database(house, database=name)
    before = connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = name
    forget_tax_rules()
    try:
        prepare_database()
        yield name
    finally:
        connection.close()
        connection.settings_dict["NAME"] = before
        forget_tax_rules()
        with psycopg.connect(**house.superuser_connection(), autocommit=True) as server:
            server.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def _draw_up(articles: int, since: datetime) -> list[Offering]:
    shelf = Category.objects.create(slug="shelf", name_de="Regal", name_en="Shelf")
    groups = [
        OfferingGroup(
            slug=f"b-{n:05d}", category=shelf, name_de=f"Artikel {n}", name_en=f"Article {n}", position=n
        )
        for n in range(articles)
    ]
    OfferingGroup.objects.bulk_create(groups)
    return [
        Offering(
            number=f"B-{n:05d}",
            group=group,
            name_de=group.name_de,
            name_en=group.name_en,
            is_published=True,
            valid_from=since,
        )
        for n, group in enumerate(groups)
    ]


def stock_ground(*, articles: int = 500, customers: int = 200, pieces: int = 1_000_000) -> Ground:
    """Found a house and stock it, through the rooms' own actions."""
    found_house(founding=Founding(house=_HOUSE))
    now = datetime.now(UTC)
    since = now - timedelta(days=30)
    offerings = _draw_up(articles, since)
    shipping = Offering(
        number="VERSAND",
        kind="service",
        name_de="Versand",
        name_en="Shipping",
        is_published=True,
        valid_from=since,
    )
    Offering.objects.bulk_create([*offerings, shipping])
    prices = {offering.id: Decimal(990 + 37 * place) / 100 for place, offering in enumerate(offerings)}
    prices[shipping.id] = Decimal("5.95")
    valid = DateTimeTZRange(since, None)
    Price.objects.bulk_create(
        [Price(offering_id=key, amount=price, currency="EUR", valid=valid) for key, price in prices.items()]
    )
    ShippingMethod.objects.create(
        code="parcel",
        name_de="Paket",
        name_en="Parcel",
        offering=shipping,
        price=prices[shipping.id],
        free_from=None,
    )
    parties = [
        Party(given_name="Kunde", family_name=str(place), email=f"kunde.{place}@example.org")
        for place in range(customers)
    ]
    Party.objects.bulk_create(parties)
    location = Location.objects.get(code="MAIN")
    moves = [
        NewMove(offering_id=offering.id, location_id=location.id, quantity=Decimal(pieces), at=since)
        for offering in offerings
    ]
    receive_goods(moves=moves, kind="opening", by=the_house(), at=since)
    publish(by=the_house(), at=now)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    sold = [
        Article(offering.id, offering.number, offering.name_de, prices[offering.id]) for offering in offerings
    ]
    return Ground(
        sold, [party.id for party in parties], Article(shipping.id, "VERSAND", "Versand", prices[shipping.id])
    )
