"""What is read of payments, credits and refunds."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import CharField, Exists, F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, Concat, NullIf, Trim

from kontor.back.banking.models import Refund
from kontor.back.ledger.models import OpenItem
from kontor.bridge.parties.models import Party
from kontor.bridge.payments.models import Payment, PaymentIntent, ProviderMessage
from kontor.kernel.actor.identity import Actor
from kontor.kernel.sql import Statements
from kontor.kernel.ui.listing.declaring import COUNTED_ROWS

_sql = Statements(__package__)
_NUMBER = re.compile(r"[A-Z0-9]+(?:-[A-Z0-9]+)*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """What a payment settled, or what settled a refund."""

    amount: Decimal
    source: str
    document: str
    item: UUID
    on: date
    actor: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentFile:
    """A payment as its page shows it. ``item_id`` is None until the ledger has posted it."""

    id: UUID
    method: str
    amount: Decimal
    currency: str
    received_on: date
    reference: str
    payer: str
    recorded_at: datetime
    order_number: str | None
    item_id: UUID | None
    open_amount: Decimal | None
    party_id: UUID | None
    party: str | None
    entry_number: int | None
    settled: tuple[Settled, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Credit:
    """An open item with its customer; ``asked`` is what refunds are waiting for."""

    id: UUID
    source: str
    source_id: UUID
    document_number: str
    currency: str
    amount: Decimal
    open_amount: Decimal
    booked_on: date
    party_id: UUID | None
    order_id: UUID | None
    party: str | None
    asked: Decimal

    @property
    def left(self) -> Decimal:
        """What can be settled, as a positive amount."""
        return max(-self.open_amount, Decimal(0))

    @property
    def refundable(self) -> Decimal:
        """What can be asked to be paid back."""
        return max(self.left - self.asked, Decimal(0))


def payment_file(payment_id: UUID) -> PaymentFile | None:
    """One payment with what is left of it. One statement."""
    row = _sql.one("payment", id=payment_id)
    if row is None:
        return None
    settled = tuple(
        Settled(
            amount=Decimal(found["amount"]),
            source=found["source"],
            document=found["document"],
            item=UUID(found["item"]),
            on=date.fromisoformat(found["on"]),
            actor=found["actor"],
        )
        for found in json.loads(row.settled or "[]", parse_float=Decimal)
    )
    return PaymentFile(**(row._asdict() | {"settled": settled}))


def credit_by_id(item_id: UUID) -> Credit | None:
    """One open item. One statement."""
    row = _sql.one("credit", id=item_id)
    return Credit(**row._asdict()) if row else None


def candidates_for(credit: Credit, words: str) -> list[Any]:
    """Open documents this credit may settle, the most urgent first: at most twenty. One statement."""
    plain = words.replace("%", "").replace("_", "").replace(",", ".").strip()
    return _sql.rows(
        "candidates",
        currency=credit.currency,
        party=credit.party_id,
        words=plain,
        prefix=f"{plain}%",
        inside=f"%{plain}%",
        amount=credit.left,
    )


def orders_named_in(reference: str) -> list[Any]:
    """Orders whose number, or the number of whose invoice, stands in the reference of a payment. One statement."""
    words = list(dict.fromkeys(_NUMBER.findall(reference.upper())))[:30]
    return _sql.rows("named_orders", words=words) if words else []


def order_by_id(order_id: UUID) -> Any | None:
    """The order a payment is recorded for."""
    return _sql.one("order_by_id", id=order_id)


def document_by_number(number: str) -> Any | None:
    """An invoice with what is open of it."""
    return _sql.one("document", number=number)


def payment_by_key(key: UUID) -> UUID | None:
    """The payment that this form brought about before."""
    return Payment.objects.filter(key=key).values_list("id", flat=True).first()


def tab_counts() -> Mapping[str, int]:
    """How many payments are not settled in full, how many refunds wait; counted to a thousand."""
    row = _sql.one("tab_counts", most=COUNTED_ROWS + 1)
    return row._asdict() if row else {}


# Lists -------------------------------------------------------------------------------------------------------


def payment_rows(_reader: Actor) -> QuerySet[Payment, dict[str, Any]]:
    """All payments with what is left of each."""
    item = OpenItem.objects.filter(source="payment", source_id=OuterRef("id"))
    rows: QuerySet[Payment, dict[str, Any]] = Payment.objects.annotate(
        order_number=F("order__number"),
        customer=Coalesce(
            NullIf("payer", Value("")),
            F("order__billing_name"),
            _name_of(OuterRef("party_id")),
            output_field=CharField(),
        ),
        open_amount=Subquery(item.values("open_amount")),
    ).values(
        *("id", "received_on", "reference", "payer", "customer", "method", "amount", "currency"),
        *("order_number", "open_amount", "recorded_at"),
    )
    return rows


def payments_in(rows: QuerySet[Any], state: str) -> QuerySet[Any]:
    """Narrow payments: unmatched (something is left), settled, out (money that went out)."""
    left = Exists(OpenItem.objects.filter(source="payment", source_id=OuterRef("id")).exclude(open_amount=0))
    if state == "out":
        return rows.filter(amount__lt=0)
    return rows.filter(left) if state == "unmatched" else rows.exclude(left)


def payment_words(rows: QuerySet[Any], words: str) -> QuerySet[Any]:
    """Payments by reference, payer or order."""
    return rows.filter(
        Q(reference__icontains=words) | Q(payer__icontains=words) | Q(order__number__istartswith=words)
    )


def refund_rows(_reader: Actor) -> QuerySet[Refund, dict[str, Any]]:
    """All refunds."""
    rows: QuerySet[Refund, dict[str, Any]] = Refund.objects.annotate(
        customer=_name_of(OuterRef("party_id")),
        document=F("open_item__document_number"),
        asked_name=F("asked_by__name"),
        decided_name=Coalesce("approved_by__name", "declined_by__name"),
    ).values(
        *("id", "asked_at", "amount", "currency", "reason", "customer", "document", "asked_name"),
        *("decided_name", "approved_at", "declined_at"),
    )
    return rows


def refunds_in(rows: QuerySet[Any], state: str) -> QuerySet[Any]:
    """Narrow refunds: asked, paid, declined."""
    if state == "asked":
        return rows.filter(approved_at=None, declined_at=None)
    return rows.exclude(approved_at=None) if state == "paid" else rows.exclude(declined_at=None)


def refund_by_id(refund_id: UUID) -> Refund | None:
    """One refund with its people, credit and payment."""
    return (
        Refund.objects.select_related("open_item", "asked_by", "approved_by", "declined_by", "payment")
        .filter(id=refund_id)
        .first()
    )


def party_name(party_id: UUID) -> str:
    """A customer's name."""
    party = Party.objects.filter(id=party_id).first()
    return party.name if party else ""


