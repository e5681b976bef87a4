"""The tour: a way through the house in steps, for whoever comes by and has no login.

Who furnishes a house for show declares it in a module that ``settings.TOUR`` names: ``TOUR``, a ``Tour``. Any other
house has none. It stands on the desk's plane, never on the public one. Its steps lead to pages and doors as the rooms
declare them, so that they cannot lead elsewhere.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import Literal, cast

from django.conf import settings
from django.utils.functional import Promise

from kontor.kernel.actor.plan import FloorPlan, Marks, Place


@dataclass(frozen=True, slots=True)
class Guest:
    """A login that visitors may take. ``who`` says whose it is."""

    who: str | Promise
    email: str


@dataclass(frozen=True, slots=True)
class Stop:
    """Where a step leads: a page by its name or a door by its code, and there perhaps to another page (``path``).

    ``guest`` is the login to take there, by its name among the tour's; empty: none is needed.
    """

    place: str
    words: str | Promise
    guest: str = ""
    path: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """One step: through the ear inward, or through the window outward."""

    direction: Literal["in", "out"]
    title: str | Promise
    words: str | Promise
    stops: Sequence[Stop]


@dataclass(frozen=True, slots=True)
class Tour:
    """The whole way, and the logins for it; all have one password."""

    steps: Sequence[Step]
    guests: Mapping[str, Guest]
    password: str


@dataclass(frozen=True, slots=True)
class Lead:
    """A stop as this house has it. Without ``url`` it cannot be entered now: its door is shut."""

    words: str | Promise
    url: str
    guest: Guest | None


@dataclass(frozen=True, slots=True)
class Leg:
    """A step with its number and where it leads in this house."""

    number: int
    step: Step
    leads: Sequence[Lead]


def declared_tour() -> Tour | None:
    """The tour of this house; None where it has none."""
    return cast("Tour", import_module(settings.TOUR).TOUR) if settings.TOUR else None


def tour_url() -> str:
    """Where it is, from this plane; empty where there is none."""
    return Place("desk", "/tour/").url() if settings.TOUR else ""


def marks_of(tour: Tour) -> Marks:
    """Which steps come by which page or door."""
    marks: dict[str, list[int]] = {}
    for number, step in enumerate(tour.steps, 1):
        for place in {stop.place for stop in step.stops}:
            marks.setdefault(place, []).append(number)
    return marks


def legs_of(tour: Tour, plan: FloorPlan) -> list[Leg]:
    """The steps, each with the addresses in this house."""
    return [
        Leg(number, step, [_lead(stop, tour, plan) for stop in step.stops])
        for number, step in enumerate(tour.steps, 1)
    ]


def _lead(stop: Stop, tour: Tour, plan: FloorPlan) -> Lead:
    place = plan.places.get(stop.place)
    return Lead(stop.words, place.url(stop.path) if place else "", tour.guests.get(stop.guest))
