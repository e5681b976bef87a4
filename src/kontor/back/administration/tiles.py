"""What the back office shows first: a few questions, each with a link to the list behind it. Rooms declare theirs.

A room's ``tiles.py`` has ``tiles(actor, at)``, which returns ``Tile`` rows in one or two statements.
"""

from collections.abc import Callable, Sequence
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from kontor.back.administration import queries
from kontor.kernel.actor.identity import Actor
from kontor.kernel.ui import formats
from kontor.kernel.ui.tiles import Tile

type Tiles = Callable[[Actor, datetime], Sequence[Tile]]


def tiles(actor: Actor, _at: datetime) -> Sequence[Tile]:
    """What was given up, for administration."""
    if not actor.has("administration.read"):
        return ()
    row = queries.waiting()
    return (
        Tile(
            "administration",
            _("What was not heard?"),
            formats.quantity(row.dead),
            _("deliveries given up"),
            reverse("administration:letters"),
            "bad" if row.dead else "ok",
        ),
    )
