"""Where the house is to be found and when it is open: for the contact page, and for clocks that count service hours."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from types import MappingProxyType
from typing import Any
from uuid import UUID

from django.utils import timezone

from kontor.kernel.clocks.calendars import LANDS, Name, holidays
from kontor.kernel.clocks.opening import OpeningHours, Span, SpecialDay
from kontor.kernel.house import house_zone, standing
from kontor.kernel.sql import Statements

_sql = Statements(__package__, "house.sql")
_REMEMBERED = timedelta(days=400)  # special days of the past that clocks may still ask for
ASSUMED_WEEK: Mapping[int, Sequence[Span]] = MappingProxyType(dict.fromkeys(range(5), ((540, 1020),)))
"""Monday to Friday, 9 to 17: what clocks count where nobody has entered opening hours."""


@dataclass(frozen=True, slots=True)
class OpenPlace:
    """A place with its hours. ``hours.is_assumed`` where nobody has entered any: do not show those to customers."""

    id: UUID | None
    name: Name
    street: str
    postal_code: str
    city: str
    country: str
    phone: str
    email: str
    is_main: bool
    land: str
    opens_on_holidays: bool
    hours: OpeningHours

    def week(self) -> list[tuple[int, Sequence[Span]]]:
        """The usual hours from Monday (0) to Sunday; without spans: closed."""
        return [(day, self.hours.week.get(day, ())) for day in range(7)]

    def soon(self, today: date, *, days: int = 28) -> list[tuple[date, Sequence[Span], Name]]:
        """Days from ``today`` on that are not as usual: special days and public holidays, with hours and reason."""
        found = []
        for day in (today + timedelta(days=offset) for offset in range(days)):
            special = self.hours.special.get(day)
            if special is not None:
                found.append((day, self.hours.spans_on(day), special.reason))
            elif (reason := self.hours.why_closed(day)) is not None:
                found.append((day, (), reason))
        return found


def places(*, at: datetime | None = None) -> list[OpenPlace]:
    """Every place that is not given up, the main one first. One statement."""
    since = (at or timezone.now()).date() - _REMEMBERED
    return [_place(row) for row in _sql.rows("places", since=since)]


def service_calendar(place: UUID | None = None, *, at: datetime | None = None) -> OpeningHours:
    """The opening hours of a place (None: the main one) for ``kernel.clocks.opening.service_due``. One statement.

    Where there is no place or it has no hours, Monday to Friday 9 to 17 in the house's Land is assumed, and the
    explanation of every date says so.
    """
    for known in places(at=at):
        if place in (None, known.id) and (place is not None or known.is_main):
            return known.hours
    return _assumed(standing().land)


def holidays_of(land: str, year: int) -> list[tuple[date, Name]]:
    """The public holidays of a Land in a year, by day; none for an unknown Land."""
    if land not in LANDS:
        return []
    return [(day, name) for day, name in sorted(holidays(land).items()) if day.year == year]


def _assumed(land: str) -> OpeningHours:
    return OpeningHours(ASSUMED_WEEK, land=land if land in LANDS else "", zone=house_zone(), is_assumed=True)


def _place(row: Any) -> OpenPlace:
    return OpenPlace(
        id=row.id,
        name=Name(row.name_de, row.name_en),
        street=row.street,
        postal_code=row.postal_code,
        city=row.city,
        country=row.country,
        phone=row.phone,
        email=row.email,
        is_main=row.is_main,
        land=row.land,
        opens_on_holidays=row.opens_on_holidays,
        hours=_hours(row),
    )


def _hours(row: Any) -> OpeningHours:
    week: dict[int, list[Span]] = {}
    for weekday, opens, closes in json.loads(row.week):
        week.setdefault(weekday, []).append((opens, closes))
    land = "" if row.opens_on_holidays or row.land not in LANDS else row.land
    if not week:
        return _assumed(land)
    special = {
        date.fromisoformat(day["on"]): SpecialDay(
            [(opens, closes) for opens, closes in day["spans"]], Name(day["de"], day["en"])
        )
        for day in json.loads(row.special)
    }
    return OpeningHours(week, special, land, house_zone())
