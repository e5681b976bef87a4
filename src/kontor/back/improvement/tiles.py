"""Improvement on the first page."""

from collections.abc import Sequence
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from kontor.back.improvement import queries
from kontor.kernel.actor.identity import Actor
from kontor.kernel.ui import formats
from kontor.kernel.ui.tiles import Tile

_DEPARTMENT = "product-conception"


def tiles(actor: Actor, at: datetime) -> Sequence[Tile]:
    """What is due or has come again, and what looks alike. One statement."""
    if not actor.has("improvement.read"):
        return ()
    today = queries.today(at)
    problems, suggestions = reverse("improvement:problems"), reverse("improvement:suggestions")
    asks = today.late + today.again
    return (
        Tile(
            _DEPARTMENT,
            _("What must get better now?"),
            formats.quantity(asks),
            _("overdue or come again"),
            f"{problems}?need=late" if today.late or not today.again else f"{problems}?need=again",
            "bad" if asks else "ok",
        ),
        Tile(
            _DEPARTMENT,
            _("What do customers say alike?"),
            formats.quantity(today.suggested),
            _("suggestions to look at"),
            suggestions,
            "warn" if today.suggested else "ok",
        ),
    )
