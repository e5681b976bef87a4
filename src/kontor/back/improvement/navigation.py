"""Improvement in the sidebar and the palette."""

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kontor.back.improvement import queries
from kontor.back.improvement.wording import STATES
from kontor.kernel.actor.identity import Actor
from kontor.kernel.actor.navigation import Entry
from kontor.kernel.ui.shapes import Hit, HitGroup

_DEPARTMENT = "product-conception"
ENTRIES = (
    Entry(
        _DEPARTMENT,
        gettext_lazy("Problems and wishes"),
        "improvement:problems",
        "chart-line",
        "improvement.read",
    ),
    Entry(
        _DEPARTMENT, gettext_lazy("Suggestions"), "improvement:suggestions", "lightbulb", "improvement.read"
    ),
)


def find(text: str, actor: Actor) -> Sequence[HitGroup]:
    """Problems and wishes by number or title."""
    if not actor.has("improvement.read"):
        return ()
    hits = [
        Hit(
            row.number,
            reverse("improvement:problem", args=[row.number]),
            "lightbulb",
            f"{row.title} · {STATES[row.state]}",
        )
        for row in queries.problems_like(text)
    ]
    return (HitGroup(_("Problems and wishes"), hits),)
