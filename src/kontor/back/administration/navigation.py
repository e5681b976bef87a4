"""The first page, tasks and administration in the sidebar."""

from django.utils.translation import gettext_lazy as _

from kontor.kernel.actor.navigation import Entry

ENTRIES = (
    Entry("", _("Today"), "administration:home", "layout-dashboard"),
    Entry("", _("Tasks"), "administration:tasks", "inbox"),
    Entry("administration", _("The house"), "administration:settings", "settings", "administration.read"),
    Entry("administration", _("Offerings"), "administration:offerings", "tag", "offerings.read"),
    Entry(
        "administration", _("Not heard"), "administration:letters", "triangle-alert", "administration.read"
    ),
)
