"""Logistics on the first page."""

from collections.abc import Sequence
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from kontor.back.logistics import queries
from kontor.kernel.actor.identity import Actor
from kontor.kernel.house import house_zone
from kontor.kernel.ui.tiles import Tile, counted


def tiles(actor: Actor, at: datetime) -> Sequence[Tile]:
    """What can leave, and what is on its way. One statement."""
    if not actor.has("logistics.read"):
        return ()
    home = at.astimezone(house_zone())
    today = queries.today(home.replace(hour=0, minute=0, second=0, microsecond=0))
    values = {"count": counted(today.shipped)}
    return (
        Tile(
            "logistics",
            _("What can leave?"),
            counted(today.ready),
            _("ready; shipped today: %(count)s") % values,
            reverse("logistics:ready"),
            "warn" if today.ready else "ok",
        ),
        Tile(
            "logistics",
            _("What is on its way?"),
            counted(today.travelling),
            _("shipments not delivered yet"),
            f"{reverse('logistics:shipments')}?state=travelling",
        ),
    )
