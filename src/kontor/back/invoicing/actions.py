"""Billing: invoices from charges, credit notes from what was billed. Gapless, frozen, repeatable by key."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from kontor.back.invoicing import events
from kontor.back.invoicing.billing import ToBill, ToBillLine
from kontor.back.invoicing.crediting import NewCreditNote, rows_of
from kontor.kernel.actor.identity import Actor
from kontor.kernel.events.emitting import emit
from kontor.kernel.sql import Statements
from kontor.kernel.transactions import in_transaction, transaction

_sql = Statements(__package__)


@transaction
def issue_invoices(
    *,
    orders: Sequence[ToBill],
    is_ahead: bool = False,
    lines: Sequence[ToBillLine] = (),
    by: Actor,
    at: datetime,
) -> list[UUID]:
    """Bill what has been delivered of the orders (``is_ahead``: all that is ordered) and not billed yet.

    ``lines`` bills exactly these quantities instead (of one order, as a rule). Creates receivables: the ledger posts
    them when it hears InvoiceIssued. Tax once per rate from the gross sum; the gapless number is drawn in the same
    statement (§ 14 (4) no. 4 UStG). Safe to repeat: a key that was billed and an order with nothing to bill give no
    invoice.

    Raises:
        NotAllowed: ``by`` lacks the right ``invoicing.issue``.
        MoreThanCharged: ``lines`` ask for more than is left to bill.
    """
    by.require("invoicing.issue")
    rows = _sql.rows(
        "issue",
        orders=[order.order_id for order in orders],
        keys=[order.key for order in orders],
        numbers=[order.number for order in orders],
        issued_on=[order.issued_on for order in orders],
        due_on=[order.due_on for order in orders],
        is_ahead=is_ahead or bool(lines),
        lines=[line.order_line_id for line in lines],
        quantities=[line.quantity for line in lines],
        at=at,
    )
    emit([events.InvoiceIssued(subject=row.number, subject_id=row.id) for row in rows], by=by, at=at)
    return [row.id for row in rows]


@transaction
def issue_credit_notes(*, notes: Sequence[NewCreditNote], by: Actor, at: datetime) -> list[UUID]:
    """Issue credit notes with the given lines (positive quantities; stored negative), unchecked against invoices.

    For imports: clerks and handlers use ``correcting``. Reduces receivables: the ledger posts them when it hears
    CreditNoteIssued. Safe to repeat: a key that stands already is left out.

    Raises:
        NotAllowed: ``by`` lacks the right ``invoicing.credit``.
    """
    by.require("invoicing.credit")
    return insert_credit_notes(notes, by=by, at=at)


@in_transaction
def insert_credit_notes(notes: Sequence[NewCreditNote], *, by: Actor, at: datetime) -> list[UUID]:
    """The part of crediting that other actions use. Numbers are drawn here, last. Safe to repeat."""
    known = {row.key for row in _sql.rows("invoices_by_key", keys=[note.key for note in notes])}
    new = [note for note in notes if note.key not in known]
    if not new:
        return []
    unnumbered = sum(note.number is None for note in new)
    numbers = iter(_draw(unnumbered)) if unnumbered else iter(())
    numbered = [(note, note.number if note.number is not None else next(numbers)) for note in new]
    heads, lines, taxes = rows_of(numbered, at=at)
    _sql.execute("insert_credit_notes", notes=heads, lines=lines, taxes=taxes)
    emit(
        [events.CreditNoteIssued(subject=number, subject_id=note.id) for note, number in numbered],
        by=by,
        at=at,
    )
    return [note.id for note in new]


def _draw(count: int) -> list[str]:
    row = _sql.one("draw_credit_numbers", count=count)
    if row is None:
        raise LookupError("The number range credit_note does not exist.")
    return [f"{row.prefix}{row.first + index:0{row.width}d}" for index in range(count)]
