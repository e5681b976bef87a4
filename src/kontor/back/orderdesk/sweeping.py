"""What the worker looks after by itself: orders that were placed and of which nobody said a word."""

from datetime import timedelta

from django.utils import timezone

from kontor.back.orderdesk.actions import confirm_orders
from kontor.kernel.actor.identity import the_house
from kontor.kernel.sql import Statements

_LONG_ENOUGH = timedelta(minutes=2)
_AT_ONCE = 500
_sql = Statements(__package__, "sweeping.sql")


def sweep_placed() -> int:
    """Check orders that still stand as placed after two minutes; returns how many. Safe to repeat.

    Whoever writes an order's rows without the event that tells of it would else keep goods promised for ever.
    """
    at = timezone.now()
    ids = [row.id for row in _sql.rows("placed_before", at=at - _LONG_ENOUGH, limit=_AT_ONCE)]
    if ids:
        confirm_orders(ids=ids, by=the_house(), at=at)
    return len(ids)
