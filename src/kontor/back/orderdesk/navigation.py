"""Order administration in the sidebar and the palette."""

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kontor.back.orderdesk import queries
from kontor.kernel.actor.identity import Actor
from kontor.kernel.actor.navigation import Entry
from kontor.kernel.ui import formats
from kontor.kernel.ui.shapes import Hit, HitGroup

ENTRIES = (
    Entry("order-administration", gettext_lazy("Orders"), "orders:list", "clipboard-list", "orders.read"),
)


def find(text: str, actor: Actor) -> Sequence[HitGroup]:
    """Orders by number, family name or e-mail address."""
    if not actor.has("orders.read"):
        return ()
    hits = [
        Hit(number, reverse("orders:detail", args=[number]), "clipboard-list", f"{name} · {formats.day(day)}")
        for number, name, day in queries.numbers_like(text)
    ]
    return (HitGroup(_("Orders"), hits),)
