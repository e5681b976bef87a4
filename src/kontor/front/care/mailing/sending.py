"""Sending the mails of the house: jobs and actions of the worker. Every cause is told once (the mail's key)."""

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from urllib.parse import quote
from uuid import UUID

from django.conf import settings
from django.tasks import task
from django.utils import timezone

from kontor.bridge.documents.actions import PRESS, NewDocument, keep_documents
from kontor.bridge.documents.rendering.girocode import NotPayableByGiroCodeError, girocode_png
from kontor.bridge.parties.links import LoginAsked, answer_login_request, login_requests, make_links
from kontor.bridge.parties.queries import current_house
from kontor.front.care.mailing import wording
from kontor.front.care.mailing.papers import confirmation_paper
from kontor.front.care.mailing.queries import (
    House,
    Order,
    conditions_of,
    documents_to_mail,
    orders_to_remind,
    orders_to_tell,
    told,
)
from kontor.front.site.queries import small_print
from kontor.kernel.actor.identity import Actor, the_house
from kontor.kernel.tasks.mail import MailFile, NewMail, queue_mail
from kontor.kernel.transactions import transaction


@task
def confirm_by_mail(ids: list[str]) -> None:
    """The job: confirm these orders to their customers. Repeating tells nobody twice."""
    send_confirmations(ids=[UUID(text) for text in ids], by=the_house(), at=timezone.now())


@transaction
def ask_for_confirmations(ids: Sequence[UUID]) -> None:
    """Let the worker confirm these orders by mail soon. Safe to repeat."""
    confirm_by_mail.enqueue([str(order_id) for order_id in ids])


def send_confirmations(*, ids: Sequence[UUID], by: Actor, at: datetime) -> int:
    """Print the confirmation of each order and mail it with a link to the order; returns how many were told.

    Moves no money. Prints outside any transaction. Safe to repeat: an order is confirmed by mail once.

    Raises:
        PressFailedError: a confirmation could not be printed; the job is tried again.
    """
    known = told(_confirmed(order_id) for order_id in ids)
    # Who has cancelled meanwhile is told that, and not asked for money.
    orders = [
        order
        for order in orders_to_tell(ids)
        if _confirmed(order.id) not in known and order.state != Order.State.CANCELLED
    ]
    if not orders:
        return 0
    house = current_house()
    agreed = small_print([order.id for order in orders])
    waiting = conditions_of(orders, at=at)
    for order in orders:
        paper = confirmation_paper(order, house)
        document = NewDocument(
            kind="confirmation",
            number=order.number,
            party_id=order.party_id,
            subject_id=order.id,
            issued_at=order.confirmed_at or order.placed_at,
            paper=paper,
            content=PRESS.printed(paper).pdf,
            name=f"{order.number}.pdf",
        )
        words = partial(
            wording.confirmation, order, house, waits=waiting.get(order.id), small_print=agreed[order.id]
        )
        _confirm(order, document, words=words, by=by, at=at)
    return len(orders)


@transaction
def _confirm(
    order: Order, document: NewDocument, *, words: Callable[..., wording.Letter], by: Actor, at: datetime
) -> None:
    (token,) = make_links([order.party_id], at=at)
    keep_documents([document], by=by, at=at)
    letter = words(link=f"{settings.PUBLIC_URL}/o/{token}/{quote(order.number)}/")
    queue_mail(
        NewMail(
            key=_confirmed(order.id),
            recipient=order.email,
            subject=letter.subject,
            text=letter.text,
            attachment_name=document.name,
            attachment_type=document.media_type,
            attachment=document.content,
        )
    )


@transaction
def send_cancellations(*, ids: Sequence[UUID], by: Actor, at: datetime) -> None:
    """Tell customers that their orders are cancelled. Moves no money. Safe to repeat."""
    orders = orders_to_tell(ids)
    house = current_house() if orders else None
    for order in orders:
        if house is not None:
            letter = wording.cancellation(order, house)
            queue_mail(
                NewMail(
                    key=f"orders.cancelled:{order.id}",
                    recipient=order.email,
                    subject=letter.subject,
                    text=letter.text,
                )
            )


