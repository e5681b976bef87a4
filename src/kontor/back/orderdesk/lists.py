"""The worklist of order administration."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kontor.back.orderdesk import queries
from kontor.back.orderdesk.wording import STEPS, TONES, pay_until_of, step_of
from kontor.kernel.ui.listing.addresses import row_url
from kontor.kernel.ui.listing.declaring import Bulk, Choice, Column, Listing, Period, Tab

ORDERS = Listing(
    page="orders",
    title=_("Orders"),
    eyebrow=_("Order Administration"),
    right="orders.read",
    rows=queries.order_rows,
    columns=(
        Column(key="number", label=pgettext_lazy("office", "Order"), kind="link"),
        Column(
            key="placed_at", label=_("Placed on"), kind="instant", sort="placed", is_muted=True, is_wide=True
        ),
        Column(key="billing_name", label=_("Customer"), is_wide=True),
        Column(key="step", label=_("State"), value=step_of, kind="pill", words=STEPS, tones=TONES),
        Column(
            key="pay_until",
            label=_("To be paid by"),
            value=pay_until_of,
            kind="day",
            says_label=True,
            is_wide=True,
            is_extra=True,
        ),
        Column(key="promised_on", label=_("Promised for"), kind="day", says_label=True, is_wide=True),
        Column(key="gross_amount", label=_("Amount"), kind="money", sort="amount"),
        Column(key="channel", label=_("Came by"), words=queries.CHANNELS, is_extra=True),
        Column(key="payment_method", label=_("Paid by"), words=queries.PAYMENT_METHODS, is_extra=True),
        Column(key="billing_city", label=_("Town"), is_extra=True),
        Column(key="paid_at", label=_("Paid on"), kind="day", is_extra=True),
    ),
    sorts={"placed": "placed_at", "amount": "gross_amount"},
    default_sort="-placed",
    url=row_url("orders:detail", "number"),
    search=queries.by_words,
    search_label=_("Order number, family name, organisation or e-mail"),
    filters=(
        Choice(
            key="step",
            label=_("State"),
            choices=tuple(STEPS.items()),
            narrow=queries.in_step,
        ),
        Choice(
            key="paid_by",
            label=_("Paid by"),
            choices=tuple(queries.PAYMENT_METHODS.items()),
            field="payment_method",
        ),
        Period(
            key="placed",
            label_from=_("Placed from"),
            label_until=_("Placed until"),
            field="placed_at",
            is_instant=True,
        ),
    ),
    tabs=(
        Tab(label=_("All")),
        Tab(label=_("Under review"), query="step=held", count="held"),
        Tab(label=_("To release"), query="step=release", count="release"),
        Tab(label=_("Waits for payment"), query="step=payment", count="payment"),
        Tab(label=_("To ship"), query="step=open"),
        Tab(label=_("Waits for goods"), query="step=goods"),
        Tab(label=_("Shipped, not paid"), query="step=unpaid"),
        Tab(label=_("Done"), query="step=done"),
        Tab(label=_("Cancelled"), query="step=cancelled"),
    ),
    counts=queries.tab_counts,
    bulk=(Bulk(label=_("Release"), url_name="orders:release", right="orders.release", icon="circle-check"),),
    empty_title=_("No orders yet"),
    empty_text=_("As soon as somebody orders in the shop or by phone, the order stands here."),
    empty_icon="clipboard-list",
)
