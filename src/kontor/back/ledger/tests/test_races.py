"""Two clerks at once, on two connections: neither credits what the other has credited, nor draws the other's number."""

import threading
from decimal import Decimal
from functools import partial
from uuid import UUID, uuid4

import pytest
from django.db import connection

from kontor.back.invoicing.correcting import credit_invoice
from kontor.back.invoicing.errors import MoreThanBilled
from kontor.back.invoicing.models import Invoice
from kontor.back.invoicing.queries import ranges
from kontor.back.ledger.errors import MoreThanOpen
from kontor.back.ledger.matching import match_items
from kontor.back.ledger.models import Match, OpenItem
from kontor.back.ledger.queries import books_that_disagree
from kontor.bridge.orders.actions import cancel_rest, release_orders
from kontor.bridge.payments.actions import NewPayment, record_payments
from kontor.kernel.actor.identity import the_house
from kontor.kernel.errors import Busy
from kontor.kernel.events.dispatching import deliver_all
from tests.clone import clone
from tests.trade import NOW

__all__ = ["clone"]
BY = the_house()


def at_once(*deeds):
    """Do all of them at the same time, each on a connection of its own; returns what each brought about."""
    outcomes: list[object] = [None] * len(deeds)
    begin = threading.Barrier(len(deeds))

    def work(place, deed):
        begin.wait()
        try:
            outcomes[place] = deed()
        except (MoreThanBilled, MoreThanOpen, Busy) as refusal:
            outcomes[place] = type(refusal).__name__
        finally:
            connection.close()

    threads = [threading.Thread(target=work, args=(place, deed)) for place, deed in enumerate(deeds)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    return outcomes


@pytest.fixture
def trade(clone):
    return clone.trade


def test_two_clerks_cannot_credit_the_same_pieces(trade):
    order = trade.order((trade.offering(price="100.00"), 3))
    trade.ship(order)
    invoice = Invoice.objects.get(order=order)
    line = invoice.lines.get(position=1)

    def credit_two():
        return credit_invoice(
            invoice_id=invoice.id,
            quantities={line.id: Decimal(2)},
            reason="Kratzer",
            key=uuid4(),
            issued_on=NOW.date(),
            by=BY,
            at=NOW,
        )

    outcomes = at_once(credit_two, credit_two, credit_two)

    assert sorted(type(outcome) is UUID for outcome in outcomes) == [False, False, True]
    note = Invoice.objects.get(refers_to=invoice)
    assert note.gross_amount == Decimal("-200.00")
    assert all(row.drawn == row.standing and row.missing is None for row in ranges())


def test_two_bookkeepers_cannot_spend_the_same_money(trade):
    party = trade.party()
    orders = [trade.order((trade.offering(price="100.00"), 1), party=party) for _ in range(2)]
    for order in orders:
        trade.ship(order)
    payment = NewPayment(
        key=uuid4(),
        method="transfer",
        amount=Decimal("105.95"),
        currency="EUR",
        received_on=NOW.date(),
        reference="Danke",
        party_id=party.id,
    )
    record_payments(payments=[payment], by=BY, at=NOW)
    deliver_all()
    credit = OpenItem.objects.get(source="payment", source_id=payment.id)

    def settle(order):
        item = OpenItem.objects.get(source="invoice", order_id=order.id)
        return match_items(
            credit_id=credit.id, shares={item.id: Decimal("105.95")}, key=uuid4(), by=BY, at=NOW
        )

    outcomes = at_once(lambda: settle(orders[0]), lambda: settle(orders[1]))

    assert outcomes.count(True) == 1
    assert Match.objects.filter(credit=credit).count() == 1
    assert books_that_disagree() == []


def test_an_order_paid_while_its_last_parcel_leaves_is_done(trade):
    """Whoever comes second, paying or shipping, sees what the first has done."""
    for _round in range(3):
        order = trade.order((trade.offering(price="100.00"), 2), payment_method="prepayment")
        release_orders(ids=[order.id], by=BY, at=NOW)
        at_once(partial(trade.ship, order), partial(trade.pay, order, Decimal("205.95")))
        deliver_all()
        order.refresh_from_db()
        assert (order.state, order.paid_at is not None) == ("done", True)
    assert books_that_disagree() == []


def test_an_order_whose_rest_is_cancelled_while_the_money_comes_in_is_done(trade):
    for _round in range(3):
        order = trade.order((trade.offering(price="100.00"), 5))
        line = order.lines.get(position=1)
        trade.ship(order, quantities={line.id: Decimal(3)})
        at_once(partial(cancel_and_tell, order), partial(trade.pay, order, Decimal("300.00")))
        deliver_all()
        order.refresh_from_db()
        assert (order.state, order.paid_at is not None) == ("done", True)
    assert books_that_disagree() == []


def cancel_and_tell(order):
    cancel_rest(order_id=order.id, reason="Dauert zu lange", by=BY, at=NOW)
    deliver_all()