@transaction
def send_reminders(*, ids: Sequence[UUID], by: Actor, at: datetime) -> None:
    """Remind customers of orders that wait for their money, with all it takes to transfer it.

    Moves no money. Safe to repeat: an order is reminded once; who has paid or cancelled meanwhile is not.
    """
    orders = orders_to_remind(ids)
    house = current_house() if orders else None
    tokens = make_links([order.party_id for order in orders], at=at) if orders else []
    for order, token in zip(orders, tokens, strict=True):
        if house is not None:
            link = f"{settings.PUBLIC_URL}/o/{token}/{quote(order.number)}/"
            code = _girocode(order, house)
            letter = wording.reminder(order, house, link=link, has_code=bool(code))
            queue_mail(
                NewMail(
                    key=f"orders.reminded:{order.id}",
                    recipient=order.email,
                    subject=letter.subject,
                    text=letter.text,
                    files=code,
                )
            )


def _girocode(order: Order, house: House) -> list[MailFile]:
    try:
        picture = girocode_png(
            name=house.name,
            iban=house.iban,
            bic=house.bic,
            amount=order.gross_amount,
            remittance=order.number,
            currency=order.currency,
        )
    except NotPayableByGiroCodeError:
        return []
    return [MailFile(f"GiroCode-{order.number}.png", "image/png", picture)]


@transaction
def send_rest_cancellations(*, ids: Sequence[UUID], by: Actor, at: datetime) -> None:
    """Tell customers that the rest of their orders is cancelled. Moves no money. Safe to repeat: told once."""
    orders = orders_to_tell(ids)
    house = current_house() if orders else None
    for order in orders:
        if house is not None:
            letter = wording.rest_cancelled(order, house)
            queue_mail(
                NewMail(
                    key=f"orders.rest_cancelled:{order.id}",
                    recipient=order.email,
                    subject=letter.subject,
                    text=letter.text,
                )
            )


@transaction
def send_documents(*, ids: Sequence[UUID], issued_since: datetime, by: Actor, at: datetime) -> None:
    """Mail invoices and credit notes issued since then. Moves no money. Safe to repeat."""
    papers = documents_to_mail(ids, issued_since=issued_since)
    house = current_house() if papers else None
    for paper in papers:
        if house is not None:
            letter = wording.document(paper, house)
            file = paper.document.file
            queue_mail(
                NewMail(
                    key=f"documents.ready:{paper.document.id}",
                    recipient=paper.email,
                    subject=letter.subject,
                    text=letter.text,
                    attachment_name=file.name,
                    attachment_type=file.media_type,
                    attachment=bytes(file.content),
                )
            )


@transaction
def answer_login_requests(*, ids: Sequence[UUID], by: Actor, at: datetime) -> None:
    """Mail what visitors asked for: the link that opens their account, or sets a new password.

    Whether an e-mail has a login is told only to its owner: who asks for a new password without a login gets no
    mail, who signs up again is told so. Moves no money. Safe to repeat: a request is answered once.
    """
    asked = [request for request in login_requests(ids) if not request.is_answered]
    house = current_house() if asked else None
    for request in asked:
        if house is not None and (letter := _answer(request, house, at=at)) is not None:
            queue_mail(
                NewMail(
                    key=f"parties.login:{request.id}",
                    recipient=request.email,
                    subject=letter.subject,
                    text=letter.text,
                )
            )


def _answer(request: LoginAsked, house: House, *, at: datetime) -> wording.Letter | None:
    who = wording.Who(request.name, request.language, house)
    account = f"{settings.PUBLIC_URL}/account"
    if request.kind == "reset":
        token = answer_login_request(request.id, at=at) if request.has_login else None
        return wording.reset(who, link=f"{account}/reset/{token}/") if token else None
    if request.has_login:
        return wording.has_account(who, link=f"{account}/reset/")
    token = answer_login_request(request.id, at=at)
    return wording.sign_up(who, link=f"{account}/confirm/{token}/") if token else None


def _confirmed(order_id: UUID) -> str:
    return f"orders.confirmed:{order_id}"
