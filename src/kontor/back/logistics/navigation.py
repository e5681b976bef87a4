"""Logistics in the sidebar and the palette."""

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kontor.back.logistics import queries
from kontor.kernel.actor.identity import Actor
from kontor.kernel.actor.navigation import Entry
from kontor.kernel.ui import formats
from kontor.kernel.ui.shapes import Hit, HitGroup

ENTRIES = (
    Entry("logistics", gettext_lazy("Ready to ship"), "logistics:ready", "package", "logistics.read"),
    Entry("logistics", gettext_lazy("Shipments"), "logistics:shipments", "truck", "logistics.read"),
)


def find(text: str, actor: Actor) -> Sequence[HitGroup]:
    """Shipments by number, order or tracking number."""
    if not actor.has("logistics.read"):
        return ()
    hits = [
        Hit(number, reverse("logistics:shipment", args=[number]), "truck", f"{name} · {formats.day(at)}")
        for number, name, at in queries.numbers_like(text)
    ]
    return (HitGroup(_("Shipments"), hits),)
