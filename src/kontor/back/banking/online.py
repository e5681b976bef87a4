"""Online payments: asking the provider for a payment page, and believing its messages after checking them."""

import json
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

import structlog
from django.conf import settings
from django.utils import timezone

from kontor.bridge.parties.queries import current_house
from kontor.bridge.payments.actions import NewPayment, insert_payments
from kontor.bridge.payments.provider import Notice, Wish, believe, open_checkout
from kontor.kernel.actor.identity import Actor, the_house
from kontor.kernel.sql import Statements
from kontor.kernel.tasks.actions import NewTask, open_tasks
from kontor.kernel.transactions import transaction

_sql = Statements("kontor.bridge.payments")
_log = structlog.get_logger(__name__)


def open_intents(ids: Sequence[UUID]) -> None:
    """Ask the provider for a payment page for each intent, outside any transaction. Safe to repeat."""
    for intent in _sql.rows("intents_to_open", ids=list(ids)):
        wish = Wish(
            intent_id=intent.id,
            amount=intent.gross_amount,
            currency=intent.currency,
            order_number=intent.number,
            return_url=f"{settings.PUBLIC_URL}/orders/{intent.number}/",
            webhook_url=f"{settings.PUBLIC_URL}/webhooks/provider/",
            language=intent.language,
        )
        checkout = open_checkout(settings.PROVIDER_URL, settings.HOUSE.secret("provider"), wish)
        _note_opened(intent.id, checkout.url, checkout.reference)


@transaction
def _note_opened(intent_id: UUID, url: str, reference: str) -> None:
    _sql.execute("open_intent", id=intent_id, url=url, reference=reference)


@transaction
def handle_messages(*, by: Actor, at: datetime) -> int:
    """Check waiting webhooks; a paid one becomes a payment. Returns how many were handled. Safe to repeat.

    Moves money: the provider's account up, the receivable down. Late, doubled and out-of-order messages are
    harmless: a payment is recorded once per intent.
    """
    rows = _sql.rows("waiting_messages")
    for row in rows:
        headers = json.loads(row.headers)
        notice = (
            believe(settings.HOUSE.secret("provider"), headers, bytes(row.body), at=row.received_at)
            if isinstance(headers, dict)
            else "no headers"
        )
        verdict = notice if isinstance(notice, str) else _apply(notice, by=by, at=at)
        _sql.execute("message_handled", id=row.id, verdict=verdict)
        _log.info("provider message", verdict=verdict, message=row.message_id)
    return len(rows)


def sweep_messages() -> int:
    """For the worker's sweep: messages come in without an event, because their sender is nobody yet."""
    return handle_messages(by=the_house(), at=timezone.now())


def _apply(notice: Notice, *, by: Actor, at: datetime) -> str:
    intent = _sql.one("lock_intent", id=notice.intent_id)
    if intent is None:
        return "unknown intent"
    if notice.kind != "payment.paid":
        if intent.state != "paid":
            _sql.execute("set_intent_state", id=intent.id, state="failed")
        return notice.kind
    payment = NewPayment(
        key=uuid5(intent.id, "paid"),
        method="provider",
        amount=notice.amount,
        currency=notice.currency,
        received_on=at.astimezone(ZoneInfo(current_house().time_zone)).date(),
        reference=intent.number,
        payer=intent.billing_name,
        order_id=intent.order_id,
        party_id=intent.party_id,
    )
    insert_payments([payment], by=by, at=at)
    _sql.execute("set_intent_state", id=intent.id, state="paid")
    if intent.order_state == "cancelled":
        open_tasks(
            [
                NewTask(
                    key=f"payments.late:{intent.id}",
                    kind="payments.late",
                    department="accounting",
                    subject=intent.number,
                    subject_id=intent.order_id,
                    detail={"paid": str(notice.amount)},
                )
            ]
        )
    elif (notice.amount, notice.currency) != (intent.gross_amount, intent.currency):
        open_tasks(
            [
                NewTask(
                    key=f"payments.amount:{intent.id}",
                    kind="payments.amount",
                    department="accounting",
                    subject=intent.number,
                    subject_id=intent.order_id,
                    detail={"paid": str(notice.amount), "expected": str(intent.gross_amount)},
                )
            ]
        )
    return "paid"
