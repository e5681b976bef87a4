"""What the worker looks after by itself: orders that were placed and of which nobody said a word."""

from datetime import timedelta

from django.utils import timezone

from kontor.back.orderdesk.actions import confirm_orders
from kontor.bridge.orders.models import Order
from kontor.kernel.actor.identity import the_house

_LONG_ENOUGH = timedelta(minutes=2)
_AT_ONCE = 500


def sweep_placed() -> int:
    """Check orders that still stand as placed after two minutes; returns how many. Safe to repeat.

    Whoever writes an order's rows without the event that tells of it would else keep goods promised for ever.
    """
    at = timezone.now()
    waiting = Order.objects.filter(state=Order.State.PLACED, placed_at__lt=at - _LONG_ENOUGH).order_by(
        "placed_at", "id"
    )
    ids = list(waiting.values_list("id", flat=True)[:_AT_ONCE])
    if ids:
        confirm_orders(ids=ids, by=the_house(), at=at)
    return len(ids)
