"""The rest of a partly delivered order is cancelled, as the customer's account shows it afterwards."""

from decimal import Decimal
from uuid import uuid4

import pytest

from kontor.back.invoicing.actions import issue_invoices
from kontor.back.invoicing.billing import ToBill, ToBillLine
from kontor.back.invoicing.correcting import Returned, credit_rests, credit_returned
from kontor.back.invoicing.models import Invoice
from kontor.back.ledger.actions import post_invoices
from kontor.back.ledger.matching import note_free_orders
from kontor.back.ledger.models import OpenItem
from kontor.back.ledger.queries import books_that_disagree
from kontor.back.logistics.actions import ship_orders
from kontor.back.warehouse.models import Location
from kontor.back.warehouse.receiving import NewReturn, receive_return
from kontor.bridge.charges.models import Charge
from kontor.bridge.orders.actions import cancel_rest, release_orders
from kontor.kernel.actor.identity import Actor, ActorKind, the_house
from kontor.kernel.errors import NotAllowed
from kontor.kernel.events.dispatching import deliver_all
from kontor.kernel.events.models import Event
from tests.trade import NOW

BY = the_house()
TODAY = NOW.date()


def partly_shipped(trade, *, ordered=5, shipped=3, payment_method="invoice", paid=None):
    """An order over so many pieces of 100 each (shipping is free from 500 on), of which some have left."""
    order = trade.order((trade.offering(price="100.00"), ordered), payment_method=payment_method)
    if paid is not None:
        trade.pay(order, Decimal(paid))
    line = order.lines.get(position=1)
    trade.ship(order, quantities={line.id: Decimal(shipped)})
    return order


def cancel_the_rest(order, *, heard=True):
    cancel_rest(order_id=order.id, reason="Dauert zu lange", by=BY, at=NOW)
    if heard:
        deliver_all()


def notes():
    return list(Invoice.objects.filter(kind="credit_note").order_by("number"))


def state_of(order):
    order.refresh_from_db()
    return order.state, order.paid_at is not None


def open_amounts():
    return {item.source: item.open_amount for item in OpenItem.objects.exclude(open_amount=0)}


def nothing_left_to_bill(order):
    return not any(
        charge.quantity > charge.invoiced_quantity + charge.cancelled_quantity
        for charge in Charge.objects.filter(order=order)
    )


def came_back(trade, order, quantity):
    line = order.lines.get(position=1)
    location = Location.objects.first()
    returned = NewReturn(
        key=uuid4(), order_id=order.id, location_id=location.id, quantities={line.id: Decimal(quantity)}
    )
    receive_return(returned=returned, by=BY, at=NOW)
    deliver_all()
    return returned


def test_billed_on_delivery_the_rest_is_never_billed_and_nothing_is_credited(trade):
    order = partly_shipped(trade)
    cancel_the_rest(order)

    assert notes() == []
    assert open_amounts() == {"invoice": Decimal("300.00")}
    assert nothing_left_to_bill(order)
    assert state_of(order) == ("confirmed", False)

    trade.pay(order, Decimal("300.00"))
    assert state_of(order) == ("done", True)
    assert books_that_disagree() == []


def test_an_order_whose_delivered_part_was_paid_before_is_done_although_no_money_follows(trade):
    order = partly_shipped(trade)
    trade.pay(order, Decimal("300.00"))
    assert state_of(order) == ("confirmed", False), "two pieces are still to come"

    cancel_the_rest(order)

    assert state_of(order) == ("done", True)
    assert Event.objects.filter(subject_id=order.id, type="orders.OrderPaid").count() == 1


def test_prepaid_the_rest_becomes_a_credit_and_the_order_is_done(trade):
    order = partly_shipped(trade, payment_method="prepayment", paid="500.00")
    cancel_the_rest(order)

    (note,) = notes()
    assert (note.gross_amount, note.reason) == (Decimal("-200.00"), "Der Rest des Auftrags wurde storniert.")
    assert note.refers_to.number == "RE-000001"
    assert [(line.quantity, line.gross_amount) for line in note.lines.all()] == [
        (Decimal(-2), Decimal("-200.00"))
    ]
    assert open_amounts() == {"credit_note": Decimal("-200.00")}
    assert state_of(order) == ("done", True)
    assert books_that_disagree() == []


def test_released_without_payment_only_the_delivered_part_stays_owed(trade):
    order = trade.order((trade.offering(price="100.00"), 5), payment_method="prepayment")
    release_orders(ids=[order.id], by=BY, at=NOW)
    line = order.lines.get(position=1)
    trade.ship(order, quantities={line.id: Decimal(3)})
    trade.pay(order, Decimal("300.00"))
    assert state_of(order) == ("confirmed", False)

    cancel_the_rest(order)

    assert open_amounts() == {}, "the credit note settled what was left of the invoice"
    assert state_of(order) == ("done", True)


def test_what_came_back_is_credited_apart_from_the_rest(trade):
    order = partly_shipped(trade, payment_method="prepayment", paid="500.00")
    came_back(trade, order, 1)
    cancel_the_rest(order)

    assert sorted(note.gross_amount for note in notes()) == [Decimal("-200.00"), Decimal("-100.00")]
    assert state_of(order) == ("done", True)
    assert books_that_disagree() == []


