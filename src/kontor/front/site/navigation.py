"""The website in the tabs of the counter."""

from django.utils.translation import gettext_lazy as _

from kontor.kernel.actor.navigation import Entry

DEPARTMENT = "marketing"  # whose pages these are in "Das Haus"; here they stand above all
ENTRIES = (Entry("", _("Website"), "website:list", "globe", "site.write"),)
