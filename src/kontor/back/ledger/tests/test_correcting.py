"""Credit notes after returns and cancellations, as the customer's account shows them."""

from decimal import Decimal
from uuid import uuid4

from kontor.back.invoicing.correcting import Returned, credit_returned
from kontor.back.invoicing.models import Invoice
from kontor.back.ledger.models import OpenItem
from kontor.back.ledger.queries import books_that_disagree
from kontor.back.warehouse.models import Location
from kontor.back.warehouse.receiving import NewReturn, receive_return
from kontor.bridge.charges.models import Charge
from kontor.bridge.orders.actions import cancel_order
from kontor.kernel.actor.identity import the_house
from kontor.kernel.events.dispatching import deliver_all
from tests.trade import NOW

BY = the_house()


def send_back(order, quantity, *, position=1):
    line = order.lines.get(position=position)
    location = Location.objects.first()
    returned = NewReturn(
        key=uuid4(), order_id=order.id, location_id=location.id, quantities={line.id: Decimal(quantity)}
    )
    receive_return(returned=returned, by=BY, at=NOW)
    deliver_all()
    return returned


def notes():
    return list(Invoice.objects.filter(kind="credit_note").order_by("number"))


def test_what_came_back_is_credited_once_and_no_more(trade):
    order = trade.order((trade.offering(price="100.00"), 3))
    trade.ship(order)
    back = send_back(order, 2)

    (note,) = notes()
    assert (note.gross_amount, note.net_amount, note.tax_amount) == (
        Decimal("-200.00"),
        Decimal("-168.07"),
        Decimal("-31.93"),
    )
    assert (note.reason, note.refers_to.number) == ("Ware wurde zurückgegeben.", "RE-000001")
    again = Returned(key=back.key, order_id=order.id, quantities=back.quantities)
    assert credit_returned(returns=[again], issued_on=NOW.date(), by=BY, at=NOW) == []
    assert len(notes()) == 1
    assert OpenItem.objects.get(source="invoice").open_amount == Decimal("105.95")
    assert books_that_disagree() == []


def test_a_return_takes_from_the_oldest_invoice_first(trade):
    order = trade.order((trade.offering(price="100.00"), 3))
    line = order.lines.get(position=1)
    trade.ship(order, quantities={line.id: Decimal(1)})
    trade.ship(order)
    send_back(order, 2)

    assert [(note.refers_to.number, note.gross_amount) for note in notes()] == [
        ("RE-000001", Decimal("-100.00")),
        ("RE-000002", Decimal("-100.00")),
    ]


def test_what_was_billed_ahead_and_not_delivered_is_not_credited_by_a_return(trade):
    order = trade.order((trade.offering(price="100.00"), 5), payment_method="prepayment")
    trade.pay(order, Decimal("500.00"))
    line = order.lines.get(position=1)
    trade.ship(order, quantities={line.id: Decimal(3)})
    send_back(order, 1)

    (note,) = notes()
    assert note.gross_amount == Decimal("-100.00")
    assert OpenItem.objects.get(source="credit_note").open_amount == Decimal("-100.00")


def test_two_returns_heard_together_share_what_was_billed(trade):
    order = trade.order((trade.offering(price="10.00"), 3))
    trade.ship(order)
    line = order.lines.get(position=1)
    both = [Returned(key=uuid4(), order_id=order.id, quantities={line.id: Decimal(2)}) for _ in range(2)]

    credit_returned(returns=both, issued_on=NOW.date(), by=BY, at=NOW)

    assert sorted(note.gross_amount for note in notes()) == [Decimal("-20.00"), Decimal("-10.00")]


def test_a_cancelled_order_is_credited_and_never_billed_again(trade):
    order = trade.order((trade.offering(price="100.00"), 2), payment_method="prepayment")
    cancel_order(order_id=order.id, reason="Geirrt", by=BY, at=NOW)
    deliver_all()

    (note,) = notes()
    assert note.gross_amount == Decimal("-205.95")
    assert not OpenItem.objects.exclude(open_amount=0).exists()
    order.refresh_from_db()
    assert order.paid_at is None, "nothing was paid: the credit note settled the invoice"
    assert not any(
        charge.quantity > charge.invoiced_quantity + charge.cancelled_quantity
        for charge in Charge.objects.filter(order=order)
    )


def test_a_cancelled_order_that_was_not_billed_gives_no_credit_note(trade):
    order = trade.order((trade.offering(price="100.00"), 2))
    cancel_order(order_id=order.id, reason="Geirrt", by=BY, at=NOW)
    deliver_all()

    assert notes() == []
    assert all(charge.cancelled_quantity == charge.quantity for charge in Charge.objects.filter(order=order))
