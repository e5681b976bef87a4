"""The list of offerings."""

from django.utils.translation import gettext_lazy as _

from kontor.back.administration.offerings import queries
from kontor.back.administration.offerings.wording import KINDS, STATES, TONES
from kontor.kernel.ui.listing.addresses import row_url
from kontor.kernel.ui.listing.declaring import Bulk, Choice, Column, Listing, Tab

OFFERINGS = Listing(
    page="offerings.all",
    title=_("Offerings"),
    eyebrow=_("Administration"),
    right="offerings.read",
    rows=queries.offering_rows,
    columns=(
        Column(key="number", label=_("Number"), kind="link", sort="number"),
        Column(key="name", label=_("Name"), is_wide=True),
        Column(key="category", label=_("Category"), is_muted=True),
        Column(key="kind", label=_("Kind"), words=KINDS, is_extra=True),
        Column(key="state", label=_("State"), kind="pill", words=STATES, tones=TONES),
        Column(key="stock", label=_("On hand"), kind="quantity", says_label=True),
        Column(key="promised", label=_("Promised"), kind="quantity", is_extra=True),
        Column(key="price", label=_("List price"), kind="money"),
    ),
    sorts={"number": "number"},
    default_sort="number",
    url=row_url("administration:offering", "number"),
    search=queries.by_words,
    search_label=_("Number or name"),
    filters=(
        Choice(
            key="category",
            label=_("Category"),
            choices=queries.category_choices,
            narrow=queries.in_category,
        ),
        Choice(key="kind", label=_("Kind"), choices=tuple(KINDS.items()), field="kind"),
        Choice(key="state", label=_("State"), choices=tuple(STATES.items()), narrow=queries.in_state),
    ),
    tabs=(
        Tab(label=_("All")),
        Tab(label=STATES["on_sale"], query="state=on_sale"),
        Tab(label=_("Drafts"), query="state=draft"),
        Tab(label=STATES["planned"], query="state=planned"),
        Tab(label=STATES["ended"], query="state=ended"),
    ),
    bulk=(
        Bulk(
            label=_("Put on sale"),
            url_name="administration:sale_of_many",
            right="offerings.write",
            icon="store",
            name="deed",
            value="sell",
        ),
        Bulk(
            label=_("Back to draft"),
            url_name="administration:sale_of_many",
            right="offerings.write",
            icon="undo-2",
            name="deed",
            value="withdraw",
        ),
    ),
    empty_title=_("No offerings yet"),
    empty_text=_("Draw up the first one, or import a file with all of them."),
    empty_icon="tag",
    template="administration/offerings/list.html",
)
