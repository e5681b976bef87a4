"""Crediting what was billed: by hand, after a cancellation, after a return. Never more than was billed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid5

from django.utils.functional import Promise as LazyText
from django.utils.translation import gettext, gettext_lazy, override

from kontor.back.invoicing import errors, events
from kontor.back.invoicing.actions import insert_credit_notes
from kontor.back.invoicing.crediting import CreditLine, NewCreditNote
from kontor.kernel.actor.identity import Actor
from kontor.kernel.events.emitting import emit
from kontor.kernel.money import round_half_up
from kontor.kernel.sql import Statements
from kontor.kernel.transactions import in_transaction, transaction
from kontor.kernel.ui.formats import quantity as quantity_text

_sql = Statements(__package__)
_CAME_BACK = gettext_lazy("Goods were returned.")
_REST_CANCELLED = gettext_lazy("The rest of the order was cancelled.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Returned:
    """What came back of an order: quantities by order line; ``key`` is the return's own id."""

    key: UUID
    order_id: UUID
    quantities: Mapping[UUID, Decimal]


@transaction
def credit_invoice(
    *,
    invoice_id: UUID,
    quantities: Mapping[int, Decimal],
    reason: str,
    key: UUID,
    issued_on: date,
    by: Actor,
    at: datetime,
) -> UUID | None:
    """Credit chosen quantities of an invoice (by the id of its line); returns the credit note, None for a repeat.

    Reduces the receivable, or becomes a credit of the customer where it was paid. Safe to repeat: a key counts once.

    Raises:
        NotAllowed: ``by`` lacks the right ``invoicing.credit``.
        NotAnInvoice: there is no such invoice.
        NothingToCredit: no line was chosen.
        MoreThanBilled: more would be credited than was billed and not credited yet.
    """
    by.require("invoicing.credit")
    _sql.rows("lock_charges_of_invoices", ids=[invoice_id])
    if _sql.rows("invoices_by_key", keys=[key]):
        return None
    rows = _sql.rows("creditable", ids=[invoice_id])
    if not rows:
        raise errors.NotAnInvoice(number=str(invoice_id))
    chosen = [(row, quantities[row.id]) for row in rows if quantities.get(row.id)]
    if not chosen:
        raise errors.NothingToCredit
    for row, quantity in chosen:
        if not 0 < quantity <= row.quantity:
            raise errors.MoreThanBilled(
                name=row.name, billed=quantity_text(row.billed), left=quantity_text(row.quantity)
            )
    note = _note(chosen, key=key, reason=reason, issued_on=issued_on)
    (note_id,) = insert_credit_notes([note], by=by, at=at)
    return note_id


@transaction
def credit_cancelled(*, orders: Sequence[UUID], issued_on: date, by: Actor, at: datetime) -> list[UUID]:
    """Credit what was billed ahead of cancelled orders, and let nothing more be billed of them.

    Reduces receivables; what was paid becomes a credit. Safe to repeat: each invoice is credited once for it.

    Raises:
        NotAllowed: ``by`` lacks the right ``invoicing.credit``.
    """
    by.require("invoicing.credit")
    _sql.execute("cancel_charges", orders=list(orders))
    languages, rows = _creditable_of(orders)
    notes = []
    for invoice_id, lines in rows.items():
        left = [(row, row.quantity) for row in lines if row.quantity > 0]
        if left:
            with override(languages[invoice_id]):
                reason = gettext("The order was cancelled.")
            notes.append(_note(left, key=uuid5(invoice_id, "cancelled"), reason=reason, issued_on=issued_on))
    return insert_credit_notes(notes, by=by, at=at) if notes else []


@transaction
def credit_returned(*, returns: Sequence[Returned], issued_on: date, by: Actor, at: datetime) -> list[UUID]:
    """Credit what came back, from the oldest invoice on; what was not billed, or credited by hand, is not credited.

    Reduces receivables; what was paid becomes a credit. Safe to repeat: a return is credited once per invoice.

    Raises:
        NotAllowed: ``by`` lacks the right ``invoicing.credit``.
    """
    by.require("invoicing.credit")
    languages, rows = _creditable_of([back.order_id for back in returns])
    notes = _notes_for(returns, rows, languages, reason=_CAME_BACK, issued_on=issued_on)
    return insert_credit_notes(notes, by=by, at=at) if notes else []


