"""What billing reads."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db.models import CharField, Exists, F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, Concat, Trim
from django.utils import timezone

from kontor.back.invoicing.billing import ToBill
from kontor.back.invoicing.models import Invoice
from kontor.bridge.charges.models import Charge
from kontor.bridge.documents.rendering.violation import Violation
from kontor.bridge.orders.models import Order
from kontor.bridge.parties.models import Address, Party
from kontor.bridge.parties.queries import house_terms
from kontor.kernel.actor.identity import Actor
from kontor.kernel.clocks.terms import payment_due
from kontor.kernel.events.hearing import Heard
from kontor.kernel.sql import Statements
from kontor.kernel.ui.listing.declaring import COUNTED_ROWS

_sql = Statements(__package__)


@dataclass(frozen=True, slots=True, kw_only=True)
class FileState:
    """How far the file of a document is; ``name`` is empty while there is none."""

    name: str
    rendered_at: datetime | None
    sha256: str
    queued_at: datetime | None
    sent_at: datetime | None
    recipient: str
    violations: tuple[Violation, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Settlement:
    """So much of a document was settled by another."""

    amount: Decimal
    source: str
    document: str
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What the ledger says of a document: what is open, and what settled it (amount, date, document, source)."""

    item_id: UUID
    open_amount: Decimal
    due_on: date
    cleared_on: date | None
    settlements: tuple[Settlement, ...]


def day_of(at: datetime) -> date:
    """The day of an instant where the house stands."""
    return at.astimezone(house_terms().zone).date()


def terms_of(order_id: UUID, key: UUID, at: datetime) -> ToBill:
    """An order to bill on the day of ``at``, payable within the house's term."""
    terms = house_terms()
    on = day_of(at)
    due_on = payment_due(on, days=terms.payment_days, land=terms.land).on
    return ToBill(order_id=order_id, key=key, issued_on=on, due_on=due_on)


def to_bill_of_shipments(heard: Sequence[Heard]) -> list[ToBill]:
    """What shipments make due: one invoice per shipment, on the day it left."""
    return [terms_of(event.subject_id, UUID(event.fact["shipment_id"]), event.at) for event in heard]


def to_bill_ahead(heard: Sequence[Heard]) -> list[ToBill]:
    """What is billed before delivery: one invoice per order, keyed by the order itself."""
    return [terms_of(event.subject_id, event.subject_id, event.at) for event in heard]


def to_print(ids: Sequence[UUID], *, asked_for: bool) -> list[UUID]:
    """Of these documents those without a file; imported ones only when somebody ``asked_for`` them. One statement."""
    return [row.id for row in _sql.rows("to_print", ids=list(ids), asked_for=asked_for)]


def documents_to_print(ids: Sequence[UUID]) -> list[Invoice]:
    """Invoices and credit notes with all that stands on their papers. A constant number of statements."""
    return list(
        Invoice.objects.filter(id__in=list(ids))
        .select_related("house", "order", "order__party", "refers_to")
        .prefetch_related("lines", "taxes")
        .order_by("issued_at", "id")
    )


def paid_before(ids: Sequence[UUID]) -> dict[UUID, Decimal]:
    """What had come in for each of these invoices before it was issued."""
    return {row.id: row.amount for row in _sql.rows("paid_before", ids=list(ids))}


def party_with_address(party_id: UUID) -> tuple[Party | None, Address | None]:
    """Who a document without an order goes to."""
    address = Address.objects.filter(party=party_id).select_related("party").order_by("-created_at").first()
    return (address.party if address else Party.objects.filter(id=party_id).first()), address


# Pages -------------------------------------------------------------------------------------------------------


def invoice_rows(_reader: Actor) -> QuerySet[Invoice, dict[str, Any]]:
    """All invoices and credit notes with what is open of each."""
    item = _open_items().filter(source=OuterRef("kind"), source_id=OuterRef("id"))
    party = Party.objects.filter(id=OuterRef("party_id")).annotate(
        full=Coalesce(
            Subquery(Party.objects.filter(id=OuterRef("id")).exclude(organisation="").values("organisation")),
            Trim(Concat("given_name", Value(" "), "family_name")),
        )
    )
    rows: QuerySet[Invoice, dict[str, Any]] = Invoice.objects.annotate(
        buyer=Coalesce(F("order__billing_name"), Subquery(party.values("full")), output_field=CharField()),
        order_number=F("order__number"),
        open_amount=Subquery(item.values("open_amount")),
    ).values(
        *(
            "id",
            "number",
            "kind",
            "issued_on",
            "due_on",
            "currency",
            "net_amount",
            "tax_amount",
            "gross_amount",
        ),
        *("buyer", "order_number", "open_amount"),
    )
    return rows


def with_state(rows: QuerySet[Any], state: str) -> QuerySet[Any]:
    """Narrow invoices to what is open, overdue or settled."""
    still_open = Exists(
        _open_items().filter(source=OuterRef("kind"), source_id=OuterRef("id")).exclude(open_amount=0)
    )
    if state == "settled":
        return rows.exclude(still_open)
    rows = rows.filter(still_open)
    return rows.filter(kind="invoice", due_on__lt=today()) if state == "overdue" else rows


