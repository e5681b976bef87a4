"""Production in the sidebar and the palette."""

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kontor.back.production import queries
from kontor.kernel.actor.identity import Actor
from kontor.kernel.actor.navigation import Entry
from kontor.kernel.ui.shapes import Hit, HitGroup

ENTRIES = (
    Entry("production", gettext_lazy("Production orders"), "production:list", "factory", "production.read"),
)


def find(text: str, actor: Actor) -> Sequence[HitGroup]:
    """Production orders by number or article."""
    if not actor.has("production.read"):
        return ()
    hits = [
        Hit(number, reverse("production:detail", args=[number]), "factory", article)
        for number, article in queries.numbers_like(text)
    ]
    return (HitGroup(_("Production orders"), hits),)
