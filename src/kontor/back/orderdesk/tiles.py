"""Order administration on the first page."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from decimal import Decimal

from django.urls import reverse
from django.utils.translation import gettext as _

from kontor.back.orderdesk import queries
from kontor.kernel.actor.identity import Actor
from kontor.kernel.ui import formats
from kontor.kernel.ui.shapes import Point
from kontor.kernel.ui.tiles import Tile, counted

_DEPARTMENT = "order-administration"


def tiles(actor: Actor, at: datetime) -> Sequence[Tile]:
    """What is to be looked at and released, and what came in. One statement."""
    if not actor.has("orders.read"):
        return ()
    today, orders = queries.today(at), reverse("orders:list")
    points = [
        Point(formats.day(today.first + timedelta(days=place), "brief"), amount)
        for place, amount in enumerate(today.days)
    ]
    turnover = formats.money(sum(today.days, Decimal(0)), today.currency)
    return (
        Tile(
            _DEPARTMENT,
            _("What must be looked at?"),
            counted(today.held),
            _("under review"),
            f"{orders}?step=held",
            "bad" if today.held else "ok",
        ),
        Tile(
            _DEPARTMENT,
            _("What is to be released?"),
            counted(today.release),
            _("wait for release"),
            f"{orders}?step=release",
            "warn" if today.release else "ok",
        ),
        Tile(
            _DEPARTMENT,
            _("Who has not paid ahead?"),
            counted(today.payment),
            _("wait for payment"),
            f"{orders}?step=payment",
        ),
        Tile(
            _DEPARTMENT,
            _("What came in?"),
            turnover,
            _("ordered in 14 days, tax included"),
            orders,
            points=points,
        ),
    )
