"""The first page, tasks and administration in the sidebar."""

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kontor.back.administration.offerings import queries
from kontor.kernel.actor.identity import Actor
from kontor.kernel.actor.navigation import Entry
from kontor.kernel.ui.shapes import Hit, HitGroup

DEPARTMENT = "management"  # whose pages these are in "Das Haus"; in the sidebar they stand above all
ENTRIES = (
    Entry("", _("Today"), "administration:home", "layout-dashboard"),
    Entry("", _("Tasks"), "administration:tasks", "inbox"),
    Entry("", _("The whole house"), "staff:house", "house"),
    Entry("administration", _("Set up"), "administration:set_up", "clipboard-check", "administration.read"),
    Entry("administration", _("Settings"), "administration:settings", "settings", "administration.read"),
    Entry("administration", _("Offerings"), "administration:offerings", "tag", "offerings.read"),
    Entry("administration", _("Imports"), "administration:imports", "upload", "offerings.write"),
    Entry(
        "administration", _("Not heard"), "administration:letters", "triangle-alert", "administration.read"
    ),
)


def find(text: str, actor: Actor) -> Sequence[HitGroup]:
    """Offerings by number or name, also drafts."""
    if not actor.has("offerings.read"):
        return ()
    hits = [
        Hit(number, reverse("administration:offering", args=[number]), "tag", name)
        for number, name in queries.offerings_like(text)
    ]
    return (HitGroup(gettext("Offerings"), hits),)
