"""What happens on the way to the customer."""

from dataclasses import dataclass

from kontor.kernel.events.emitting import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class GoodsShipped(Event):
    """A shipment left. The subject is its order; ``shipment_id`` names it."""

    shipment_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GoodsDelivered(Event):
    """A shipment reached the customer."""

    shipment_id: str
