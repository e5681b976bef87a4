from collections.abc import Sequence

from kontor.back.orderdesk.actions import confirm_orders
from kontor.bridge.orders.events import OrderPlaced
from kontor.kernel.actor.identity import the_house
from kontor.kernel.events.hearing import Heard, on


@on(OrderPlaced)
def confirm_placed(heard: Sequence[Heard]) -> None:
    confirm_orders(ids=[event.subject_id for event in heard], by=the_house(), at=heard[-1].at)
