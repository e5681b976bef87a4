"""The port to carriers, and our own one. Our parcel's id is the key, so that asking twice is harmless."""

from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kontor.bridge.documents.rendering.papers import Address


@dataclass(frozen=True, slots=True, kw_only=True)
class ParcelToSend:
    """What a carrier is told of a parcel. ``parcel_id`` is the key; weight in grams where it is known."""

    parcel_id: UUID
    shipment_number: str
    reference: str
    sender: Address
    recipient: Address
    weight_g: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Accepted:
    """What a carrier answers. ``label`` is its own label as PDF; without one the house prints its label."""

    tracking_number: str
    service: str = ""
    routing_code: str = ""
    label: bytes = b""


class Carrier(Protocol):
    """Somebody who carries parcels. Called by the worker only, never inside a transaction."""

    @property
    def code(self) -> str:
        """How shipments name it."""
        ...

    @property
    def name(self) -> str | Promise:
        """What people call it."""
        ...

    def accept(self, parcel: ParcelToSend) -> Accepted:
        """Announce a parcel; the same parcel gets the same answer."""
        ...


class OwnCarrier:
    """The house's own vans: parcels are numbered after their shipment, with a check digit; our label is printed."""

    code = "weser"
    name = _("Own delivery")

    def accept(self, parcel: ParcelToSend) -> Accepted:
        """Number a parcel: the digits of its shipment, the first parcel, a check digit (EAN: weights 3 and 1)."""
        digits = "".join(sign for sign in parcel.shipment_number if sign.isdigit()).rjust(10, "0")[-10:] + "1"
        country = parcel.recipient.country
        routing = f"{country}-{parcel.recipient.postal_code}" if parcel.recipient.postal_code else country
        number = f"WB{digits}{check_digit(digits)}"
        return Accepted(tracking_number=number, service="P", routing_code=routing)


def check_digit(digits: str) -> int:
    """The digit that makes the weighted sum a multiple of ten (GS1 General Specifications, section 7.9)."""
    total = sum(int(sign) * (3 if place % 2 == 0 else 1) for place, sign in enumerate(reversed(digits)))
    return -total % 10


_CARRIERS: dict[str, Carrier] = {carrier.code: carrier for carrier in (OwnCarrier(),)}


def carrier_of(code: str) -> Carrier:
    """The carrier with this code; the own one for codes nobody knows any more."""
    return _CARRIERS.get(code, _CARRIERS[OwnCarrier.code])
