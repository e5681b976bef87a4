"""When an order that waits for money or for a person would arrive: counted from the day on which it may leave."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from kontor.bridge.parties.queries import house_terms
from kontor.kernel.clocks.calendars import WorkingDays
from kontor.kernel.clocks.terms import delivery_date

_USUAL_TRANSIT_DAYS = 2
_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """By what the promised day is counted: days of handling and of transit, the Land whose holidays count."""

    handling_days: int
    transit_days: int
    land: str
    zone: ZoneInfo


@dataclass(frozen=True, slots=True)
class Condition:
    """It arrives on ``day`` if it may leave by ``until``: while that is not past, both sides read the same."""

    day: date
    until: date


def terms_of(transit_days: int | None) -> Terms:
    """The house's terms with the carriage of one way to travel (None: the usual)."""
    house = house_terms()
    transit = _USUAL_TRANSIT_DAYS if transit_days is None else transit_days
    return Terms(handling_days=house.handling_days, transit_days=transit, land=house.land, zone=house.zone)


@lru_cache(maxsize=4096)
def arrival(starts_on: date, terms: Terms) -> date:
    """The day by which goods that are there and may leave on ``starts_on`` are with the customer."""
    return delivery_date(
        starts_on, handling_days=terms.handling_days, transit_days=terms.transit_days, land=terms.land
    ).on


@lru_cache(maxsize=4096)
def holds_until(day: date, terms: Terms) -> date:
    """The last day on which what then may leave still arrives by ``day``."""
    latest = day
    while arrival(latest, terms) > day:
        latest -= _ONE_DAY
    return latest


def if_started(today: date, *, promised_on: date, terms: Terms, payment_method: str = "") -> Condition:
    """The day of an order that may not leave yet: the promised one while it can hold, else counted from today.

    A transfer is here on the next banking day at the earliest (§ 675s BGB), and never on another day than such
    a one: what waits for it is counted from there, and its condition names a day that it can meet.
    """
    if payment_method != "prepayment":
        day = max(promised_on, arrival(today, terms))
        return Condition(day, holds_until(day, terms))
    banking = WorkingDays(terms.land, terms.zone)
    day = max(promised_on, arrival(banking.next_from(today + _ONE_DAY), terms))
    return Condition(day, banking.latest_until(holds_until(day, terms)))
