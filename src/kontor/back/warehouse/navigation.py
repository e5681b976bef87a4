"""The warehouse in the sidebar and the palette."""

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kontor.back.warehouse import queries
from kontor.kernel.actor.identity import Actor
from kontor.kernel.actor.navigation import Entry
from kontor.kernel.ui.shapes import Hit, HitGroup

ENTRIES = (
    Entry("warehouse", gettext_lazy("Stock"), "warehouse:stock", "boxes", "warehouse.read"),
    Entry("warehouse", gettext_lazy("Pick list"), "warehouse:pick_list", "list", "warehouse.read"),
    Entry("warehouse", gettext_lazy("Moves"), "warehouse:moves", "arrow-up-down", "warehouse.read"),
    Entry("warehouse", gettext_lazy("Locations"), "warehouse:locations", "map-pin", "warehouse.read"),
)


def find(text: str, actor: Actor) -> Sequence[HitGroup]:
    """Articles by number or name."""
    if not actor.has("warehouse.read"):
        return ()
    hits = [
        Hit(number, reverse("warehouse:article", args=[number]), "package", name)
        for number, name in queries.articles_like(text)
    ]
    return (HitGroup(_("Articles"), hits),)
