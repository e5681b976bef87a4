from collections.abc import Sequence

from kontor.back.orderdesk.actions import confirm_orders, follow_receipts, settle_cancelled
from kontor.bridge.orders.events import OrderCancelled, OrderPlaced
from kontor.bridge.promises.events import PromiseMoved
from kontor.kernel.actor.identity import the_house
from kontor.kernel.events.hearing import Heard, on


@on(OrderPlaced)
def confirm_placed(heard: Sequence[Heard]) -> None:
    confirm_orders(ids=[event.subject_id for event in heard], by=the_house(), at=heard[-1].at)


@on(OrderCancelled)
def close_reviews(heard: Sequence[Heard]) -> None:
    settle_cancelled(ids=[event.subject_id for event in heard], by=the_house(), at=heard[-1].at)


@on(PromiseMoved)
def follow_moved(heard: Sequence[Heard]) -> None:
    follow_receipts(buckets=[event.subject_id for event in heard], by=the_house(), at=heard[-1].at)
