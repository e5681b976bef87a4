"""What the demo house sells and where it lies."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from uuid import UUID

from django.db.backends.postgresql.psycopg_any import DateTimeTZRange

from kontor.back.warehouse.actions import NewMove, post_moves
from kontor.back.warehouse.models import Location
from kontor.bridge.catalogue.models import Category, Offering, OfferingGroup, Price
from kontor.bridge.catalogue.synonyms import write_synonyms
from kontor.bridge.orders.models import ShippingMethod
from kontor.bridge.promises.models import Bucket, Pool
from kontor.config.demo.reading import Row, house, rows
from kontor.kernel.actor.identity import Actor
from kontor.kernel.ids import uuid7
from kontor.kernel.transactions import in_transaction

_EVER = datetime(2000, 1, 1, tzinfo=UTC)
LAUNCH = 2000
"""Days since the house sells its shipping methods."""


@in_transaction
def load_catalogue(*, at: datetime) -> dict[str, UUID]:
    """Categories, groups, offerings with dated gross prices in euros, shipping methods; ids of offerings by number."""
    groups = _load_groups()
    write_synonyms({uuid7(): words for words in house()["synonyms"]})
    offerings = [_offering(row, groups[row["model"]], at) for row in rows("offerings")]
    ids = {offering.number: offering.id for offering in offerings}
    prices = [price for row in rows("offerings") for price in _prices(row, ids[row["number"]], at)]
    Offering.objects.bulk_create(offerings)
    Price.objects.bulk_create(prices)
    _load_shipping(at)
    return ids


def _load_groups() -> dict[str, UUID]:
    shelves: dict[str, Category] = {}
    for row in rows("categories"):
        shelves[row["code"]] = Category(
            slug=row["slug_de"],
            parent=shelves.get(row["parent"]),
            name_de=row["name_de"],
            name_en=row["name_en"],
            art=row["art"],
            position=int(row["position"]),
        )
    for is_top in (True, False):
        Category.objects.bulk_create(
            shelf for shelf in shelves.values() if (shelf.parent_id is None) == is_top
        )
    groups = {
        row["model"]: OfferingGroup(
            slug=row["slug_de"],
            category=shelves[row["category"]],
            name_de=row["name_de"],
            name_en=row["name_en"],
            text_de=row["text_de"],
            text_en=row["text_en"],
            art=row["art"],
            position=int(row["position"]),
        )
        for row in rows("models")
    }
    OfferingGroup.objects.bulk_create(groups.values())
    return {model: group.id for model, group in groups.items()}


def _offering(row: Row, group_id: UUID, at: datetime) -> Offering:
    return Offering(
        number=row["number"],
        group_id=group_id,
        name_de=row["name_de"],
        name_en=row["name_en"],
        color=row["color"],
        size=row["size"],
        unit=row["unit"],
        weight_g=int(row["weight_g"]) if row["weight_g"] else None,
        tax_code=row["tax_code"],
        cost=Decimal(row["net_cost"]) if row["net_cost"] else None,
        picture=f"{row['picture']}.webp" if row["picture"] else "",
        is_published=True,
        valid_from=at - timedelta(days=int(row["sold_since_days"])),
    )


def _prices(row: Row, offering_id: UUID, at: datetime) -> list[Price]:
    """The list price of today and the earlier ones, end to end."""
    steps = [
        (int(old["from_days_ago"]), Decimal(old["gross_price"])) for old in _older().get(row["number"], [])
    ]
    ends = [int(old["until_days_ago"]) for old in _older().get(row["number"], [])]
    steps.append((min(ends, default=int(row["sold_since_days"])), Decimal(row["gross_price"])))
    starts = [at - timedelta(days=days) for days, _amount in steps]
    return [
        Price(
            offering_id=offering_id,
            amount=amount,
            currency="EUR",
            valid=DateTimeTZRange(start, end),
        )
        for (_days, amount), start, end in zip(steps, starts, [*starts[1:], None], strict=True)
    ]


def _older() -> Mapping[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    for row in rows("older_prices"):
        found.setdefault(row["number"], []).append(row)
    return found


def _load_shipping(at: datetime) -> None:
    methods = house()["shipping"]
    since = at - timedelta(days=LAUNCH)
    offerings = [
        Offering(
            number=method["number"],
            kind=Offering.Kind.SERVICE,
            is_published=True,
            name_de=method["name_de"],
            name_en=method["name_en"],
            valid_from=since,
        )
        for method in methods
    ]
    Offering.objects.bulk_create(offerings)
    Price.objects.bulk_create(
        Price(
            offering=offering,
            amount=Decimal(method["price"]),
            currency="EUR",
            valid=DateTimeTZRange(since, None),
        )
        for offering, method in zip(offerings, methods, strict=True)
    )
    ShippingMethod.objects.bulk_create(
        ShippingMethod(
            code=method["code"],
            name_de=method["name_de"],
            name_en=method["name_en"],
            offering=offering,
            price=Decimal(method["price"]),
            free_from=Decimal(method["free_from"]) if "free_from" in method else None,
            transit_days=method["transit_days"],
            position=place,
        )
        for place, (offering, method) in enumerate(zip(offerings, methods, strict=True), start=1)
    )


@in_transaction
def load_stock(*, offerings: Mapping[str, UUID], by: Actor, at: datetime) -> None:
    """Locations and the opening stock, through the warehouse's moves. What is sold out has a pool as well."""
    pools = Pool.objects.bulk_create(Pool(offering_id=offering_id) for offering_id in offerings.values())
    Bucket.objects.bulk_create(Bucket(pool=pool, kind=Bucket.Kind.ON_HAND, starts_at=_EVER) for pool in pools)
    places = [
        Location(code=row["code"], name_de=row["name_de"], name_en=row["name_en"], position=place)
        for place, row in enumerate(rows("locations"), start=1)
    ]
    Location.objects.bulk_create(places)
    ids = {place.code: place.id for place in places}
    stock = [row for row in rows("stock") if Decimal(row["quantity"])]
    post_moves(
        "opening",
        [
            NewMove(
                offering_id=offerings[row["number"]],
                location_id=ids[row["location"]],
                quantity=Decimal(row["quantity"]),
                at=at,
            )
            for row in stock
        ],
        by=by,
    )
