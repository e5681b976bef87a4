"""The list of purchase orders."""

from django.utils.translation import gettext_lazy as _

from kontor.back.purchasing import queries
from kontor.back.purchasing.wording import STEPS, TONES, step_of
from kontor.kernel.ui.listing.addresses import row_url
from kontor.kernel.ui.listing.declaring import Bulk, Choice, Column, Listing, Period, Tab

ORDERS = Listing(
    page="purchasing",
    title=_("Purchase orders"),
    eyebrow=_("Purchase"),
    right="purchasing.read",
    rows=queries.order_rows,
    template="purchasing/list.html",
    columns=(
        Column(key="number", label=_("Purchase order"), kind="link"),
        Column(key="supplier_name", label=_("Supplier"), is_wide=True),
        Column(
            key="step",
            label=_("State"),
            value=step_of,
            kind="pill",
            words=STEPS,
            tones=TONES,
            is_wide=True,
        ),
        Column(key="line_count", label=_("Lines"), kind="quantity", says_label=True),
        Column(key="due_at", label=_("Comes in on"), kind="day", sort="due", says_label=True),
        Column(key="ordered_at", label=_("Ordered on"), kind="day", is_extra=True),
        Column(key="ordered_by", label=_("Ordered by"), is_extra=True),
    ),
    sorts={"due": "due_at"},
    default_sort="due",
    url=row_url("purchasing:detail", "number"),
    search=queries.by_words,
    search_label=_("Number, supplier or article"),
    filters=(
        Choice(
            key="step",
            label=_("State"),
            choices=(*STEPS.items(), ("open", _("Still to come")), ("all", _("All"))),
            narrow=queries.in_step,
        ),
        Choice(key="supplier", label=_("Supplier"), choices=queries.supplier_choices, field="supplier_id"),
        Period(
            key="due",
            label_from=_("Comes from"),
            label_until=_("Comes until"),
            field="due_at",
            is_instant=True,
        ),
    ),
    tabs=(
        Tab(label=_("Still to come"), query="step=open"),
        Tab(label=_("Late"), query="step=late", count="late"),
        Tab(label=_("Not confirmed"), query="step=ordered", count="unconfirmed"),
        Tab(label=_("Received"), query="step=received"),
        Tab(label=_("All"), query="step=all"),
    ),
    counts=queries.tab_counts,
    bulk=(Bulk(label=_("Move …"), url_name="purchasing:move", right="purchasing.write", icon="calendar"),),
    start="step=open",
    everything="step=all",
    empty_title=_("Nothing is to come in"),
    empty_text=_("Order from a supplier: what is to come can be ordered in the shop at once, with its day."),
    empty_icon="truck",
)