def test_what_comes_back_after_the_rest_was_cancelled_is_credited_too(trade):
    order = partly_shipped(trade)
    cancel_the_rest(order)
    came_back(trade, order, 3)

    assert [note.gross_amount for note in notes()] == [Decimal("-300.00")]
    assert open_amounts() == {}


def test_what_a_clerk_billed_ahead_of_the_rest_is_credited_from_that_invoice(trade):
    order = partly_shipped(trade)
    line = order.lines.get(position=1)
    issue_invoices(
        orders=[ToBill(order_id=order.id, key=uuid4(), issued_on=TODAY, due_on=TODAY)],
        lines=[ToBillLine(order_line_id=line.id, quantity=Decimal(1))],
        by=BY,
        at=NOW,
    )
    cancel_the_rest(order)

    (note,) = notes()
    assert (note.refers_to.number, note.gross_amount) == ("RE-000002", Decimal("-100.00"))
    assert nothing_left_to_bill(order)
    assert open_amounts() == {"invoice": Decimal("300.00")}


def test_the_rest_is_credited_once_however_often_it_is_heard(trade):
    order = partly_shipped(trade, payment_method="prepayment", paid="500.00")
    cancel_the_rest(order)

    assert credit_rests(orders=[order.id], issued_on=TODAY, by=BY, at=NOW) == []
    deliver_all()
    assert len(notes()) == 1
    assert Event.objects.filter(type="invoicing.ChargesCancelled").count() == 0, "everything was billed"


def test_a_return_heard_twice_does_not_take_from_the_next_invoice(trade):
    order = trade.order((trade.offering(price="100.00"), 2))
    line = order.lines.get(position=1)
    for _parcel in range(2):
        trade.ship(order, quantities={line.id: Decimal(1)})
    back = came_back(trade, order, 1)

    again = Returned(key=back.key, order_id=order.id, quantities=back.quantities)
    assert credit_returned(returns=[again], issued_on=TODAY, by=BY, at=NOW) == []
    assert [note.gross_amount for note in notes()] == [Decimal("-100.00")]


def test_a_cancellation_heard_before_the_parcel_leaves_the_parcel_to_be_billed(trade):
    order = trade.order((trade.offering(price="100.00"), 5))
    line = order.lines.get(position=1)
    ship_unheard(trade, order, line)
    cancel_the_rest(order, heard=False)
    credit_rests(orders=[order.id], issued_on=TODAY, by=BY, at=NOW)
    assert state_of(order) == ("confirmed", False)
    deliver_all()

    (invoice,) = Invoice.objects.all()
    assert invoice.gross_amount == Decimal("300.00")
    assert nothing_left_to_bill(order)


def ship_unheard(trade, order, line):
    ship_orders(orders={order.id: uuid4()}, quantities={line.id: Decimal(3)}, by=BY, at=NOW)


@pytest.mark.parametrize("note_first", [True, False])
def test_it_does_not_matter_whether_the_ledger_hears_of_credit_or_charges_first(trade, note_first):
    order = trade.order((trade.offering(price="100.00"), 5), payment_method="invoice")
    line = order.lines.get(position=1)
    issue_invoices(
        orders=[ToBill(order_id=order.id, key=uuid4(), issued_on=TODAY, due_on=TODAY)],
        lines=[ToBillLine(order_line_id=line.id, quantity=Decimal(4))],
        by=BY,
        at=NOW,
    )
    deliver_all()
    trade.ship(order, quantities={line.id: Decimal(3)})
    trade.pay(order, Decimal("300.00"))
    cancel_the_rest(order, heard=False)
    (note_id,) = credit_rests(orders=[order.id], issued_on=TODAY, by=BY, at=NOW)

    deeds = [
        lambda: post_invoices(ids=[note_id], by=BY, at=NOW),
        lambda: note_free_orders(ids=[order.id], by=BY, at=NOW),
    ]
    for deed in deeds if note_first else reversed(deeds):
        deed()

    assert open_amounts() == {}
    assert state_of(order) == ("done", True)
    deliver_all()
    assert Event.objects.filter(subject_id=order.id, type="orders.OrderPaid").count() == 1


def test_an_order_is_not_paid_while_an_invoice_waits_to_be_posted(trade):
    order = partly_shipped(trade)
    trade.pay(order, Decimal("300.00"))
    line = order.lines.get(position=1)
    issue_invoices(
        orders=[ToBill(order_id=order.id, key=uuid4(), issued_on=TODAY, due_on=TODAY)],
        lines=[ToBillLine(order_line_id=line.id, quantity=Decimal(2))],
        by=BY,
        at=NOW,
    )
    note_free_orders(ids=[order.id], by=BY, at=NOW)
    assert state_of(order) == ("confirmed", False)
    deliver_all()
    assert state_of(order) == ("confirmed", False)
    assert open_amounts() == {"invoice": Decimal("200.00")}


def test_noting_and_crediting_need_their_rights(trade):
    order = partly_shipped(trade)
    clerk = Actor(ActorKind.STAFF, name="Clerk")
    with pytest.raises(NotAllowed, match=r"ledger\.post"):
        note_free_orders(ids=[order.id], by=clerk, at=NOW)
    with pytest.raises(NotAllowed, match=r"invoicing\.credit"):
        credit_rests(orders=[order.id], issued_on=TODAY, by=clerk, at=NOW)
