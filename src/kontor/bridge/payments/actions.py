"""Recording money."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from decimal import Decimal
from hashlib import sha256
from uuid import UUID

from kontor.bridge.payments import events
from kontor.kernel.actor.identity import Actor
from kontor.kernel.events.emitting import emit
from kontor.kernel.ids import uuid7
from kontor.kernel.sql import Statements
from kontor.kernel.transactions import in_transaction, transaction

_sql = Statements(__package__)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPayment:
    """Money that came in (positive) or went out (negative); ``key`` makes recording repeatable."""

    key: UUID
    method: str
    amount: Decimal
    currency: str
    received_on: date
    reference: str
    payer: str = ""
    order_id: UUID | None = None
    party_id: UUID | None = None
    id: UUID = field(default_factory=uuid7)


@transaction
def record_payments(*, payments: Sequence[NewPayment], by: Actor, at: datetime) -> list[UUID]:
    """Record payments; the ledger posts and settles them when it hears PaymentRecorded. Returns the new ones.

    Moves money: bank up, receivable down (negative: the reverse). Safe to repeat: a key is recorded once.

    Raises:
        NotAllowed: ``by`` lacks the right ``payments.record``.
    """
    by.require("payments.record")
    return insert_payments(payments, by=by, at=at)


@in_transaction
def insert_payments(payments: Sequence[NewPayment], *, by: Actor, at: datetime) -> list[UUID]:
    """The part of recording that other actions use. Safe to repeat: a key is recorded once."""
    rows = _sql.rows(
        "insert_payments", payments=json.dumps([asdict(payment) for payment in payments], default=str), at=at
    )
    emit(
        [events.PaymentRecorded(subject=row.reference[:80], subject_id=row.id) for row in rows], by=by, at=at
    )
    return [row.id for row in rows]


@in_transaction
def intend_payment(*, order_id: UUID, by: Actor, at: datetime) -> UUID:
    """A customer wants to pay an order through the provider; the worker asks it for a payment page.

    Moves no money. A new intent each time: an abandoned page is not reused.
    """
    intent_id = uuid7()
    _sql.execute("insert_intent", id=intent_id, order_id=order_id, party_id=by.party_id)
    emit([events.PaymentIntended(subject=str(intent_id)[:8], subject_id=intent_id)], by=by, at=at)
    return intent_id


@transaction
def take_message(
    *, provider: str, message_id: str, headers: Mapping[str, str], body: bytes, by: Actor, at: datetime
) -> None:
    """Put a provider's webhook into the inbox, raw. Nobody believes it yet.

    ``by`` is whoever called; ``at`` is not kept: the database sets the instant. Moves no money. Safe to repeat: one
    message counts once. A forged one never shadows a real one: the signature is part of what makes a message the same.
    """
    signature = sha256(headers.get("webhook-signature", "").encode() + b"." + body).hexdigest()[:32]
    _sql.execute(
        "insert_message",
        id=uuid7(),
        provider=provider,
        message_id=f"{message_id[:80]} {signature}",
        headers=json.dumps(dict(headers)),
        body=body,
    )
