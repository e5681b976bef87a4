"""Product conception on the first page."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _

from kontor.back.design import queries
from kontor.kernel.actor.identity import Actor
from kontor.kernel.ui import formats
from kontor.kernel.ui.tiles import Tile


def tiles(actor: Actor, at: datetime) -> Sequence[Tile]:
    """What was heard in the last seven days. One statement."""
    if not actor.has("design.read"):
        return ()
    problems, needs = queries.heard_since(at - timedelta(days=7))
    return (
        Tile(
            "product-conception",
            _("What do customers meet?"),
            formats.quantity(problems),
            _("problems in 7 days, and %(needs)s needs") % {"needs": formats.quantity(needs)},
            reverse("design:feed"),
        ),
    )
