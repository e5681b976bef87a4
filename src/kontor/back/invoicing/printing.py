"""Printing invoices and credit notes: a job of the worker. What breaks an official rule is not sent but looked at."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from uuid import UUID

import structlog
from django.tasks import task
from django.utils import timezone
from django.utils.translation import override, pgettext

from kontor.back.invoicing.models import Invoice
from kontor.back.invoicing.queries import documents_to_print, paid_before, party_with_address, to_print
from kontor.bridge.documents.actions import PRESS, NewDocument, store_documents
from kontor.bridge.documents.composing import gross_line, language_of, parties_of, tax_sum
from kontor.bridge.documents.queries import seller_of
from kontor.bridge.documents.rendering.papers import Address, Buyer, InvoicePaper, Language, PaymentMeans
from kontor.bridge.documents.rendering.violation import Violation
from kontor.kernel.actor.identity import Actor, the_house
from kontor.kernel.tasks.actions import NewTask, open_tasks
from kontor.kernel.transactions import transaction

_log = structlog.get_logger(__name__)
_NOTHING = Decimal("0.00")
_MEANS: dict[str, PaymentMeans] = {"invoice": "transfer", "prepayment": "prepaid", "provider": "provider"}


@task
def print_invoices(ids: list[str], asked_for: bool = False) -> None:
    """The job: print what has no file yet. Repeating prints only what is missing."""
    print_documents(ids=[UUID(text) for text in ids], asked_for=asked_for, by=the_house(), at=timezone.now())


@transaction
def ask_to_print(*, ids: Sequence[UUID], asked_for: bool = False) -> None:
    """Let the worker print these documents soon. Moves no money. Safe to repeat: a file is made once."""
    print_invoices.enqueue([str(invoice_id) for invoice_id in ids], asked_for)


def print_documents(*, ids: Sequence[UUID], asked_for: bool, by: Actor, at: datetime) -> list[str]:
    """Print, check and store the documents that have no file, one after the other; returns their numbers.

    Runs outside any transaction; each file is stored in one of its own. Moves no money. Safe to repeat.

    Raises:
        PressFailedError: a paper could not be printed; the ones before it stand, the job is tried again.
    """
    waiting = to_print(ids, asked_for=asked_for)
    paid = paid_before(waiting)
    printed_numbers = []
    for invoice in documents_to_print(waiting):
        paper = paper_of(invoice, paid_amount=paid.get(invoice.id, _NOTHING))
        printed = PRESS.printed(paper)
        if printed.violations:
            _keep_back(invoice, printed.violations)
            continue
        document = NewDocument(
            kind=invoice.kind,
            number=invoice.number,
            party_id=invoice.party_id,
            subject_id=invoice.order_id or invoice.id,
            issued_at=invoice.issued_at,
            paper=paper,
            content=printed.pdf,
            name=f"{invoice.number}.pdf",
        )
        store_documents(documents=[document], by=by, at=at)
        printed_numbers.append(invoice.number)
    return printed_numbers


@transaction
def _keep_back(invoice: Invoice, violations: Sequence[Violation]) -> None:
    """A document that breaks a rule is looked at by accounting; nobody gets it."""
    _log.warning("invoice breaks rules", number=invoice.number, rules=[found.rule for found in violations])
    open_tasks(
        [
            NewTask(
                key=f"invoicing.violations:{invoice.id}",
                kind="invoicing.violations",
                department="accounting",
                subject=invoice.number,
                subject_id=invoice.id,
                detail={"violations": [found._asdict() for found in violations[:20]]},
            )
        ]
    )


def paper_of(invoice: Invoice, *, paid_amount: Decimal = _NOTHING) -> InvoicePaper:
    """The paper of an issued document, from rows that are never changed. Credit notes carry positive amounts."""
    order = invoice.order
    language = language_of(order.language if order else "de")
    buyer, ship_to = _parties(invoice)
    is_credit = invoice.kind == Invoice.Kind.CREDIT_NOTE
    paper = InvoicePaper(
        number=invoice.number,
        kind="credit_note" if is_credit else "invoice",
        issued_on=invoice.issued_on,
        delivered_on=invoice.delivered_on,
        due_on=None if is_credit else invoice.due_on,
        currency=invoice.currency,
        language=language,
        seller=seller_of(invoice.house),
        buyer=buyer,
        ship_to=ship_to,
        lines=tuple(
            gross_line(line, net_amount=line.net_amount)
            for line in sorted(invoice.lines.all(), key=lambda line: (line.position, line.id))
        ),
        taxes=tuple(
            tax_sum(
                tax_code=tax.tax_code,
                rate=tax.tax_rate,
                net_amount=tax.net_amount,
                tax_amount=tax.tax_amount,
                language=language,
            )
            for tax in sorted(invoice.taxes.all(), key=lambda tax: -tax.tax_rate)
        ),
        net_amount=invoice.net_amount,
        tax_amount=invoice.tax_amount,
        gross_amount=invoice.gross_amount,
        order_number=order.number if order else "",
        order_on=order.placed_at.date() if order else None,
        refers_to=(invoice.refers_to.number, invoice.refers_to.issued_on) if invoice.refers_to else None,
        paid_amount=paid_amount,
        payment_terms=_terms(invoice, paid_amount, language),
        payment_means=_MEANS.get(order.payment_method, "transfer") if order else "transfer",
        notes=_notes(invoice, language),
    )
    return paper.mirrored() if is_credit else paper


def _parties(invoice: Invoice) -> tuple[Buyer, Address | None]:
    """Who is billed, and where the goods went if that is elsewhere."""
    order = invoice.order
    if order is None:
        party, address = party_with_address(invoice.party_id)
        name = address.name if address else party.name if party else ""
        number = party.number if party else ""
        if address is None:
            return Buyer(name=name, number=number), None
        return (
            Buyer(
                name=name,
                extra_line=address.extra,
                street=address.street,
                postal_code=address.postal_code,
                city=address.city,
                country=address.country,
                number=number,
            ),
            None,
        )
    return parties_of(order, vat_id=order.party.vat_id, number=order.party.number)


def _terms(invoice: Invoice, paid_amount: Decimal, language: Language) -> str:
    """How an invoice that is issued before delivery is to be paid; empty: the paper's own sentence."""
    order = invoice.order
    if order is None or invoice.kind != Invoice.Kind.INVOICE or paid_amount >= invoice.gross_amount:
        return ""
    with override(language):
        if order.payment_method == "prepayment":
            return pgettext(
                "paper",
                "Please transfer the amount to the account below. We deliver as soon as it has arrived.",
            )
        if order.payment_method == "provider":
            return pgettext("paper", "You pay this amount online, as chosen with your order.")
    return ""


def _notes(invoice: Invoice, language: Language) -> tuple[str, ...]:
    if not invoice.reason:
        return ()
    with override(language):
        return (pgettext("paper", "Reason: %(reason)s") % {"reason": invoice.reason},)
