"""The lists of billing: invoices, and orders with something to bill."""

from collections.abc import Mapping
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kontor.back.invoicing import queries
from kontor.back.invoicing.wording import STATES, TONES, state_of_row
from kontor.kernel.ui.listing.declaring import Choice, Column, Listing, Period, Tab

KINDS = {"invoice": _("Invoice"), "credit_note": _("Credit note")}
PAYMENT_METHODS = {
    "invoice": _("Invoice"),
    "prepayment": _("Prepayment"),
    "provider": _("Online payment"),
}


def _state(row: Mapping[str, Any]) -> str:
    return state_of_row(row, queries.today())


def _open(row: Mapping[str, Any]) -> Any:
    return row["open_amount"] or None


INVOICES = Listing(
    page="invoices",
    title=_("Invoices"),
    eyebrow=_("Accounting"),
    right="invoicing.read",
    rows=queries.invoice_rows,
    columns=(
        Column(key="number", label=_("Number"), kind="link", sort="number"),
        Column(key="issued_on", label=_("Date"), kind="day", sort="issued", is_muted=True),
        Column(key="kind", label=_("Kind"), words=KINDS, is_extra=True),
        Column(key="buyer", label=_("Customer"), is_wide=True),
        Column(key="order_number", label=pgettext_lazy("office", "Order"), is_muted=True, is_extra=True),
        Column(key="state", label=_("State"), value=_state, kind="pill", words=STATES, tones=TONES),
        Column(key="due_on", label=_("Due on"), kind="day", says_label=True),
        Column(key="net_amount", label=_("Net"), kind="money", is_extra=True),
        Column(key="tax_amount", label=_("Tax"), kind="money", is_extra=True),
        Column(key="open_amount", label=_("Still open"), value=_open, kind="money", says_label=True),
        Column(key="gross_amount", label=_("Amount"), kind="money", sort="amount"),
    ),
    sorts={"issued": "issued_on", "amount": "gross_amount", "number": "number"},
    default_sort="-issued",
    url=lambda row: reverse("invoicing:detail", args=[row["number"]]),
    search=queries.by_words,
    search_label=_("Invoice number, order number or customer"),
    filters=(
        Choice(key="kind", label=_("Kind"), choices=tuple(KINDS.items()), field="kind"),
        Choice(
            key="state",
            label=_("State"),
            choices=tuple((key, STATES[key]) for key in ("open", "overdue", "settled")),
            narrow=queries.with_state,
        ),
        Period(key="issued", label_from=_("Issued from"), label_until=_("Issued until"), field="issued_on"),
    ),
    tabs=(
        Tab(label=_("All")),
        Tab(label=_("Open"), query="state=open", count="open"),
        Tab(label=_("Overdue"), query="state=overdue", count="overdue"),
        Tab(label=_("Credit notes"), query="kind=credit_note"),
    ),
    counts=queries.tab_counts,
    template="invoicing/invoices.html",
    empty_title=_("No invoices yet"),
    empty_text=_(
        "As soon as goods leave the house, or an order is paid in advance, its invoice stands here."
    ),
    empty_icon="receipt-text",
)

UNBILLED = Listing(
    page="invoices.unbilled",
    title=_("To bill"),
    eyebrow=_("Accounting"),
    right="invoicing.read",
    rows=queries.unbilled_rows,
    columns=(
        Column(key="number", label=pgettext_lazy("office", "Order"), kind="link"),
        Column(key="placed_at", label=_("Placed on"), kind="instant", sort="placed", is_muted=True),
        Column(key="billing_name", label=_("Customer"), is_wide=True),
        Column(key="payment_method", label=_("Paid by"), words=PAYMENT_METHODS),
        Column(key="promised_on", label=_("Promised for"), kind="day", says_label=True),
        Column(key="gross_amount", label=_("Amount"), kind="money", sort="amount"),
    ),
    sorts={"placed": "placed_at", "amount": "gross_amount"},
    default_sort="-placed",
    url=lambda row: reverse("invoicing:bill", args=[row["number"]]),
    search=queries.order_words,
    search_label=_("Order number or customer"),
    template="invoicing/unbilled.html",
    empty_title=_("Everything is billed"),
    empty_text=_(
        "Orders of which something has not been billed yet stand here: what is shipped is billed by itself."
    ),
    empty_icon="circle-check",
)
