"""The lists of payments: what came in and went out, refunds, online payments and the provider's messages."""

from collections.abc import Mapping
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kontor.back.banking import queries
from kontor.kernel.ui.listing.declaring import Choice, Column, Listing, Period, Tab
from kontor.kernel.ui.shapes import Tone

METHODS = {"transfer": _("Bank transfer"), "provider": _("Online payment"), "cash": _("Cash")}
STATES = {
    "posting": _("Being posted"),
    "unmatched": _("Not assigned"),
    "part": _("Partly assigned"),
    "settled": _("Assigned"),
}
TONES: Mapping[str, Tone] = {"unmatched": "bad", "part": "warn", "settled": "ok"}
REFUND_STATES = {"asked": _("Waits for approval"), "paid": _("Paid back"), "declined": _("Declined")}
REFUND_TONES: Mapping[str, Tone] = {"asked": "warn", "paid": "ok"}
INTENT_STATES = {"asked": _("Asked for"), "open": _("Page open"), "paid": _("Paid"), "failed": _("Failed")}
INTENT_TONES: Mapping[str, Tone] = {"open": "warn", "paid": "ok", "failed": "bad"}
VERDICTS = {
    "": _("Not looked at yet"),
    "paid": _("Believed: paid"),
    "payment.failed": _("Believed: failed"),
    "unknown intent": _("Not believed: nobody asked for this payment"),
    "no timestamp": _("Not believed: no time given"),
    "too old": _("Not believed: too old"),
    "wrong signature": _("Not believed: the signature is wrong"),
    "unreadable": _("Not believed: unreadable"),
}


def state_of(row: Mapping[str, Any]) -> str:
    """How far a payment is assigned to documents."""
    if row["open_amount"] is None:
        return "posting"
    if not row["open_amount"]:
        return "settled"
    return "unmatched" if abs(row["open_amount"]) == abs(row["amount"]) else "part"


def refund_state_of(row: Mapping[str, Any]) -> str:
    """How far a refund is."""
    if row["approved_at"] is not None:
        return "paid"
    return "declined" if row["declined_at"] is not None else "asked"


def _left(row: Mapping[str, Any]) -> Any:
    return -row["open_amount"] if row["open_amount"] else None


PAYMENTS = Listing(
    page="banking.payments",
    title=_("Payments"),
    eyebrow=_("Accounting"),
    right="payments.read",
    rows=queries.payment_rows,
    columns=(
        Column(key="reference", label=_("Reference"), value=lambda row: row["reference"] or "–", kind="link"),
        Column(key="received_on", label=_("Received on"), kind="day", sort="received", is_muted=True),
        Column(key="customer", label=_("Customer"), is_wide=True),
        Column(key="method", label=_("Paid by"), words=METHODS, is_extra=True),
        Column(key="order_number", label=pgettext_lazy("office", "Order"), is_extra=True),
        Column(key="state", label=_("State"), value=state_of, kind="pill", words=STATES, tones=TONES),
        Column(key="left", label=_("Not assigned"), value=_left, kind="money", says_label=True),
        Column(key="amount", label=_("Amount"), kind="money"),
    ),
    sorts={"received": "received_on"},
    default_sort="-received",
    url=lambda row: reverse("banking:payment", args=[row["id"]]),
    search=queries.payment_words,
    search_label=_("Reference, payer or order number"),
    filters=(
        Choice(
            key="state",
            label=_("State"),
            choices=(("unmatched", _("Not assigned")), ("settled", _("Assigned")), ("out", _("Paid out"))),
            narrow=queries.payments_in,
        ),
        Choice(key="method", label=_("Paid by"), choices=tuple(METHODS.items()), field="method"),
        Period(
            key="received",
            label_from=_("Received from"),
            label_until=_("Received until"),
            field="received_on",
        ),
    ),
    tabs=(
        Tab(label=_("All")),
        Tab(label=_("Not assigned"), query="state=unmatched", count="unmatched"),
        Tab(label=_("Paid out"), query="state=out"),
    ),
    counts=queries.tab_counts,
    template="banking/payments.html",
    empty_title=_("No payments yet"),
    empty_text=_("Record what arrives at the bank or in the till. Online payments come in by themselves."),
    empty_icon="banknote",
)

