"""What every page of the shop asks and hardly ever changes: the house, its shelves, how goods travel.

Each process keeps it for a minute, so that pages and the checkout ask without a statement. What a transaction reads is
not kept: it may never be committed.
"""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import connection

from kontor.bridge.catalogue.queries import Shelf, categories
from kontor.bridge.parties.queries import current_house
from kontor.kernel.clocks.due import Due
from kontor.kernel.clocks.terms import delivery_date
from kontor.kernel.house import standing
from kontor.kernel.language import in_german
from kontor.kernel.rules.tax import TaxRule, tax_on
from kontor.kernel.sql import Statements

KEPT_SECONDS = 60
_EVER = datetime(2000, 1, 2, tzinfo=UTC)

_sql = Statements(__package__)


@dataclass(frozen=True, slots=True)
class ShippingWay:
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

    @property
    def name(self) -> str:
        """The name in the reader's language."""
        return self.name_de if in_german() else self.name_en

    def price_for(self, goods: Decimal) -> Decimal:
        """What it costs for goods of this gross amount."""
        is_free = self.free_from is not None and goods >= self.free_from
        return Decimal("0.00") if is_free else self.price


@dataclass(frozen=True, slots=True)
class Facts:
    """The house as the shop needs it."""

    house: Any  # parties.House
    shelves: Sequence[Shelf]
    ways: Sequence[ShippingWay]

    @property
    def zone(self) -> ZoneInfo:
        """The house's time zone."""
        return ZoneInfo(self.house.time_zone)

    @property
    def top_shelves(self) -> list[Shelf]:
        """The categories of the upper level."""
        return [shelf for shelf in self.shelves if shelf.parent_slug is None]

    def shelf(self, slug: str) -> Shelf | None:
        """The category of this slug."""
        return next((shelf for shelf in self.shelves if shelf.slug == slug), None)

    def below(self, slug: str) -> list[Shelf]:
        """The categories below this one."""
        return [shelf for shelf in self.shelves if shelf.parent_slug == slug]

    def way(self, code: str) -> ShippingWay | None:
        """The shipping method of this code; the first one for an empty code."""
        return next((way for way in self.ways if way.code == code or not code), None)

    def today(self, at: datetime) -> date:
        """The day it is in the house."""
        return at.astimezone(self.zone).date()

    def tax(self, code: str, at: datetime) -> TaxRule:
        """The tax rule of a tax class in the house's jurisdiction."""
        return tax_on(code, self.house.jurisdiction, self.today(at))

    def is_over(self, ready_at: datetime | None, at: datetime) -> bool:
        """Whether something was to be ready on a day that is over; the stock on hand is ready since ever."""
        return ready_at is not None and ready_at > _EVER and self.today(ready_at) < self.today(at)

    def arrival(self, ready_at: datetime | None, way: ShippingWay | None, at: datetime) -> Due:
        """When goods ready at an instant (None: now) arrive."""
        ready_on = self.today(max(ready_at, at) if ready_at else at)
        transit = way.transit_days if way else 2
        return delivery_date(
            ready_on, handling_days=self.house.handling_days, transit_days=transit, land=self.house.land
        )


class _Kept:
    facts: Facts | None = None
    database = ""
    version = 0
    read_at = 0.0


def facts() -> Facts:
    """The present facts: three statements once a minute in each process, none otherwise."""
    if (
        _Kept.facts is not None
        and _Kept.database == connection.settings_dict["NAME"]
        and _Kept.version == standing().version
        and time.monotonic() - _Kept.read_at < KEPT_SECONDS
    ):
        return _Kept.facts
    ways = [ShippingWay(*row) for row in _sql.rows("shipping_methods")]
    found = Facts(current_house(), categories(), ways)
    if not connection.in_atomic_block:
        _Kept.facts, _Kept.read_at = found, time.monotonic()
        _Kept.database, _Kept.version = connection.settings_dict["NAME"], standing().version
    return found


def forget_facts() -> None:
    """Let this process read anew at the next question."""
    _Kept.facts = None
