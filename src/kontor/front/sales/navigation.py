"""Sales in the tabs and the palette."""

from django.utils.translation import gettext_lazy

from kontor.kernel.actor.navigation import Entry

ENTRIES = (Entry("sales", gettext_lazy("Order by phone"), "sales:order", "phone", "orders.place"),)
