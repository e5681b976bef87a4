"""What billing hears. Each handler calls one action."""

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from django.utils import timezone

from kontor.back.invoicing.actions import issue_invoices
from kontor.back.invoicing.correcting import Returned, credit_cancelled, credit_rests, credit_returned
from kontor.back.invoicing.events import CreditNoteIssued, InvoiceIssued
from kontor.back.invoicing.printing import ask_to_print
from kontor.back.invoicing.queries import day_of, to_bill_ahead, to_bill_of_shipments
from kontor.back.logistics.events import GoodsShipped
from kontor.back.warehouse.events import GoodsReturned
from kontor.back.warehouse.queries import what_came_back
from kontor.bridge.orders.events import OrderCancelled, OrderConfirmed, OrderRestCancelled
from kontor.kernel.actor.identity import the_house
from kontor.kernel.events.hearing import Heard, on

# What an import or a demo tells of the past is printed when somebody asks for it.
PRINTED_AT_ONCE = timedelta(days=14)


@on(GoodsShipped)
def bill_shipped(heard: Sequence[Heard]) -> None:
    """Bill what left the house."""
    issue_invoices(orders=to_bill_of_shipments(heard), by=the_house(), at=heard[-1].at)


@on(OrderConfirmed)
def bill_prepaid(heard: Sequence[Heard]) -> None:
    """Bill what is paid before it is delivered."""
    ahead = [event for event in heard if event.fact["payment_method"] != "invoice"]
    if ahead:
        issue_invoices(orders=to_bill_ahead(ahead), is_ahead=True, by=the_house(), at=heard[-1].at)


@on(OrderCancelled)
def credit_billed_ahead(heard: Sequence[Heard]) -> None:
    """Credit what was billed of an order that will not be delivered."""
    at = heard[-1].at
    orders = [event.subject_id for event in heard]
    credit_cancelled(orders=orders, issued_on=day_of(at), by=the_house(), at=at)


@on(OrderRestCancelled)
def credit_rest(heard: Sequence[Heard]) -> None:
    """Credit what was billed ahead of the rest that will not be delivered."""
    at = heard[-1].at
    orders = [event.subject_id for event in heard]
    credit_rests(orders=orders, issued_on=day_of(at), by=the_house(), at=at)


@on(GoodsReturned)
def credit_came_back(heard: Sequence[Heard]) -> None:
    """Credit what customers sent back."""
    at = heard[-1].at
    orders = {UUID(event.fact["return_id"]): event.subject_id for event in heard}
    returns = [
        Returned(key=key, order_id=orders[key], quantities=quantities)
        for key, quantities in what_came_back(orders).items()
    ]
    if returns:
        credit_returned(returns=returns, issued_on=day_of(at), by=the_house(), at=at)


@on(InvoiceIssued, CreditNoteIssued)
def print_issued(heard: Sequence[Heard]) -> None:
    """Let the worker print what was issued these days."""
    since = timezone.now() - PRINTED_AT_ONCE
    fresh = [event.subject_id for event in heard if event.at >= since]
    if fresh:
        ask_to_print(ids=fresh)