def intent_rows(_reader: Actor) -> QuerySet[PaymentIntent, dict[str, Any]]:
    """What customers wanted to pay online."""
    rows: QuerySet[PaymentIntent, dict[str, Any]] = PaymentIntent.objects.annotate(
        order_number=F("order__number"),
        customer=F("order__billing_name"),
        amount=F("order__gross_amount"),
        currency=F("order__currency"),
    ).values(
        *("id", "asked_at", "order_number", "customer", "amount", "currency", "state", "provider_reference"),
        "error",
    )
    return rows


def message_rows(_reader: Actor) -> QuerySet[ProviderMessage, dict[str, Any]]:
    """What the provider sent, and whether it was believed."""
    rows: QuerySet[Any, Any] = ProviderMessage.objects.values(
        "id", "received_at", "provider", "message_id", "verdict", "handled_at"
    )
    return rows


def waiting(rows: QuerySet[Any], state: str) -> QuerySet[Any]:
    """Narrow messages: waiting, handled."""
    return rows.filter(handled_at=None) if state == "waiting" else rows.exclude(handled_at=None)


def _name_of(party_id: OuterRef) -> Subquery:
    name = Coalesce(
        NullIf("organisation", Value("")),
        Trim(Concat("given_name", Value(" "), "family_name")),
        output_field=CharField(),
    )
    return Subquery(Party.objects.filter(id=party_id).annotate(full=name).values("full"))