def by_words(rows: QuerySet[Any], words: str) -> QuerySet[Any]:
    """Invoices by their number, the number of their order, or whom they went to."""
    return rows.filter(
        Q(number__istartswith=words)
        | Q(order__number__istartswith=words)
        | Q(order__billing_name__icontains=words)
    )


def tab_counts() -> dict[str, int]:
    """How many invoices are open and overdue, and how many orders have something to bill; counted to a thousand."""
    row = _sql.one("tab_counts", today=today(), most=COUNTED_ROWS + 1)
    return dict(row._asdict()) if row else {}


def today() -> date:
    """Today, where the house stands."""
    return day_of(timezone.now())


def invoice_by_number(number: str) -> Invoice | None:
    """One document with its order and the invoice it corrects."""
    return Invoice.objects.select_related("order", "refers_to", "house").filter(number=number).first()


def invoice_by_key(text: str) -> Invoice | None:
    """The document that this form brought about before; None where there is none (or the key is none)."""
    try:
        return Invoice.objects.filter(key=UUID(text)).first()
    except ValueError:
        return None


def invoice_by_id(invoice_id: UUID) -> Invoice | None:
    """One document."""
    return Invoice.objects.filter(id=invoice_id).first()


def standing_of(invoice: Invoice) -> Standing | None:
    """What the ledger says of a document; None before it is posted. One statement."""
    row = _sql.one("standing", kind=invoice.kind, id=invoice.id)
    if row is None:
        return None
    return Standing(
        item_id=row.item_id,
        open_amount=row.open_amount,
        due_on=row.due_on,
        cleared_on=row.cleared_on,
        settlements=tuple(
            Settlement(
                amount=Decimal(found["amount"]),
                source=found["source"],
                document=found["document"],
                on=date.fromisoformat(found["on"]),
            )
            for found in json.loads(row.settlements or "[]", parse_float=Decimal)
        ),
    )


def file_state_of(invoice: Invoice) -> FileState:
    """Whether the file of a document stands, was mailed, or is kept back because it breaks a rule. One statement."""
    row = _sql.one("file_state", kind=invoice.kind, number=invoice.number, id=str(invoice.id))
    if row is None:
        raise LookupError(invoice.number)
    found = json.loads(row.kept_back)["violations"] if row.kept_back else []
    return FileState(
        name=row.name or "",
        rendered_at=row.rendered_at,
        sha256=row.sha256 or "",
        queued_at=row.queued_at,
        sent_at=row.sent_at,
        recipient=row.recipient or "",
        violations=tuple(Violation(**violation) for violation in found) if not row.name else (),
    )


def creditable_lines(invoice_id: UUID) -> list[Any]:
    """The lines of an invoice with what is left to credit of each."""
    return _sql.rows("creditable", ids=[invoice_id])


def corrections_of(invoice: Invoice) -> list[Invoice]:
    """The credit notes of an invoice, oldest first."""
    return list(invoice.corrections.order_by("issued_at", "id"))


def order_to_bill(number: str) -> Order | None:
    """The order that is to be billed."""
    return Order.objects.filter(number=number).first()


def billable_lines(order_id: UUID) -> list[Any]:
    """The charges of an order with what was ordered, delivered and billed of each."""
    return _sql.rows("billable", order_id=order_id)


def unbilled_rows(_reader: Actor) -> QuerySet[Order, dict[str, Any]]:
    """Confirmed orders of which something has not been billed yet."""
    left = Charge.objects.filter(
        order=OuterRef("id"), quantity__gt=F("invoiced_quantity") + F("cancelled_quantity")
    )
    rows: QuerySet[Order, dict[str, Any]] = Order.objects.filter(
        Exists(left), state="confirmed", paid_at=None
    ).values(
        *("id", "number", "placed_at", "promised_on", "billing_name", "payment_method", "currency"),
        "gross_amount",
    )
    return rows


def order_words(rows: QuerySet[Any], words: str) -> QuerySet[Any]:
    """Orders by number or name."""
    return rows.filter(Q(number__istartswith=words) | Q(billing_name__icontains=words))


def ranges() -> list[Any]:
    """The gapless ranges with what was drawn, what stands and what is missing (nothing may be)."""
    return _sql.rows("ranges")


def _open_items() -> QuerySet[Any]:
    # By name: the ledger hears billing, so billing cannot import the ledger without a circle of rooms.
    items: QuerySet[Any] = apps.get_model("ledger", "OpenItem").objects.all()
    return items


def numbers_like(text: str) -> list[tuple[str, date]]:
    """The first invoices whose number begins so. One statement."""
    found = Invoice.objects.filter(number__istartswith=text.replace("\0", "")).order_by("number")
    return list(found.values_list("number", "issued_on")[:6])
