"""Giving money back: one asks, another approves, then it is paid out, posted and settled."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid5

from kontor.back.banking import errors
from kontor.back.ledger.actions import post_recorded
from kontor.back.ledger.matching import open_items_of, settle
from kontor.bridge.payments.actions import NewPayment, insert_payments
from kontor.kernel.actor.identity import Actor
from kontor.kernel.errors import NotFound
from kontor.kernel.ids import uuid7
from kontor.kernel.sql import Statements
from kontor.kernel.transactions import transaction
from kontor.kernel.ui.formats import money

_sql = Statements(__package__)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewRefund:
    """Money to give back of a customer's credit (an open item below zero), to an account."""

    key: UUID
    item_id: UUID
    amount: Decimal
    reason: str
    iban: str


@transaction
def ask_refund(*, refund: NewRefund, by: Actor, at: datetime) -> UUID:
    """Ask for a refund; returns it. Another person approves it.

    Moves no money. Safe to repeat: a key asks once.

    Raises:
        NotAllowed: ``by`` lacks the right ``refunds.ask``.
        NotFound: there is no such credit.
        MoreThanCredit: more is asked for than is open and not asked for yet.
    """
    by.require("refunds.ask")
    credit = _sql.one("lock_credit", id=refund.item_id)
    if credit is None or credit.party_id is None:
        raise NotFound(number=str(refund.item_id))
    known = _sql.one("refund_by_key", key=refund.key)
    if known is not None:
        return UUID(str(known.id))
    asked = _sql.rows("asked_for", id=refund.item_id)[0].amount
    left = max(-credit.open_amount - asked, Decimal(0))
    if not 0 < refund.amount <= left:
        raise errors.MoreThanCredit(amount=money(left, credit.currency))
    refund_id = uuid7()
    _sql.execute(
        "insert_refund",
        id=refund_id,
        key=refund.key,
        item=refund.item_id,
        party=credit.party_id,
        amount=refund.amount,
        currency=credit.currency,
        reason=refund.reason,
        iban=refund.iban,
        asked_by=by.id,
        at=at,
    )
    return refund_id


@transaction
def approve_refund(*, refund_id: UUID, on: date, by: Actor, at: datetime) -> None:
    """Approve a refund: it is paid out on the day ``on``, posted, and settles the credit.

    Moves money: bank down, the customer's credit down. One transaction, so that nothing can take the credit between
    the payment and its posting. Safe to repeat: an approved refund stays as it is.

    Raises:
        NotAllowed: ``by`` lacks the right ``refunds.approve``.
        MakerIsNeverChecker: ``by`` asked for it.
        RefundIsDecided: it was declined.
        MoreThanOpen: the credit was settled otherwise since.
    """
    by.require("refunds.approve")
    refund = _locked(refund_id)
    if refund.approved_at is not None:
        return
    if refund.declined_at is not None:
        raise errors.RefundIsDecided
    if refund.asked_by_id == by.id:
        raise errors.MakerIsNeverChecker
    payment = NewPayment(
        key=uuid5(refund.id, "paid"),
        method="transfer",
        amount=-refund.amount,
        currency=refund.currency,
        received_on=on,
        reference=refund.document_number,
        order_id=refund.order_id,
        party_id=refund.party_id,
    )
    insert_payments([payment], by=by, at=at)
    post_recorded([payment.id], by=by, at=at)
    debit = open_items_of("payment", [payment.id])[payment.id]
    settle(refund.open_item_id, {debit: refund.amount}, key=refund.id, by=by, at=at)
    _sql.execute("approve", id=refund.id, by=by.id, payment=payment.id, at=at)


@transaction
def decline_refund(*, refund_id: UUID, by: Actor, at: datetime) -> None:
    """Decline a refund, or take back one's own; the credit stays the customer's.

    Moves no money. Safe to repeat: a declined refund stays as it is.

    Raises:
        NotAllowed: ``by`` lacks the right ``refunds.ask``.
        RefundIsDecided: it was approved and paid.
    """
    by.require("refunds.ask")
    refund = _locked(refund_id)
    if refund.declined_at is not None:
        return
    if refund.approved_at is not None:
        raise errors.RefundIsDecided
    _sql.execute("decline", id=refund.id, by=by.id, at=at)


def _locked(refund_id: UUID) -> Any:
    refund = _sql.one("lock_refund", id=refund_id)
    if refund is None:
        raise NotFound(number=str(refund_id))
    return refund
