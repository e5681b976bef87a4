"""Recording money."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from kontor.bridge.payments import events
from kontor.kernel.actor.identity import Actor
from kontor.kernel.events.emitting import emit
from kontor.kernel.ids import uuid7
from kontor.kernel.sql import Statements
from kontor.kernel.transactions import transaction

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
    rows = _sql.rows(
        "insert_payments", payments=json.dumps([asdict(payment) for payment in payments], default=str), at=at
    )
    emit(
        [events.PaymentRecorded(subject=row.reference[:80], subject_id=row.id) for row in rows], by=by, at=at
    )
    return [row.id for row in rows]
