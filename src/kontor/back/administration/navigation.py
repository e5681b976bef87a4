"""The first page, tasks and administration in the sidebar."""

from django.utils.translation import gettext_lazy as _

from kontor.kernel.actor.navigation import Entry

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
