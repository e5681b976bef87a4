"""Planned receipts as production and purchasing share them: the instants of a day, and what is not planned."""

from datetime import date, datetime, time

from kontor.bridge.parties.queries import house_terms
from kontor.bridge.promises.errors import DayIsPast

# Work begins in the morning and what is made or delivered is on the shelf in the afternoon.
_BEGINS = time(7)
_READY = time(16)


def begins_on(day: date) -> datetime:
    """When work begins on a day of the house."""
    return datetime.combine(day, _BEGINS, house_terms().zone)


def ready_on(day: date) -> datetime:
    """When what is made or delivered on a day of the house can leave."""
    return datetime.combine(day, _READY, house_terms().zone)


def today_of(at: datetime) -> date:
    """The house's day of an instant."""
    return at.astimezone(house_terms().zone).date()


def midnight_of(at: datetime) -> datetime:
    """When the house's day of an instant began."""
    return datetime.combine(today_of(at), time(), house_terms().zone)


def refuse_past(ready_at: datetime, at: datetime) -> None:
    """Refuse a day that is over.

    Raises:
        DayIsPast: nothing becomes ready yesterday.
    """
    zone = house_terms().zone
    if ready_at.astimezone(zone).date() < at.astimezone(zone).date():
        raise DayIsPast
