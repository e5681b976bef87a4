"""Payments in the sidebar."""

from django.utils.translation import gettext_lazy as _

from kontor.kernel.actor.navigation import Entry

ENTRIES = (
    Entry("accounting", _("Payments"), "banking:list", "banknote", "payments.read"),
    Entry("accounting", _("Refunds"), "banking:refunds", "hand-coins", "payments.read"),
    Entry("accounting", _("Online payments"), "banking:online", "credit-card", "payments.read"),
)
