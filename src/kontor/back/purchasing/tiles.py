"""Purchasing on the first page."""

from collections.abc import Sequence
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from kontor.back.purchasing import queries
from kontor.kernel.actor.identity import Actor
from kontor.kernel.ui import formats
from kontor.kernel.ui.tiles import Tile


def tiles(actor: Actor, at: datetime) -> Sequence[Tile]:
    """What is late, and what no supplier has confirmed. One statement."""
    if not actor.has("purchasing.read"):
        return ()
    row, orders = queries.today(at), reverse("purchasing:list")
    return (
        Tile(
            "purchasing",
            _("What should have come in?"),
            formats.quantity(row.late),
            _("overdue; due today: %(due)s") % {"due": formats.quantity(row.due)},
            f"{orders}?step=late" if row.late else f"{orders}?step=open",
            "bad" if row.late else "ok",
        ),
        Tile(
            "purchasing",
            _("Which day is not confirmed?"),
            formats.quantity(row.unconfirmed),
            _("wait for the supplier's word"),
            f"{orders}?step=ordered",
            "warn" if row.unconfirmed else "ok",
        ),
    )
