"""What every process knows of the house it serves without asking twice: its name, look, time zone and shut doors.

The room that keeps these facts tells this module how to read them (``told_by``). Each process keeps them for a few
seconds, so that a change reaches all of them without a restart and a request costs no statement of its own.
"""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from importlib import import_module
from typing import Protocol, cast
from zoneinfo import ZoneInfo

from django.db import connection

KEPT_SECONDS = 3.0
DEFAULT_HUE = 195
DEFAULT_ACCENT = 70


@dataclass(frozen=True, slots=True)
class Standing:
    """The house as it stands. ``version`` changes with every change of the organisation; 0: there is none yet.

    Hues are degrees in OKLCH, the radius is in px; ``shut_doors`` are codes of doors.
    """

    version: int = 0
    name: str = "Kontor"
    hue: int = DEFAULT_HUE
    hue_accent: int = DEFAULT_ACCENT
    radius: int = 8
    logo: str = ""
    time_zone: str = "Europe/Berlin"
    land: str = "HB"
    shut_doors: frozenset[str] = frozenset()
    small_business_from: date | None = None  # § 19 UStG, half-open
    small_business_until: date | None = None

    def is_small_business(self, on: date) -> bool:
        """Whether the house uses the scheme of § 19 UStG on a day."""
        begins, ends = self.small_business_from, self.small_business_until
        return begins is not None and begins <= on and (ends is None or on < ends)


@dataclass(frozen=True, slots=True)
class Logo:
    """A picture as browsers get it."""

    media_type: str
    content: bytes


@dataclass(frozen=True, slots=True)
class OpenDoor:
    """A door as a room declares it, open or shut. ``path`` is its address on the public plane."""

    code: str
    department: str
    icon: str
    label_de: str
    label_en: str
    path: str
    is_open: bool


class Source(Protocol):
    """Who keeps the facts."""

    def standing(self) -> Standing:
        """Read them, in one statement."""

    def logo(self, name: str) -> Logo | None:
        """The logo of this name; None where there is none."""

    def doors(self) -> Sequence[OpenDoor]:
        """Every door of the house, in its order."""


class _Kept:
    source = ""
    standing: Standing | None = None
    database = ""
    read_at = 0.0


def told_by(source: str) -> None:
    """Name the module that reads the facts; it is loaded when somebody first asks."""
    _Kept.source = source


def standing() -> Standing:
    """The house's facts, at most a few seconds old: one statement then, none otherwise."""
    database = str(connection.settings_dict["NAME"])
    kept = _Kept.standing
    if kept is None or _Kept.database != database or time.monotonic() - _Kept.read_at > KEPT_SECONDS:
        kept = _source().standing() if _Kept.source else Standing()
        keep(kept)
    return kept


def house_zone() -> ZoneInfo:
    """The time zone of the house: its days begin and end there, and readers see its hours."""
    return ZoneInfo(standing().time_zone)


def keep(found: Standing) -> None:
    """Remember these facts in this process for the next seconds."""
    _Kept.standing, _Kept.read_at = found, time.monotonic()
    _Kept.database = str(connection.settings_dict["NAME"])


def forget_standing() -> None:
    """Let this process read anew at the next question: call it after changing the house."""
    _Kept.standing = None


def is_shut(door: str) -> bool:
    """Whether a door is switched off."""
    return door in standing().shut_doors


def logo(name: str) -> Logo | None:
    """The logo of this name; None where there is none. One statement."""
    return _source().logo(name) if _Kept.source else None


def doors() -> Sequence[OpenDoor]:
    """Every door of the house, open or shut. One statement."""
    return _source().doors() if _Kept.source else ()


def _source() -> Source:
    return cast("Source", import_module(_Kept.source))
