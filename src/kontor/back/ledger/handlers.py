from collections.abc import Sequence

from kontor.back.invoicing.events import CreditNoteIssued, InvoiceIssued
from kontor.back.ledger.actions import post_invoices, post_payments
from kontor.bridge.payments.events import PaymentRecorded
from kontor.kernel.actor.identity import the_house
from kontor.kernel.events.hearing import Heard, on


@on(InvoiceIssued, CreditNoteIssued)
def post_issued(heard: Sequence[Heard]) -> None:
    post_invoices(ids=[event.subject_id for event in heard], by=the_house(), at=heard[-1].at)


@on(PaymentRecorded)
def post_recorded(heard: Sequence[Heard]) -> None:
    post_payments(ids=[event.subject_id for event in heard], by=the_house(), at=heard[-1].at)
