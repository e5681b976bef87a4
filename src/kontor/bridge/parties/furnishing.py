"""Changing the house itself: its dated row, its logo, its places and hours, its doors.

None of these moves money. They hold for what is written afterwards: documents name the row they were issued by.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from hashlib import sha256
from typing import Any
from uuid import UUID

from kontor.bridge.parties import errors
from kontor.bridge.parties.models import Door, House, Logo, OpeningSpan, Place, SpecialDay, SpecialSpan
from kontor.bridge.parties.queries import latest_house
from kontor.kernel.actor.identity import Actor
from kontor.kernel.clocks.opening import Span
from kontor.kernel.errors import NotFound
from kontor.kernel.sql import Statements
from kontor.kernel.transactions import in_transaction, transaction

RIGHT = "administration.write"
_sql = Statements(__package__, "house.sql")


@transaction
def change_house(*, changes: Mapping[str, Any], seen: int, by: Actor, at: datetime) -> House:
    """Say something new about the organisation: adds a row, which counts from now on; returns the latest one.

    ``seen`` is the id of the row that the person looked at (0: none). Safe to repeat: what stands already adds nothing.

    Raises:
        NotAllowed: ``by`` lacks the right ``administration.write``.
        HouseChanged: somebody else has changed the same facts meanwhile.
    """
    by.require(RIGHT)
    _sql.rows("lock_house")
    latest = latest_house()
    if latest is not None and all(getattr(latest, name) == value for name, value in changes.items()):
        return latest
    if latest is not None and latest.id != seen:
        looked_at = House.objects.filter(pk=seen).first()
        if any(getattr(looked_at, name, None) != getattr(latest, name) for name in changes):
            raise errors.HouseChanged(who=latest.changed_by)
    known = {} if latest is None else {name: getattr(latest, name) for name in _columns()}
    return House.objects.create(**(known | dict(changes)), since=at, changed_by=by.name)


def _columns() -> list[str]:
    return [
        field.attname
        for field in House._meta.concrete_fields
        if field.attname not in ("id", "since", "changed_by")
    ]


@transaction
def keep_logo(*, media_type: str, content: bytes, by: Actor, at: datetime) -> str:
    """Store a checked logo; returns its name. Safe to repeat: the same picture has the same name.

    Raises:
        NotAllowed: ``by`` lacks the right ``administration.write``.
    """
    by.require(RIGHT)
    ending = {"image/svg+xml": "svg", "image/png": "png", "image/jpeg": "jpg"}[media_type]
    name = f"{sha256(content).hexdigest()[:24]}.{ending}"
    Logo.objects.bulk_create(
        [Logo(name=name, media_type=media_type, content=content, stored_at=at)], ignore_conflicts=True
    )
    return name


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceFacts:
    """A place as a person describes it. ``week`` has spans by weekday (Monday is 0)."""

    name_de: str
    name_en: str
    street: str
    postal_code: str
    city: str
    country: str = "DE"
    land: str = "HB"
    phone: str = ""
    email: str = ""
    opens_on_holidays: bool = False
    week: Mapping[int, Sequence[Span]] = field(default_factory=dict)


@transaction
def save_place(*, place_id: UUID, facts: PlaceFacts, by: Actor, at: datetime) -> Place:
    """Describe a place, with its usual hours; a new one where there is none of this id. The first is the main one.

    Safe to repeat. Raises:
        NotAllowed: ``by`` lacks the right ``administration.write``.
        HoursOverlap: two spans of one day overlap, or one runs backwards.
    """
    by.require(RIGHT)
    _sql.rows("lock_house")
    values = {name: getattr(facts, name) for name in PlaceFacts.__dataclass_fields__ if name != "week"}
    place = Place.objects.filter(pk=place_id).first()
    if place is None:
        others = Place.objects.count()
        has_main = Place.objects.filter(is_main=True).exists()
        place = Place.objects.create(id=place_id, **values, is_main=not has_main, position=others)
    else:
        Place.objects.filter(pk=place_id).update(**values)
    OpeningSpan.objects.filter(place=place).delete()
    OpeningSpan.objects.bulk_create(
        OpeningSpan(place=place, weekday=weekday, from_minute=opens, until_minute=closes)
        for weekday, spans in sorted(facts.week.items())
        for opens, closes in spans
    )
    return place


@transaction
def make_main(*, place_id: UUID, by: Actor, at: datetime) -> None:
    """Make a place the main one: its hours are the house's service hours. Safe to repeat.

    Raises:
        NotAllowed: ``by`` lacks the right ``administration.write``.
        NotFound: there is no such place, or it was given up.
    """
    by.require(RIGHT)
    _sql.rows("lock_house")
    _place(place_id)
    Place.objects.filter(is_main=True).exclude(pk=place_id).update(is_main=False)
    Place.objects.filter(pk=place_id).update(is_main=True)


@transaction
def give_up_place(*, place_id: UUID, by: Actor, at: datetime) -> None:
    """Stop showing a place; its row stays. Safe to repeat.

    Raises:
        NotAllowed: ``by`` lacks the right ``administration.write``.
        NotFound: there is no such place.
        MainPlaceStays: it is the main one.
    """
    by.require(RIGHT)
    _sql.rows("lock_house")
    place = Place.objects.filter(pk=place_id).first()
    if place is None:
        raise NotFound(number=str(place_id))
    if place.is_main:
        raise errors.MainPlaceStays
    Place.objects.filter(pk=place_id, closed_at=None).update(closed_at=at)


@transaction
def set_special_day(
    *, place_id: UUID, on: date, spans: Sequence[Span], reason: tuple[str, str], by: Actor, at: datetime
) -> SpecialDay:
    """Say that a place is closed on a day (no spans) or open otherwise; ``reason`` in German and English.

    Safe to repeat: the latest word counts. Raises:
        NotAllowed: ``by`` lacks the right ``administration.write``.
        NotFound: there is no such place.
        HoursOverlap: two spans overlap, or one runs backwards.
    """
    by.require(RIGHT)
    _sql.rows("lock_house")
    place = _place(place_id)
    day, _is_new = SpecialDay.objects.update_or_create(
        place=place, on=on, defaults={"reason_de": reason[0], "reason_en": reason[1] or reason[0]}
    )
    SpecialSpan.objects.filter(day=day).delete()
    SpecialSpan.objects.bulk_create(
        SpecialSpan(day=day, from_minute=opens, until_minute=closes) for opens, closes in spans
    )
    return day


@transaction
def remove_special_day(*, place_id: UUID, on: date, by: Actor, at: datetime) -> None:
    """Let a day be as usual again. Safe to repeat.

    Raises:
        NotAllowed: ``by`` lacks the right ``administration.write``.
    """
    by.require(RIGHT)
    SpecialDay.objects.filter(place_id=place_id, on=on).delete()


@transaction
def switch_door(*, code: str, is_open: bool, by: Actor, at: datetime) -> Door:
    """Open a door to customers or shut it; what lies behind it stays. Every process knows it within seconds.

    Safe to repeat. Raises:
        NotAllowed: ``by`` lacks the right ``administration.write``.
        NotFound: no room declares such a door.
    """
    by.require(RIGHT)
    changed = Door.objects.filter(code=code).exclude(is_open=is_open)
    changed.update(is_open=is_open, changed_at=at, changed_by=by.name)
    door = Door.objects.filter(code=code).first()
    if door is None:
        raise NotFound(number=code)
    return door


@in_transaction
def _place(place_id: UUID) -> Place:
    place = Place.objects.filter(pk=place_id, closed_at=None).first()
    if place is None:
        raise NotFound(number=str(place_id))
    return place
