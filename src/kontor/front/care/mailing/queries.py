"""What the mails of the house read."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from kontor.bridge.documents.models import Document
from kontor.bridge.orders.condition import Condition, if_started, terms_of
from kontor.bridge.orders.models import Order, ShippingMethod
from kontor.bridge.parties.models import House
from kontor.kernel.tasks.models import Mail

__all__ = [
    "Condition",
    "Document",
    "DocumentToMail",
    "House",
    "Order",
    "conditions_of",
    "confirmations_of",
    "documents_to_mail",
    "orders_to_remind",
    "orders_to_tell",
    "told",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentToMail:
    """A document with its file and whom it goes to."""

    document: Document
    email: str
    language: str
    name: str
    order_number: str
    order_id: UUID


def orders_to_tell(ids: Sequence[UUID]) -> list[Order]:
    """Orders that customers placed with us, with party and lines; what an import brought is told to nobody."""
    return list(
        Order.objects.filter(id__in=list(ids))
        .exclude(channel=Order.Channel.IMPORT)
        .exclude(email="")
        .select_related("party")
        .prefetch_related("lines")
        .order_by("placed_at", "id")
    )


def conditions_of(orders: Iterable[Order], *, at: datetime) -> dict[UUID, Condition]:
    """For which day and until when each of these orders that wait may leave, as the order's page says it.

    One statement; none where no order waits for money or release.
    """
    waiting = [
        (order, order.promised_on)
        for order in orders
        if order.released_at is None and order.promised_on is not None
    ]
    ways = {order.shipping_method for order, _day in waiting}
    transit = (
        {way.code: way.transit_days for way in ShippingMethod.objects.filter(code__in=ways)} if ways else {}
    )
    found = {}
    for order, promised_on in waiting:
        terms = terms_of(transit.get(order.shipping_method))
        today = at.astimezone(terms.zone).date()
        found[order.id] = if_started(
            today, promised_on=promised_on, terms=terms, payment_method=order.payment_method
        )
    return found


def orders_to_remind(ids: Sequence[UUID]) -> list[Order]:
    """Of these orders, those that wait for a transfer of which nothing has come in."""
    return [
        order
        for order in orders_to_tell(ids)
        if order.state == Order.State.CONFIRMED
        and order.payment_method == Order.PaymentMethod.PREPAYMENT
        and order.released_at is None
        and not order.payments.exists()
    ]


def documents_to_mail(ids: Sequence[UUID], *, issued_since: datetime) -> list[DocumentToMail]:
    """Documents issued lately, with their files and the mail address of their order. Two statements."""
    documents = list(
        Document.objects.filter(id__in=list(ids), issued_at__gte=issued_since)
        .select_related("file")
        .defer("frozen")
        .order_by("issued_at", "id")
    )
    orders = {order.id: order for order in orders_to_tell([document.subject_id for document in documents])}
    return [
        DocumentToMail(
            document=document,
            email=order.email,
            language=order.language,
            name=order.billing_name,
            order_number=order.number,
            order_id=order.id,
        )
        for document in documents
        if (order := orders.get(document.subject_id)) is not None
    ]


def told(keys: Iterable[str]) -> set[str]:
    """Of these causes those that were told. One statement."""
    return set(Mail.objects.filter(key__in=list(keys)).values_list("key", flat=True))


def confirmations_of(ids: Sequence[UUID]) -> dict[UUID, Document]:
    """The printed confirmations of these orders, with their files, by order. One statement."""
    found = Document.objects.filter(subject_id__in=list(ids), kind=Document.Kind.CONFIRMATION)
    return {document.subject_id: document for document in found.select_related("file").defer("frozen")}