@transaction
def credit_rests(*, orders: Sequence[UUID], issued_on: date, by: Actor, at: datetime) -> list[UUID]:
    """Let nothing more be billed of the cancelled rest of orders; credit what of it was billed ahead.

    Takes from the newest invoice first. Reduces receivables; what was paid becomes a credit. What was delivered stays
    billed, or is billed when invoicing hears of it. Safe to repeat: an order's rest is credited once.

    Raises:
        NotAllowed: ``by`` lacks the right ``invoicing.credit``.
    """
    by.require("invoicing.credit")
    _sql.rows("lock_charges_of_orders", orders=list(orders))
    charges = _sql.rows("cancel_rest_charges", orders=list(orders))
    changed = {row.order_id: row.number for row in charges if row.is_changed}
    emit(
        [
            events.ChargesCancelled(subject=number, subject_id=order_id)
            for order_id, number in changed.items()
        ],
        by=by,
        at=at,
    )
    billed: dict[UUID, dict[UUID, Decimal]] = {}
    for row in charges:
        if row.billed > 0:
            billed.setdefault(row.order_id, {})[row.order_line_id] = row.billed
    if not billed:
        return []
    rests = [
        Returned(key=uuid5(order_id, "rest cancelled"), order_id=order_id, quantities=quantities)
        for order_id, quantities in billed.items()
    ]
    languages, rows = _creditable_of(list(billed))
    newest_first = dict(reversed(rows.items()))
    notes = _notes_for(rests, newest_first, languages, reason=_REST_CANCELLED, issued_on=issued_on)
    return insert_credit_notes(notes, by=by, at=at) if notes else []


@in_transaction
def _notes_for(
    backs: Sequence[Returned],
    rows: Mapping[UUID, list[Any]],
    languages: Mapping[UUID, str],
    *,
    reason: LazyText,
    issued_on: date,
) -> list[NewCreditNote]:
    """Notes over what came back, or was cancelled, invoice by invoice; none for what was credited before."""
    keys = {uuid5(back.key, str(invoice_id)): back.key for back in backs for invoice_id in rows}
    done = {keys[row.key] for row in _sql.rows("invoices_by_key", keys=list(keys))} if keys else set()
    notes = []
    for back in backs:
        left = dict(back.quantities) if back.key not in done else {}
        for invoice_id, lines in rows.items():
            taken = _take(lines, left) if lines[0].order_id == back.order_id else []
            if taken:
                with override(languages[invoice_id]):
                    words = str(reason)
                key = uuid5(back.key, str(invoice_id))
                notes.append(_note(taken, key=key, reason=words, issued_on=issued_on))
    return notes


def _take(lines: list[Any], left: dict[UUID, Decimal]) -> list[tuple[Any, Decimal]]:
    """What of these invoice lines ``left`` (by order line) takes; both shrink by it."""
    taken = []
    for place, row in enumerate(lines):
        quantity = min(row.quantity, left.get(row.order_line_id, Decimal(0)))
        if quantity > 0:
            taken.append((row, quantity))
            left[row.order_line_id] -= quantity
            lines[place] = row._replace(
                quantity=row.quantity - quantity, gross_amount=row.gross_amount - _gross(row, quantity)
            )
    return taken


def _creditable_of(orders: Sequence[UUID]) -> tuple[dict[UUID, str], dict[UUID, list[Any]]]:
    """The language of each invoice of the orders, and its lines with what is left to credit, locked."""
    languages = {row.id: row.language for row in _sql.rows("invoices_of_orders", orders=list(orders))}
    if not languages:
        return {}, {}
    _sql.rows("lock_charges_of_invoices", ids=list(languages))
    rows: dict[UUID, list[Any]] = {}
    for row in _sql.rows("creditable", ids=list(languages)):
        rows.setdefault(row.invoice_id, []).append(row)
    return languages, rows


def _note(chosen: Sequence[tuple[Any, Decimal]], *, key: UUID, reason: str, issued_on: date) -> NewCreditNote:
    first = chosen[0][0]
    return NewCreditNote(
        key=key,
        party_id=first.party_id,
        issued_on=issued_on,
        currency=first.currency,
        order_id=first.order_id,
        refers_to_id=first.invoice_id,
        reason=reason,
        lines=[
            CreditLine(
                number=row.number,
                name=row.name,
                quantity=quantity,
                unit=row.unit,
                unit_price=row.unit_price,
                gross_amount=_gross(row, quantity),
                tax_code=row.tax_code,
                tax_rate=row.tax_rate,
                charge_id=row.charge_id,
            )
            for row, quantity in chosen
        ],
    )


def _gross(row: Any, quantity: Decimal) -> Decimal:
    """The rest of a line takes the rest of its amount, so that nothing of a cent stays behind."""
    if quantity == row.quantity:
        return Decimal(row.gross_amount)
    return min(round_half_up(row.unit_price * quantity), Decimal(row.gross_amount))
