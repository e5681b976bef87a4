from collections.abc import Sequence

from kontor.back.invoicing.events import ChargesCancelled, CreditNoteIssued, InvoiceIssued
from kontor.back.ledger.actions import post_invoices, post_payments
from kontor.back.ledger.matching import note_free_orders
from kontor.bridge.payments.events import PaymentRecorded
from kontor.kernel.actor.identity import the_house
from kontor.kernel.events.hearing import Heard, on


@on(InvoiceIssued, CreditNoteIssued)
def post_issued(heard: Sequence[Heard]) -> None:
    post_invoices(ids=[event.subject_id for event in heard], by=the_house(), at=heard[-1].at)


@on(ChargesCancelled)
def note_cancelled(heard: Sequence[Heard]) -> None:
    note_free_orders(ids=[event.subject_id for event in heard], by=the_house(), at=heard[-1].at)


@on(PaymentRecorded)
def post_recorded(heard: Sequence[Heard]) -> None:
    post_payments(ids=[event.subject_id for event in heard], by=the_house(), at=heard[-1].at)
