from collections.abc import Sequence
from uuid import UUID

from kontor.back.purchasing.receiving import note_received
from kontor.back.warehouse.events import GoodsReceived
from kontor.kernel.actor.identity import the_house
from kontor.kernel.events.hearing import Heard, on


@on(GoodsReceived)
def note_what_came(heard: Sequence[Heard]) -> None:
    """Note what the warehouse received of purchase orders."""
    received = [
        (UUID(event.fact["move_id"]), UUID(event.fact["bucket_id"]))
        for event in heard
        if event.fact.get("move_id") and event.fact.get("bucket_id")
    ]
    if received:
        note_received(received=received, by=the_house(), at=heard[-1].at)
