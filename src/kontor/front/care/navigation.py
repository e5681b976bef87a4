"""Customer care in the tabs and the palette, and the one search of the counter."""

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kontor.bridge.parties.finding import find_parties
from kontor.front.care import queries
from kontor.front.care.matters.reading import matter_numbered
from kontor.front.care.wording import PAPERS, state_said
from kontor.kernel.actor.identity import Actor
from kontor.kernel.actor.navigation import Entry
from kontor.kernel.ui import formats
from kontor.kernel.ui.shapes import Hit, HitGroup

DEPARTMENT = "care"  # whose pages these are in "Das Haus"; here they stand above all
ENTRIES = (
    Entry("", gettext_lazy("Counter"), "care:home", "headset"),
    Entry("", gettext_lazy("Inbox"), "care:inbox", "inbox", "cases.read"),
    Entry("", gettext_lazy("Customers"), "care:customers", "users", "customers.read"),
    Entry("", gettext_lazy("Ideas and reviews"), "care:voices", "lightbulb", "cases.read"),
    Entry("", gettext_lazy("The whole house"), "staff:house", "house"),
)


def find(text: str, actor: Actor) -> Sequence[HitGroup]:
    """Matters, orders and papers by number, then customers by anything. At most three statements."""
    groups = []
    if actor.has("cases.read") and text[:1] in "Vv" and queries.is_number(text):
        groups.append(HitGroup(_("Matters"), _matters(text)))
    elif queries.is_number(text) and actor.has("orders.read"):
        groups += [HitGroup(_("Orders"), _orders(text)), HitGroup(_("Documents"), _documents(text))]
    # The number of an order or a paper is no customer, however much one looks like it.
    if actor.has("customers.read") and (not groups or text[:1].isdigit() or text[:1] in "Kk"):
        groups.append(HitGroup(_("Customers"), _customers(text)))
    return groups


def _matters(text: str) -> list[Hit]:
    found = matter_numbered(text)
    if found is None:
        return []
    hint = " · ".join(part for part in (found.subject, found.name) if part)
    return [Hit(found.number, reverse("care:matter", args=[found.number]), "inbox", hint)]


def _orders(text: str) -> list[Hit]:
    return [
        Hit(
            row.number,
            reverse("care:order", args=[row.number]),
            "clipboard-list",
            f"{row.billing_name} · {formats.day(row.placed_at)} · {state_said(row.state).text}",
        )
        for row in queries.find_orders(text)
    ]


def _documents(text: str) -> list[Hit]:
    return [
        Hit(
            row.number,
            reverse("care:order", args=[row.order_number]) + "#papers",
            "file-text",
            f"{PAPERS.get(row.kind, row.kind)} · {row.order_number} · {row.billing_name}",
        )
        for row in queries.find_documents(text)
    ]


def _customers(text: str) -> list[Hit]:
    hits = []
    for hit in find_parties(text):
        # An exact number is the label: the search opens what is called exactly as was typed.
        is_exact = hit.number.casefold() == text.casefold()
        label, other = (hit.number, hit.name) if is_exact else (hit.name, hit.number)
        hint = " · ".join(part for part in (other, hit.city, hit.email) if part)
        hits.append(Hit(label, reverse("care:customer", args=[hit.number]), "user", hint))
    return hits
