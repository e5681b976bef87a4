"""What billing reads."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from kontor.back.invoicing.billing import ToBill
from kontor.bridge.parties.models import House
from kontor.bridge.parties.queries import current_house
from kontor.kernel.clocks.terms import payment_due
from kontor.kernel.events.hearing import Heard


def _terms(order_id: UUID, key: UUID, at: datetime, house: House) -> ToBill:
    on = at.astimezone(ZoneInfo(house.time_zone)).date()
    return ToBill(
        order_id=order_id,
        key=key,
        issued_on=on,
        due_on=payment_due(on, days=house.payment_days, land=house.land).on,
    )


def to_bill_of_shipments(heard: Sequence[Heard]) -> list[ToBill]:
    """What shipments make due: one invoice per shipment, on the day it left."""
    house = current_house()
    return [_terms(event.subject_id, UUID(event.fact["shipment_id"]), event.at, house) for event in heard]


def to_bill_ahead(heard: Sequence[Heard]) -> list[ToBill]:
    """What is billed before delivery: one invoice per order, keyed by the order itself."""
    house = current_house()
    return [_terms(event.subject_id, event.subject_id, event.at, house) for event in heard]
