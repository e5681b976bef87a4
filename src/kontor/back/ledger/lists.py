"""The lists of the books: journal, journal lines, open items."""

from collections.abc import Mapping
from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kontor.back.ledger import queries
from kontor.kernel.ui.listing.declaring import Choice, Column, Listing, Period, Tab

SOURCES = {
    "invoice": _("Invoice"),
    "credit_note": _("Credit note"),
    "payment": _("Payment"),
}

ENTRIES = Listing(
    page="ledger.journal",
    title=_("Journal"),
    eyebrow=_("Accounting"),
    right="ledger.read",
    rows=queries.entry_rows,
    columns=(
        Column(key="number", label=_("Entry"), kind="link", sort="number"),
        Column(key="booked_on", label=_("Date"), kind="day", sort="booked"),
        Column(key="source", label=_("Kind"), words=SOURCES, is_muted=True),
        Column(key="document_number", label=pgettext_lazy("office", "Document")),
        Column(key="text", label=_("Text"), is_wide=True, is_extra=True),
        Column(key="actor_name", label=_("Posted by"), is_muted=True, is_extra=True),
        Column(key="posted_at", label=_("Posted at"), kind="instant", is_extra=True),
        Column(key="total", label=_("Amount"), kind="money"),
    ),
    sorts={"number": "number", "booked": "booked_on"},
    tie="number",
    default_sort="-number",
    url=lambda row: reverse("ledger:entry", args=[row["number"]]),
    search=queries.entry_words,
    search_label=_("Entry, document or text"),
    filters=(
        Choice(key="source", label=_("Kind"), choices=tuple(SOURCES.items()), field="source"),
        Period(key="booked", label_from=_("Booked from"), label_until=_("Booked until"), field="booked_on"),
    ),
    template="ledger/journal.html",
    empty_title=_("Nothing is posted yet"),
    empty_text=_(
        "Invoices, credit notes and payments are posted by themselves; each entry stands here for good."
    ),
    empty_icon="book-open",
)


def _debit(row: Mapping[str, Any]) -> Any:
    return row["amount"] if row["amount"] > 0 else None


def _credit(row: Mapping[str, Any]) -> Any:
    return -row["amount"] if row["amount"] < 0 else None


LINES = Listing(
    page="ledger.lines",
    title=_("Journal, line by line"),
    eyebrow=_("Accounting"),
    right="ledger.read",
    rows=queries.line_rows,
    columns=(
        Column(key="entry_number", label=_("Entry"), kind="link", sort="posted"),
        Column(key="booked_on", label=_("Date"), kind="day"),
        Column(key="document_number", label=pgettext_lazy("office", "Document")),
        Column(key="account_id", label=_("Account")),
        Column(key="account_name", label=_("Name of the account"), is_wide=True),
        Column(key="debit", label=_("Debit"), value=_debit, kind="money", says_label=True),
        Column(
            key="credit",
            label=pgettext_lazy("ledger", "Credit"),
            value=_credit,
            kind="money",
            says_label=True,
        ),
        Column(key="tax_rate", label=_("Tax rate"), kind="quantity", is_extra=True),
        Column(key="text", label=_("Text"), is_extra=True),
    ),
    sorts={"posted": "id"},
    default_sort="-posted",
    url=lambda row: reverse("ledger:entry", args=[row["entry_number"]]),
    filters=(
        Choice(key="account", label=_("Account"), choices=queries.accounts, narrow=queries.on_account),
        Period(
            key="booked", label_from=_("Booked from"), label_until=_("Booked until"), field="entry__booked_on"
        ),
    ),
    empty_title=_("Nothing is posted yet"),
    empty_text=_(
        "Invoices, credit notes and payments are posted by themselves; each entry stands here for good."
    ),
    empty_icon="book-open",
)


def _item_url(row: Mapping[str, Any]) -> str:
    name, argument = "invoicing:detail", row["document_number"]
    if row["source"] == "payment":
        name, argument = "banking:of_item", str(row["id"])
    try:
        return reverse(name, args=[argument])
    except NoReverseMatch:  # the room has no pages on this plane, or the number is none
        return ""


def _due(row: Mapping[str, Any]) -> str:
    if row["open_amount"] < 0:
        return "credit"
    return "overdue" if row["due_on"] < queries.today() else "open"


STATES = {"open": _("Open"), "overdue": _("Overdue"), "credit": _("Credit")}

OPEN_ITEMS = Listing(
    page="ledger.open",
    title=_("Open items"),
    eyebrow=_("Accounting"),
    right="ledger.read",
    rows=queries.open_item_rows,
    columns=(
        Column(key="document_number", label=pgettext_lazy("office", "Document"), kind="link"),
        # The state says what is a credit; on a tablet the amounts need the room.
        Column(key="source", label=_("Kind"), words=SOURCES, is_muted=True, is_extra=True),
        Column(key="party", label=_("Customer"), is_wide=True),
        Column(key="booked_on", label=_("Date"), kind="day", is_muted=True),
        Column(key="due_on", label=_("Due on"), kind="day", sort="due", says_label=True),
        Column(
            key="state",
            label=_("State"),
            value=_due,
            kind="pill",
            words=STATES,
            tones={"open": "warn", "overdue": "bad"},
        ),
        Column(key="amount", label=_("Amount"), kind="money", is_extra=True),
        Column(key="open_amount", label=_("Still open"), kind="money"),
    ),
    sorts={"due": "due_on"},
    default_sort="due",
    url=_item_url,
    search=queries.item_words,
    search_label=_("Document or customer"),
    filters=(
        Choice(key="kind", label=_("Kind"), choices=tuple(SOURCES.items()), field="source"),
        Choice(key="state", label=_("State"), choices=tuple(STATES.items()), narrow=queries.open_in),
        Period(key="due", label_from=_("Due from"), label_until=_("Due until"), field="due_on"),
    ),
    tabs=(
        Tab(label=_("All")),
        Tab(label=_("Owed to us"), query="state=open"),
        Tab(label=_("Overdue"), query="state=overdue"),
        Tab(label=_("Credits"), query="state=credit"),
    ),
    template="ledger/open_items.html",
    empty_title=_("Nothing is open"),
    empty_text=_("Every document is settled. What is billed and not paid yet stands here."),
    empty_icon="circle-check",
)
