"""The warehouse on the first page."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _

from kontor.back.warehouse import queries
from kontor.kernel.actor.identity import Actor
from kontor.kernel.ui import formats
from kontor.kernel.ui.tiles import Tile


def tiles(actor: Actor, at: datetime) -> Sequence[Tile]:
    """What is short. One statement."""
    if not actor.has("warehouse.read"):
        return ()
    today = queries.today(at + timedelta(days=7))
    stock = reverse("warehouse:stock")
    return (
        Tile(
            "warehouse",
            _("What is missing?"),
            formats.quantity(today.short),
            _("articles with promises at risk"),
            f"{stock}?stock=short",
            "bad" if today.short else "ok",
        ),
    )
