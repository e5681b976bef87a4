"""Product conception in the sidebar."""

from django.utils.translation import gettext_lazy as _

from kontor.kernel.actor.navigation import Entry

ENTRIES = (
    Entry(
        "product-conception", _("What customers meet"), "design:feed", "message-square-text", "design.read"
    ),
    Entry("product-conception", _("Articles compared"), "design:offerings", "chart-column", "design.read"),
    Entry("product-conception", _("Digest of the day"), "design:digest", "calendar", "design.read"),
)
