"""The page of one invoice, put together: what is open on top, lines and taxes, corrections, what settled it."""

from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from kontor.back.invoicing import queries
from kontor.back.invoicing.models import Invoice
from kontor.back.invoicing.wording import STATES, TONES, state_of
from kontor.kernel.actor.identity import Actor
from kontor.kernel.money import Money
from kontor.kernel.ui import formats
from kontor.kernel.ui.shapes import SumRow


def invoice_context(invoice: Invoice, actor: Actor) -> dict[str, Any]:
    """Everything the template of one document asks for. Six statements."""
    standing = queries.standing_of(invoice)
    state = state_of(
        kind=invoice.kind,
        open_amount=standing.open_amount if standing else None,
        gross_amount=invoice.gross_amount,
        due_on=invoice.due_on,
        today=queries.today(),
    )
    lines = list(invoice.lines.order_by("position", "id"))
    corrections = queries.corrections_of(invoice) if invoice.kind == Invoice.Kind.INVOICE else []
    credited = -sum(note.gross_amount for note in corrections)
    return {
        "invoice": invoice,
        "is_credit": invoice.kind == Invoice.Kind.CREDIT_NOTE,
        "state": str(STATES[state]),
        "tone": TONES.get(state, "neutral"),
        "words": _words(invoice, state, standing),
        "standing": standing,
        "lines": lines,
        "sums": _sums(invoice),
        "total": Money(invoice.gross_amount, invoice.currency),
        "corrections": corrections,
        "may_credit": actor.has("invoicing.credit")
        and invoice.kind == Invoice.Kind.INVOICE
        and credited < invoice.gross_amount,
        "file": queries.file_state_of(invoice),
        "order_url": _url("orders:detail", invoice.order.number)
        if invoice.order and actor.has("orders.read")
        else "",
        "payment_url": _payment_url(invoice, state, actor),
        "item_url": _url("banking:of_item", str(standing.item_id))
        if standing and state == "credit" and actor.has("payments.read")
        else "",
        "entry_url": _url("ledger:of_document", invoice.kind, invoice.number)
        if actor.has("ledger.read")
        else "",
    }


def _sums(invoice: Invoice) -> list[SumRow]:
    rows = []
    for tax in invoice.taxes.order_by("-tax_rate"):
        facts = {"rate": formats.percent(tax.tax_rate)}
        rows.append(SumRow(_("Net at %(rate)s") % facts, Money(tax.net_amount, invoice.currency)))
        rows.append(SumRow(_("VAT %(rate)s") % facts, Money(tax.tax_amount, invoice.currency)))
    return rows


def _words(invoice: Invoice, state: str, standing: queries.Standing | None) -> str:
    amount = formats.money(abs(standing.open_amount), invoice.currency) if standing else ""
    facts = {"amount": amount, "day": formats.day(invoice.due_on)}
    if state == "posting":
        return _("The ledger posts this document in a moment.")
    if state == "settled":
        return _("Nothing of it is open.")
    if state == "credit":
        return _("%(amount)s of it are still to be settled with the customer or paid back.") % facts
    if state == "overdue":
        return _("%(amount)s are open and were due on %(day)s.") % facts
    return _("%(amount)s are open, due on %(day)s.") % facts


def _payment_url(invoice: Invoice, state: str, actor: Actor) -> str:
    if state not in ("open", "overdue") or not actor.has("payments.record"):
        return ""
    url = _url("banking:record")
    return f"{url}?document={invoice.number}" if url else ""


def _url(name: str, *parts: str) -> str:
    try:
        return reverse(name, args=parts)
    except NoReverseMatch:  # the room has no pages on this plane
        return ""
