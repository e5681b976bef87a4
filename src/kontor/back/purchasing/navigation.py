"""Purchasing in the sidebar and the palette."""

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kontor.back.purchasing import queries
from kontor.kernel.actor.identity import Actor
from kontor.kernel.actor.navigation import Entry
from kontor.kernel.ui.shapes import Hit, HitGroup

ENTRIES = (
    Entry("purchasing", gettext_lazy("Purchase orders"), "purchasing:list", "truck", "purchasing.read"),
    Entry("purchasing", gettext_lazy("Suppliers"), "purchasing:suppliers", "building-2", "purchasing.read"),
)


def find(text: str, actor: Actor) -> Sequence[HitGroup]:
    """Purchase orders by number, supplier or article."""
    if not actor.has("purchasing.read"):
        return ()
    hits = [
        Hit(number, reverse("purchasing:detail", args=[number]), "truck", supplier)
        for number, supplier in queries.numbers_like(text)
    ]
    return (HitGroup(_("Purchase orders"), hits),)
