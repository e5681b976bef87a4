"""Production on the first page."""

from collections.abc import Sequence
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from kontor.back.production import queries
from kontor.kernel.actor.identity import Actor
from kontor.kernel.ui import formats
from kontor.kernel.ui.tiles import Tile


def tiles(actor: Actor, at: datetime) -> Sequence[Tile]:
    """What is late, and what is to be begun by today. One statement."""
    if not actor.has("production.read"):
        return ()
    row, orders = queries.today(at), reverse("production:list")
    return (
        Tile(
            "production",
            _("What should have been made?"),
            formats.quantity(row.late),
            _("overdue; due today: %(due)s") % {"due": formats.quantity(row.due)},
            f"{orders}?step=late" if row.late else f"{orders}?step=open",
            "bad" if row.late else "ok",
        ),
        Tile(
            "production",
            _("What is to be begun?"),
            formats.quantity(row.startable),
            _("to be begun by today; being made: %(started)s") % {"started": formats.quantity(row.started)},
            f"{orders}?step=planned" if row.startable else f"{orders}?step=open",
            "warn" if row.startable else "ok",
        ),
    )
