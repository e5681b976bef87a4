"""The books in the sidebar."""

from django.utils.translation import gettext_lazy as _

from kontor.kernel.actor.navigation import Entry

ENTRIES = (
    Entry("accounting", _("Open items"), "ledger:open_items", "clock", "ledger.read"),
    Entry("accounting", _("Journal"), "ledger:journal", "book-open", "ledger.read"),
    Entry("accounting", _("Trial balance"), "ledger:accounts", "scale", "ledger.read"),
)
