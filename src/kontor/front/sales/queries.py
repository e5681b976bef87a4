"""What an order by phone reads: articles with price and stock of now, and how goods travel."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from kontor.bridge.orders.placing import Placed
from kontor.bridge.parties.models import House
from kontor.bridge.parties.queries import current_house, house_terms
from kontor.kernel.clocks.due import Due
from kontor.kernel.clocks.terms import delivery_date
from kontor.kernel.language import reader_language
from kontor.kernel.money import round_half_up
from kontor.kernel.sql import Statements

_sql = Statements(__package__)


@dataclass(frozen=True, slots=True)
class Way:
    """How goods travel; ``price`` is gross, waived from ``free_from`` on."""

    code: str
    name_de: str
    name_en: str
    offering_id: UUID
    number: str
    tax_code: str
    price: Decimal
    free_from: Decimal | None
    transit_days: int

    def name(self, language: str) -> str:
        """The name in a language."""
        return self.name_de if language == "de" else self.name_en

    def price_for(self, goods: Decimal) -> Decimal:
        """What it costs for goods of this gross amount."""
        is_free = self.free_from is not None and goods >= self.free_from
        return Decimal("0.00") if is_free else self.price


@dataclass(frozen=True, slots=True)
class WantedLine:
    """An article on the sheet with its price (gross) and stock of now; of an unknown one only the number is known."""

    number: str
    quantity: Decimal
    offering_id: UUID | None
    name_de: str | None
    name_en: str | None
    unit: str | None
    tax_code: str | None
    price: Decimal | None
    is_sold: bool | None
    free_now: Decimal
    free_ever: Decimal
    ready_at: datetime | None

    @property
    def amount(self) -> Decimal:
        """Quantity times price."""
        return round_half_up(self.quantity * self.price) if self.is_sold and self.price else Decimal("0.00")

    @property
    def is_enough(self) -> bool:
        """Whether stock and planned receipts cover it."""
        return self.ready_at is not None

    def name(self, language: str) -> str:
        """The name in a language."""
        return (self.name_de if language == "de" else self.name_en) or self.number


@dataclass(frozen=True, slots=True)
class Counter:
    """The house as the counter needs it at an instant."""

    house: House
    ways: list[Way]

    @property
    def zone(self) -> ZoneInfo:
        """The house's time zone."""
        return ZoneInfo(self.house.time_zone)

    def way(self, code: str) -> Way | None:
        """The way of this code, else the first one."""
        return next((way for way in self.ways if way.code == code), self.ways[0] if self.ways else None)


def counter(at: datetime) -> Counter:
    """House and ways to ship, at the prices of ``at``. Two statements."""
    house = current_house()
    return Counter(house, [Way(*row) for row in _sql.rows("ways", currency=house.currency, at=at)])


def wanted_lines(
    quantities: Mapping[str, Decimal], *, customer: str = "", currency: str, at: datetime
) -> list[WantedLine]:
    """The articles of a sheet (number → pieces), at the prices of ``at`` for a customer (by number; none: the list's).

    One statement; none for an empty sheet.
    """
    if not quantities:
        return []
    rows = _sql.rows(
        "wanted",
        numbers=list(quantities),
        quantities=list(quantities.values()),
        customer=customer,
        currency=currency,
        at=at,
    )
    return [WantedLine(*row) for row in rows]


def find_articles(text: str) -> list[Any]:
    """Articles on sale by number or words, with what is free of them (never more than 20 is said). One statement."""
    return _sql.rows("find_articles", text=text, german=reader_language() == "de")


def order_of_key(key: UUID) -> Placed | None:
    """The order that a sheet became. One statement."""
    row = _sql.one("order_of_key", key=key)
    return Placed(row.id, row.key, row.number, False) if row else None


def arrival(ready_at: datetime | None, way: Way, at: datetime) -> Due:
    """When goods that are ready at an instant (None: now) are with the customer."""
    terms = house_terms()
    return delivery_date(
        _day(max(ready_at, at) if ready_at else at),
        handling_days=terms.handling_days,
        transit_days=way.transit_days,
        land=terms.land,
    )


def _day(at: datetime) -> date:
    return at.astimezone(house_terms().zone).date()
