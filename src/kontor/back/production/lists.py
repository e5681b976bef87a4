"""The list of production orders."""

from django.utils.translation import gettext_lazy as _

from kontor.back.production import queries
from kontor.back.production.wording import STEPS, TONES, step_of
from kontor.kernel.ui.listing.addresses import row_url
from kontor.kernel.ui.listing.declaring import Bulk, Choice, Column, Listing, Period, Tab

ORDERS = Listing(
    page="production",
    title=_("Production orders"),
    eyebrow=_("Production"),
    right="production.read",
    rows=queries.order_rows,
    template="production/list.html",
    columns=(
        Column(key="number", label=_("Production order"), kind="link"),
        Column(key="name", label=_("Name"), is_wide=True),
        Column(key="step", label=_("State"), value=step_of, kind="pill", words=STEPS, tones=TONES),
        Column(key="quantity", label=_("Quantity"), kind="quantity", says_label=True),
        Column(key="promised_first", label=_("First promised for"), kind="day", says_label=True),
        Column(key="planned_finish_at", label=_("Ready on"), kind="day", sort="ready", says_label=True),
        Column(key="article", label=_("Article"), is_extra=True),
        Column(key="promised", label=_("Promised"), kind="quantity", is_extra=True),
        Column(key="waiting", label=_("Orders waiting"), kind="quantity", is_extra=True),
        Column(key="planned_start_at", label=_("Begins on"), kind="day", is_extra=True),
        Column(key="good_quantity", label=_("Good pieces"), kind="quantity", is_extra=True),
        Column(key="finished_at", label=_("Made on"), kind="day", is_extra=True),
        Column(key="planned_by", label=_("Planned by"), is_extra=True),
    ),
    sorts={"ready": "planned_finish_at"},
    default_sort="ready",
    url=row_url("production:detail", "number"),
    search=queries.by_words,
    search_label=_("Number, article or its name"),
    filters=(
        Choice(
            key="step",
            label=_("State"),
            choices=(*STEPS.items(), ("open", _("Still to be made")), ("all", _("All"))),
            narrow=queries.in_step,
        ),
        Period(
            key="ready",
            label_from=_("Ready from"),
            label_until=_("Ready until"),
            field="planned_finish_at",
            is_instant=True,
        ),
    ),
    tabs=(
        Tab(label=_("Still to be made"), query="step=open"),
        Tab(label=_("Late"), query="step=late", count="late"),
        Tab(label=_("Being made"), query="step=started", count="started"),
        Tab(label=_("Made"), query="step=finished"),
        Tab(label=_("All"), query="step=all"),
    ),
    counts=queries.tab_counts,
    bulk=(
        Bulk(label=_("Begin"), url_name="production:start", right="production.write", icon="circle-check"),
        Bulk(label=_("Move …"), url_name="production:move", right="production.write", icon="calendar"),
    ),
    start="step=open",
    everything="step=all",
    empty_title=_("Nothing is to be made"),
    empty_text=_("Plan a production order: what it makes can be ordered in the shop at once, with its day."),
    empty_icon="factory",
)