REFUNDS = Listing(
    page="banking.refunds",
    title=_("Refunds"),
    eyebrow=_("Accounting"),
    right="payments.read",
    rows=queries.refund_rows,
    columns=(
        Column(key="document", label=_("Credit from"), kind="link"),
        Column(key="asked_at", label=_("Asked for on"), kind="instant", sort="asked", is_muted=True),
        Column(key="customer", label=_("Customer"), is_wide=True),
        Column(key="asked_name", label=_("Asked for by"), is_muted=True),
        Column(key="decided_name", label=_("Decided by"), is_muted=True),
        Column(
            key="state",
            label=_("State"),
            value=refund_state_of,
            kind="pill",
            words=REFUND_STATES,
            tones=REFUND_TONES,
        ),
        Column(key="amount", label=_("Amount"), kind="money"),
    ),
    sorts={"asked": "asked_at"},
    default_sort="-asked",
    url=lambda row: reverse("banking:refund", args=[row["id"]]),
    filters=(
        Choice(
            key="state", label=_("State"), choices=tuple(REFUND_STATES.items()), narrow=queries.refunds_in
        ),
    ),
    tabs=(
        Tab(label=_("All")),
        Tab(label=_("Waits for approval"), query="state=asked", count="refunds"),
        Tab(label=_("Paid back"), query="state=paid"),
    ),
    counts=queries.tab_counts,
    empty_title=_("No refunds"),
    empty_text=_(
        "Where a customer has money left with us, open the payment or credit note and ask for a refund."
    ),
    empty_icon="hand-coins",
)

INTENTS = Listing(
    page="banking.online",
    title=_("Online payments"),
    eyebrow=_("Accounting"),
    right="payments.read",
    rows=queries.intent_rows,
    columns=(
        Column(key="order_number", label=pgettext_lazy("office", "Order"), kind="link"),
        Column(key="asked_at", label=_("Asked for on"), kind="instant", sort="asked", is_muted=True),
        Column(key="customer", label=_("Customer"), is_wide=True),
        Column(key="provider_reference", label=_("Number at the provider"), is_muted=True),
        Column(key="state", label=_("State"), kind="pill", words=INTENT_STATES, tones=INTENT_TONES),
        Column(key="error", label=_("Error"), is_extra=True),
        Column(key="amount", label=_("Amount"), kind="money"),
    ),
    sorts={"asked": "id"},
    default_sort="-asked",
    url=lambda row: reverse("orders:detail", args=[row["order_number"]]),
    filters=(Choice(key="state", label=_("State"), choices=tuple(INTENT_STATES.items()), field="state"),),
    template="banking/online.html",
    empty_title=_("Nobody has paid online yet"),
    empty_text=_("As soon as a customer chooses to pay online, it stands here."),
    empty_icon="credit-card",
)

MESSAGES = Listing(
    page="banking.messages",
    title=_("Messages of the provider"),
    eyebrow=_("Accounting"),
    right="payments.read",
    rows=queries.message_rows,
    columns=(
        Column(key="message_id", label=_("Message")),
        Column(key="received_at", label=_("Received on"), kind="instant", sort="received", is_muted=True),
        Column(key="provider", label=_("Provider"), is_muted=True),
        Column(
            key="verdict",
            label=_("Verdict"),
            value=lambda row: row["verdict"] or "",
            words=VERDICTS,
            is_wide=True,
        ),
        Column(key="handled_at", label=_("Looked at"), kind="instant"),
    ),
    sorts={"received": "id"},
    default_sort="-received",
    filters=(
        Choice(
            key="state",
            label=_("State"),
            choices=(("waiting", _("Not looked at yet")), ("handled", _("Looked at"))),
            narrow=queries.waiting,
        ),
    ),
    template="banking/online.html",
    empty_title=_("The provider has not written yet"),
    empty_text=_(
        "What the payment provider reports lands here, raw, and is checked before anybody believes it."
    ),
    empty_icon="mail",
)
