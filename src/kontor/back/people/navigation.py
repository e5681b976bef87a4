"""Personnel in the sidebar."""

from django.utils.translation import gettext_lazy as _

from kontor.kernel.actor.navigation import Entry

ENTRIES = (
    Entry("personnel", _("Staff"), "people:list", "users", "people.read"),
    Entry("personnel", _("Departments and rights"), "people:departments", "lock", "people.read"),
)
