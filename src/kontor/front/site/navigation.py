"""The website in the tabs of the counter."""

from django.utils.translation import gettext_lazy as _

from kontor.kernel.actor.navigation import Entry

ENTRIES = (Entry("", _("Website"), "website:list", "globe", "site.write"),)
