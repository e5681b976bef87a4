from collections.abc import Sequence

from kontor.back.invoicing.queries import to_bill_of_shipments, to_bill_ahead
from kontor.back.invoicing.actions import issue_invoices
from kontor.back.logistics.events import GoodsShipped
from kontor.bridge.orders.events import OrderConfirmed
from kontor.kernel.actor.identity import the_house
from kontor.kernel.events.hearing import Heard, on


@on(GoodsShipped)
def bill_shipped(heard: Sequence[Heard]) -> None:
    issue_invoices(orders=to_bill_of_shipments(heard), by=the_house(), at=heard[-1].at)


@on(OrderConfirmed)
def bill_prepaid(heard: Sequence[Heard]) -> None:
    ahead = [event for event in heard if event.fact["payment_method"] != "invoice"]
    if ahead:
        issue_invoices(orders=to_bill_ahead(ahead), is_ahead=True, by=the_house(), at=heard[-1].at)
