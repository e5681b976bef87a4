"""What stands before the first document: the house, customers, articles with dated prices, opening stock."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from uuid import UUID

from django.db.backends.postgresql.psycopg_any import DateTimeTZRange

from kontor.back.warehouse.actions import NewMove, receive_goods
from kontor.back.warehouse.models import Location, Move
from kontor.bridge.catalogue.models import Offering, Price
from kontor.bridge.orders.placing import PostalAddress
from kontor.bridge.parties.models import Address, House, Party
from kontor.config.founding import Founding, found_house
from kontor.config.importing.countries import country_code
from kontor.config.importing.documents import COLLECTIVE, Document, Kind, is_goods
from kontor.config.importing.keys import identity
from kontor.config.importing.planning import opening_stock
from kontor.config.importing.reading import ZONE
from kontor.config.words import HouseRefusal
from kontor.config.words import gettext_now as _
from kontor.kernel.actor.identity import Actor
from kontor.kernel.actor.models import Department, StaffAccount
from kontor.kernel.sql import Statements
from kontor.kernel.transactions import transaction

_sql = Statements(__package__)
CURRENCY = "GBP"
TAX_CODE = "none"
TAX_RATE = Decimal("0.00")
_BEFORE_ALL = datetime(2000, 1, 1, tzinfo=UTC)
_HOUSE = {
    "name": "Online Retail",
    "street": "—",
    "postal_code": "—",
    "city": "London",
    "country": "GB",
    "email": "office@online-retail.example",
    "phone": "—",
    # The file names no seller; EN 16931 wants an identifier of one (BR-CO-26), so papers say that there is none.
    "register_line": "Company number not stated",
    "currency": CURRENCY,
    "jurisdiction": "GB",
    "time_zone": ZONE.key,
    # What was sold there is delivered and paid: nothing of it waits for a person here.
    "release_limit": Decimal("999999999999.00"),
}
type PartyKey = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Customer:
    """A party of the file (customer number and country), and how it stands on papers."""

    id: UUID
    address: PostalAddress


@dataclass(frozen=True, slots=True)
class Article:
    """An article of the file: its offering, its usual name, and whether it lies in the warehouse."""

    id: UUID
    name: str
    is_goods: bool


@dataclass(frozen=True, slots=True)
class Master:
    """The ids of everything that documents name."""

    customers: Mapping[PartyKey, Customer]
    articles: Mapping[str, Article]
    location_id: UUID


def found_import_house() -> None:
    """Found the house of the file: pounds, no tax. Safe to repeat.

    Raises:
        HouseRefusal: another house stands here already.
    """
    standing = House.objects.order_by("-id").first()
    if standing is not None and standing.currency != CURRENCY:
        raise HouseRefusal(
            _(
                "Another house stands here (%(name)s, %(currency)s). Import into a house of its own with --data DIR."
            )
            % {"name": standing.name, "currency": standing.currency}
        )
    found_house(founding=Founding(house=_HOUSE))


@transaction
def open_account(*, email: str, password: str) -> None:
    """A login for whoever wants to look at what was imported, in all departments. Safe to repeat."""
    account, is_new = StaffAccount.objects.get_or_create(email=email, defaults={"name": "Online Retail"})
    if is_new:
        account.set_password(password)
        account.save(update_fields=["password"])
        account.departments.set(Department.objects.all())


@transaction
def write_master(documents: Sequence[Document]) -> Master:
    """Write customers and articles that are not there yet. Safe to repeat: the file determines their ids."""
    customers = {
        key: _customer(*key)
        for key in dict.fromkeys((document.customer, document.country) for document in documents)
    }
    since: dict[PartyKey, datetime] = {}
    for document in documents:
        since.setdefault((document.customer, document.country), document.at)
    Party.objects.bulk_create(
        [
            Party(
                id=customer.id,
                kind=Party.Kind.ORGANISATION,
                organisation=customer.address.name,
                language="en",
                created_at=since[key],
            )
            for key, customer in customers.items()
        ],
        ignore_conflicts=True,
        batch_size=2000,
    )
    Address.objects.bulk_create(
        [
            Address(
                id=identity(since[key], "address", *key),
                party_id=customer.id,
                name=customer.address.name,
                street=customer.address.street,
                postal_code="",
                city=customer.address.city,
                country=customer.address.country,
                created_at=since[key],
            )
            for key, customer in customers.items()
        ],
        ignore_conflicts=True,
        batch_size=2000,
    )
    articles = _write_articles(documents)
    return Master(customers, articles, Location.objects.order_by("position", "code")[0].id)


def _customer(number: str, country: str) -> Customer:
    name = f"Customer {number}" if number != COLLECTIVE else "Customers without a number"
    address = PostalAddress(name=name, street="", postal_code="", city=country, country=country_code(country))
    return Customer(identity(_BEFORE_ALL, "party", number, country), address)


def _write_articles(documents: Sequence[Document]) -> dict[str, Article]:
    names: dict[str, Counter[str]] = {}
    for document in documents:
        for position in document.positions:
            # What corrections say is a reason, not a name.
            weight = 0 if document.kind is Kind.CORRECTION or not position.name.strip() else 1
            names.setdefault(position.code, Counter())[position.name] += weight
    articles = {}
    for code, said in names.items():
        name, times = said.most_common(1)[0]
        articles[code] = Article(
            identity(_BEFORE_ALL, "article", code), name if times else code, is_goods(code)
        )
    known = set(
        Offering.objects.filter(id__in=[article.id for article in articles.values()]).values_list(
            "id", flat=True
        )
    )
    new = {code: article for code, article in articles.items() if article.id not in known}
    Offering.objects.bulk_create(
        [
            Offering(
                id=article.id,
                number=code,
                kind=Offering.Kind.GOODS if article.is_goods else Offering.Kind.SERVICE,
                name_de=article.name,
                name_en=article.name,
                tax_code=TAX_CODE,
                valid_from=_BEFORE_ALL,
            )
            for code, article in new.items()
        ],
        batch_size=2000,
    )
    Price.objects.bulk_create(_prices(documents, new), batch_size=2000)
    return articles


def _prices(documents: Sequence[Document], articles: Mapping[str, Article]) -> list[Price]:
    """Each article's list price month by month: the price at which it was sold most often; a row per change."""
    sold: dict[str, dict[datetime, Counter[Decimal]]] = {code: {} for code in articles}
    for document in documents:
        if document.kind is Kind.SALE:
            month = document.at.astimezone(ZONE).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
            for position in document.positions:
                if position.price and position.code in sold:
                    sold[position.code].setdefault(month, Counter())[position.price] += 1
    prices = []
    for code, months in sold.items():
        steps: list[tuple[datetime, Decimal]] = []
        for month, said in sorted(months.items()):
            usual = said.most_common(1)[0][0]
            if not steps or steps[-1][1] != usual:
                steps.append((month, usual))
        ends = [*[begins for begins, _amount in steps], None][1:]
        prices += [
            Price(
                id=identity(begins, "price", code),
                offering_id=articles[code].id,
                amount=amount,
                currency=CURRENCY,
                valid=DateTimeTZRange(begins, end),
            )
            for (begins, amount), end in zip(steps, ends, strict=True)
        ]
    return prices


def write_opening(documents: Sequence[Document], *, master: Master, file: str, by: Actor) -> None:
    """Write the opening stock that these documents need beyond what lies free in the house. Safe to repeat.

    ``file`` is the file's fingerprint: opening stock is written once per file. ``documents`` are those that are not
    in the house yet.
    """
    reference = f"opening {file[:32]}"
    if not documents or Move.objects.filter(kind=Move.Kind.OPENING, reference=reference).exists():
        return
    free = {row.number: int(row.quantity) for row in _sql.rows("free_stock")}
    at = documents[0].at
    moves = [
        NewMove(
            id=identity(at, "opening", file, code),
            offering_id=master.articles[code].id,
            location_id=master.location_id,
            quantity=Decimal(quantity),
            at=at,
            reference=reference,
        )
        for code, quantity in opening_stock(documents, free).items()
    ]
    if moves:
        receive_goods(moves=moves, kind="opening", by=by, at=at)
