"""What the counter hears and tells customers by mail. Each handler calls one action."""

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from django.utils import timezone

from kontor.bridge.cases.events import CaseClosed, CaseOpened, CaseWrittenTo
from kontor.bridge.documents.events import DocumentReady
from kontor.bridge.orders.events import (
    OrderCancelled,
    OrderConfirmed,
    OrderRestCancelled,
    PaymentReminded,
    PromiseDateMoved,
)
from kontor.bridge.parties.events import LoginRequested
from kontor.bridge.voice.events import AnswerGiven, StillBroken
from kontor.front.care.answers.replying import note_replies
from kontor.front.care.answers.telling import tell_answers
from kontor.front.care.events import CaseAnswered, ConfirmationAsked
from kontor.front.care.mailing.moving import tell_when_settled
from kontor.front.care.mailing.resending import send_again
from kontor.front.care.mailing.sending import (
    answer_login_requests,
    ask_for_confirmations,
    send_cancellations,
    send_documents,
    send_reminders,
    send_rest_cancellations,
)
from kontor.front.care.matters.receiving import hear_again, receive_cases
from kontor.front.care.matters.telling import send_replies, tell_closed
from kontor.kernel.actor.identity import the_house
from kontor.kernel.events.hearing import Heard, on

# Older news is none: an import or a demo tells nobody about the past.
TOLD_WITHIN = timedelta(days=14)


@on(OrderConfirmed)
def confirm_to_customers(heard: Sequence[Heard]) -> None:
    """Confirm orders by mail."""
    fresh = _fresh(heard)
    if fresh:
        ask_for_confirmations([event.subject_id for event in fresh])


@on(OrderCancelled)
def tell_cancelled(heard: Sequence[Heard]) -> None:
    """Tell customers whose orders were cancelled."""
    fresh = _fresh(heard)
    if fresh:
        send_cancellations(ids=[event.subject_id for event in fresh], by=the_house(), at=timezone.now())


@on(PaymentReminded)
def remind_of_payment(heard: Sequence[Heard]) -> None:
    """Remind customers of orders that wait for their money."""
    fresh = _fresh(heard)
    if fresh:
        send_reminders(ids=[event.subject_id for event in fresh], by=the_house(), at=timezone.now())


@on(OrderRestCancelled)
def tell_rest_cancelled(heard: Sequence[Heard]) -> None:
    """Tell customers what of their orders will not be sent any more."""
    fresh = _fresh(heard)
    if fresh:
        send_rest_cancellations(ids=[event.subject_id for event in fresh], by=the_house(), at=timezone.now())


@on(PromiseDateMoved)
def tell_moved(heard: Sequence[Heard]) -> None:
    """Tell customers whose orders come on another day, once it has stood for a minute."""
    fresh = _fresh(heard)
    if fresh:
        tell_when_settled(ids=[event.subject_id for event in fresh], at=timezone.now())


@on(DocumentReady)
def mail_documents(heard: Sequence[Heard]) -> None:
    """Mail invoices and credit notes as soon as they are printed and checked."""
    ids = [event.subject_id for event in heard if event.fact["kind"] in ("invoice", "credit_note")]
    if ids:
        now = timezone.now()
        send_documents(ids=ids, issued_since=now - TOLD_WITHIN, by=the_house(), at=now)


@on(ConfirmationAsked)
def confirm_again(heard: Sequence[Heard]) -> None:
    """Mail confirmations once more."""
    asked = [(event.subject_id, str(event.fact["key"])) for event in heard]
    send_again(asked=asked, by=the_house(), at=timezone.now())


@on(LoginRequested)
def answer_visitors(heard: Sequence[Heard]) -> None:
    """Mail links to who asked for an account or a new password."""
    answer_login_requests(ids=[event.subject_id for event in heard], by=the_house(), at=timezone.now())


@on(CaseOpened)
def receive_matters(heard: Sequence[Heard]) -> None:
    """Receive what customers bring."""
    receive_cases(ids=[event.subject_id for event in heard], by=the_house(), at=timezone.now())


@on(CaseWrittenTo)
def hear_customers_again(heard: Sequence[Heard]) -> None:
    """Open again what customers wrote about once more."""
    ids = [UUID(text) for event in heard if (text := str(event.fact.get("interaction", ""))) and _is_id(text)]
    hear_again(interactions=ids, by=the_house(), at=timezone.now())


@on(CaseAnswered)
def mail_answers(heard: Sequence[Heard]) -> None:
    """Mail what clerks answered."""
    send_replies(
        ids=[UUID(str(event.fact["interaction"])) for event in heard], by=the_house(), at=timezone.now()
    )


@on(CaseClosed)
def tell_settled(heard: Sequence[Heard]) -> None:
    """Tell customers that their matters are settled, and ask how it was."""
    tell_closed(ids=[event.subject_id for event in heard], by=the_house(), at=timezone.now())


@on(AnswerGiven)
def tell_of_answers(heard: Sequence[Heard]) -> None:
    """Everyone behind an answered problem or wish is told, each once."""
    tell_answers(answers=[event.subject_id for event in heard], by=the_house(), at=timezone.now())


@on(StillBroken)
def note_still_broken(heard: Sequence[Heard]) -> None:
    """What a customer says to an answer goes into their matter."""
    note_replies(replies=[event.subject_id for event in heard], by=the_house(), at=timezone.now())


def _is_id(text: str) -> bool:
    """Whether a fact that the public stated holds an id at all."""
    try:
        UUID(text)
    except ValueError:
        return False
    return True


def _fresh(heard: Sequence[Heard]) -> list[Heard]:
    since = timezone.now() - TOLD_WITHIN
    return [event for event in heard if event.at >= since]
