"""Billing in the sidebar and the palette."""

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kontor.back.invoicing import queries
from kontor.kernel.actor.identity import Actor
from kontor.kernel.actor.navigation import Entry
from kontor.kernel.ui import formats
from kontor.kernel.ui.shapes import Hit, HitGroup

ENTRIES = (
    Entry("accounting", gettext_lazy("Invoices"), "invoicing:list", "receipt-text", "invoicing.read"),
    Entry("accounting", gettext_lazy("To bill"), "invoicing:unbilled", "file-text", "invoicing.read"),
)


def find(text: str, actor: Actor) -> Sequence[HitGroup]:
    """Invoices and credit notes by number."""
    if not actor.has("invoicing.read"):
        return ()
    hits = [
        Hit(number, reverse("invoicing:detail", args=[number]), "receipt-text", formats.day(day))
        for number, day in queries.numbers_like(text)
    ]
    return (HitGroup(_("Invoices"), hits),)
