"""Labels and delivery notes: jobs of the worker. The carrier numbers a parcel before its label is printed."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

from django.tasks import task
from django.utils import timezone
from django.utils.translation import override

from kontor.back.logistics.carriers import Accepted, ParcelToSend, carrier_of
from kontor.back.logistics.queries import Leaving, leaving_shipments
from kontor.bridge.documents.actions import PRESS, NewDocument, keep_documents
from kontor.bridge.documents.composing import language_of, unit_code
from kontor.bridge.documents.queries import seller_of
from kontor.bridge.documents.rendering.papers import (
    Address,
    Buyer,
    DeliveryLine,
    DeliveryPaper,
    LabelPaper,
    Parcel,
    Seller,
)
from kontor.bridge.parties.queries import current_house
from kontor.kernel.actor.identity import Actor, the_house
from kontor.kernel.sql import Statements
from kontor.kernel.transactions import transaction

_sql = Statements(__package__)
_GRAMS = Decimal(1000)


@task(priority=10)  # before mails: somebody stands at the packing table
def print_shipments(ids: list[str]) -> None:
    """The job: announce parcels, print missing labels and delivery notes. Repeating does only what is left."""
    make_papers(ids=[UUID(text) for text in ids], by=the_house(), at=timezone.now())


@transaction
def ask_for_papers(*, ids: Sequence[UUID], by: Actor, at: datetime) -> None:
    """Let the worker make labels and delivery notes soon. Moves no money. Safe to repeat: each is made once."""
    print_shipments.enqueue([str(shipment_id) for shipment_id in ids])


def make_papers(*, ids: Sequence[UUID], by: Actor, at: datetime) -> int:
    """Announce each shipment's parcel to its carrier, print label and delivery note, store them; returns how many.

    Runs outside any transaction; each shipment is stored in one of its own. Moves no money. Safe to repeat.

    Raises:
        PressFailedError: a paper could not be printed; the shipments before it stand, the job is tried again.
    """
    house = current_house()
    seller, zone = seller_of(house), ZoneInfo(house.time_zone)
    made = 0
    for leaving in leaving_shipments(ids):
        made += _make(leaving, seller, zone, by=by, at=at)
    return made


def _make(leaving: Leaving, seller: Seller, zone: ZoneInfo, *, by: Actor, at: datetime) -> int:
    carrier = carrier_of(leaving.carrier)
    with override(language_of(leaving.language)):
        carrier_name = str(carrier.name)
    accepted = carrier.accept(
        ParcelToSend(
            parcel_id=leaving.parcel_id,
            shipment_number=leaving.number,
            reference=leaving.order_number,
            sender=_sender(seller),
            recipient=_recipient(leaving),
            weight_g=leaving.weight_g,
        )
    )
    label = _label(leaving, seller, carrier_name, accepted, zone)
    note = _delivery_note(leaving, seller, carrier_name, accepted, zone)
    label_document = NewDocument(
        id=uuid5(leaving.parcel_id, "label"),
        kind="label",
        number=accepted.tracking_number,
        party_id=leaving.party_id,
        subject_id=leaving.order_id,
        issued_at=leaving.shipped_at,
        paper=label,
        content=accepted.label or PRESS.printed(label).pdf,
        name=f"{accepted.tracking_number}.pdf",
        is_public=False,
    )
    note_document = NewDocument(
        kind="delivery_note",
        number=leaving.number,
        party_id=leaving.party_id,
        subject_id=leaving.order_id,
        issued_at=leaving.shipped_at,
        paper=note,
        content=PRESS.printed(note).pdf,
        name=f"{leaving.number}.pdf",
    )
    documents = [label_document, note_document]
    return keep_papers(leaving=leaving, accepted=accepted, documents=documents, by=by, at=at)


@transaction
def keep_papers(
    *, leaving: Leaving, accepted: Accepted, documents: Sequence[NewDocument], by: Actor, at: datetime
) -> int:
    """Store a shipment's papers and write the carrier's number on the parcel. Moves no money.

    Safe to repeat: a parcel is numbered and a document stored once. Returns how many papers are new.
    """
    label = documents[0]
    new = keep_documents(documents, by=by, at=at)
    _sql.rows(
        "label_parcels",
        ids=[leaving.parcel_id],
        numbers=[accepted.tracking_number],
        weights=[leaving.weight_g],
        labels=[label.id],
    )
    return len(new)


def _sender(seller: Seller) -> Address:
    return Address(
        name=seller.name,
        street=seller.street,
        postal_code=seller.postal_code,
        city=seller.city,
        country=seller.country,
    )


def _recipient(leaving: Leaving) -> Address:
    return Address(
        name=leaving.name,
        extra_line=leaving.extra,
        street=leaving.street,
        postal_code=leaving.postal_code,
        city=leaving.city,
        country=leaving.country,
    )


def _label(leaving: Leaving, seller: Seller, carrier: str, accepted: Accepted, zone: ZoneInfo) -> LabelPaper:
    return LabelPaper(
        carrier=carrier,
        tracking_number=accepted.tracking_number,
        service=accepted.service,
        weight=_kilograms(leaving),
        sender=_sender(seller),
        recipient=_recipient(leaving),
        routing_code=accepted.routing_code,
        reference=leaving.order_number,
        shipped_on=leaving.shipped_at.astimezone(zone).date(),
        language=language_of(leaving.language),
    )


def _delivery_note(
    leaving: Leaving, seller: Seller, carrier: str, accepted: Accepted, zone: ZoneInfo
) -> DeliveryPaper:
    recipient = _recipient(leaving)
    return DeliveryPaper(
        number=leaving.number,
        shipped_on=leaving.shipped_at.astimezone(zone).date(),
        language=language_of(leaving.language),
        seller=seller,
        buyer=Buyer(
            name=recipient.name,
            extra_line=recipient.extra_line,
            street=recipient.street,
            postal_code=recipient.postal_code,
            city=recipient.city,
            country=recipient.country,
            number=leaving.customer_number,
        ),
        lines=tuple(
            DeliveryLine(
                position=line.position,
                sku=line.number,
                name=line.name,
                ordered=line.ordered,
                delivered=line.quantity,
                still_open=max(Decimal(0), line.still_open),
                unit_code=unit_code(line.unit),
            )
            for line in leaving.lines
        ),
        parcels=(
            Parcel(tracking_number=accepted.tracking_number, carrier=carrier, weight=_kilograms(leaving)),
        ),
        order_number=leaving.order_number,
        order_on=leaving.placed_at.astimezone(zone).date(),
    )


def _kilograms(leaving: Leaving) -> Decimal | None:
    return Decimal(leaving.weight_g) / _GRAMS if leaving.weight_g else None
