from collections.abc import Sequence
from uuid import UUID

from kontor.back.logistics.events import GoodsShipped
from kontor.back.logistics.printing import ask_for_papers
from kontor.kernel.actor.identity import the_house
from kontor.kernel.events.hearing import Heard, on


@on(GoodsShipped)
def print_papers(heard: Sequence[Heard]) -> None:
    ids = [UUID(event.fact["shipment_id"]) for event in heard]
    ask_for_papers(ids=ids, by=the_house(), at=heard[-1].at)
