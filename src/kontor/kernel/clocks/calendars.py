"""Which days and hours count: every day, the working days of a German Land, or the hours a service is open."""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from importlib import resources
from typing import Protocol
from zoneinfo import ZoneInfo

from kontor.kernel.house import house_zone

SATURDAY = 5

LANDS: Mapping[str, tuple[str, str]] = {
    "BB": ("Brandenburg", "Brandenburg"),
    "BE": ("Berlin", "Berlin"),
    "BW": ("Baden-Württemberg", "Baden-Württemberg"),
    "BY": ("Bayern", "Bavaria"),
    "HB": ("Bremen", "Bremen"),
    "HE": ("Hessen", "Hesse"),
    "HH": ("Hamburg", "Hamburg"),
    "MV": ("Mecklenburg-Vorpommern", "Mecklenburg-Western Pomerania"),
    "NI": ("Niedersachsen", "Lower Saxony"),
    "NW": ("Nordrhein-Westfalen", "North Rhine-Westphalia"),
    "RP": ("Rheinland-Pfalz", "Rhineland-Palatinate"),
    "SH": ("Schleswig-Holstein", "Schleswig-Holstein"),
    "SL": ("Saarland", "Saarland"),
    "SN": ("Sachsen", "Saxony"),
    "ST": ("Sachsen-Anhalt", "Saxony-Anhalt"),
    "TH": ("Thüringen", "Thuringia"),
}


@dataclass(frozen=True, slots=True)
class Name:
    """A proper name that has a German and an English form."""

    de: str
    en: str

    def in_language(self, language: str) -> str:
        """Return the form for ``language``."""
        return self.de if language.startswith("de") else self.en


@cache
def holidays(land: str) -> Mapping[date, Name]:
    """Return the public holidays of a Land (two-letter code) from 2000 to 2050.

    Source: the holiday laws of the Länder, as collected by the library *holidays*.
    """
    if land not in LANDS:
        raise ValueError(f"{land!r} is not a German Land.")
    text = resources.files(__package__).joinpath("holidays.csv").read_text("utf-8")
    return {
        date.fromisoformat(row["day"]): Name(row["name_de"], row["name_en"])
        for row in csv.DictReader(text.splitlines(), delimiter=";")
        if row["lands"] == "*" or land in row["lands"].split()
    }


class Calendar(Protocol):
    """What a period is counted in."""

    @property
    def zone(self) -> ZoneInfo:
        """Where its days begin and end."""

    def counts(self, day: date) -> bool:
        """Whether ``day`` is a day of this calendar."""


@dataclass(frozen=True, slots=True)
class EveryDay:
    """All days alike."""

    zone: ZoneInfo = field(default_factory=house_zone)

    def counts(self, day: date) -> bool:
        """Every day counts."""
        return True


@dataclass(frozen=True, slots=True)
class WorkingDays:
    """Monday to Friday without the public holidays of a Land: the days § 193 BGB lets a period end on."""

    land: str = "HB"
    zone: ZoneInfo = field(default_factory=house_zone)

    def counts(self, day: date) -> bool:
        """Whether ``day`` is neither Saturday, Sunday nor a public holiday."""
        return day.weekday() < SATURDAY and day not in holidays(self.land)

    def holiday(self, day: date) -> Name | None:
        """Return the name of the public holiday on ``day``, if it is one."""
        return holidays(self.land).get(day)

    def next_from(self, day: date) -> date:
        """Return ``day`` if it is a working day, else the next one."""
        while not self.counts(day):
            day += timedelta(days=1)
        return day

    def latest_until(self, day: date) -> date:
        """Return ``day`` if it is a working day, else the last one before it."""
        while not self.counts(day):
            day -= timedelta(days=1)
        return day

    def name(self) -> Name:
        """Return the name of the Land."""
        return Name(*LANDS[self.land])


@dataclass(frozen=True, slots=True)
class ServiceHours:
    """The hours in which a service is open, by weekday (Monday is 0), on working days of a Land or on every day."""

    hours: Mapping[int, tuple[time, time]]
    days: WorkingDays | EveryDay = field(default_factory=WorkingDays)

    @property
    def zone(self) -> ZoneInfo:
        """Where its hours are read off the clock."""
        return self.days.zone

    def counts(self, day: date) -> bool:
        """Whether the service opens on ``day``."""
        return day.weekday() in self.hours and self.days.counts(day)

    def openings(self, first: date, until: date) -> Iterator[tuple[datetime, datetime]]:
        """Yield the open intervals (UTC, half-open) of the days from ``first`` to before ``until``."""
        for offset in range((until - first).days):
            day = first + timedelta(days=offset)
            if self.counts(day):
                opens, closes = self.hours[day.weekday()]
                yield self._instant(day, opens), self._instant(day, closes)

    def _instant(self, day: date, at: time) -> datetime:
        return datetime.combine(day, at, self.zone).astimezone(UTC)


def start_of(day: date, zone: ZoneInfo) -> datetime:
    """Return the instant (UTC) at which ``day`` begins in ``zone``; the day before ends there (half-open)."""
    return datetime.combine(day, time(), zone).astimezone(UTC)


def day_of(instant: datetime, zone: ZoneInfo) -> date:
    """Return the day on the wall in ``zone`` at ``instant``."""
    return instant.astimezone(zone).date()
