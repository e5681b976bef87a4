"""Goods that come in, as a warehouse clerk sees them."""

from decimal import Decimal

import pytest
from conftest import make_account

from kontor.back.warehouse.actions import stock_that_disagrees
from kontor.back.warehouse.errors import NothingReceived, NothingReturned, NotReturnable
from kontor.back.warehouse.models import Move, OnHand
from kontor.back.warehouse.queries import what_came_back
from kontor.back.warehouse.receiving import NewReceipt, NewReturn, receive_delivery, receive_return
from kontor.bridge.orders.models import Order
from kontor.bridge.progress.models import Milestone
from kontor.bridge.promises.actions import plan_receipts
from kontor.bridge.promises.models import Bucket, Promise
from kontor.bridge.voice.models import Signal, SignalOrigin
from kontor.kernel.actor.middleware import actor_for
from kontor.kernel.errors import NotAllowed
from kontor.kernel.events.models import Event
from kontor.kernel.ids import uuid7
from kontor.kernel.tasks.models import Task
from tests.trade import NOW


@pytest.fixture
def clerk(house):
    return actor_for(make_account("warehouse"))


def receipt_of(trade, offering, quantity, **more):
    return NewReceipt(
        key=more.pop("key", uuid7()),
        offering_id=offering.id,
        number=offering.number,
        location_id=trade.location.id,
        quantity=Decimal(quantity),
        **more,
    )


def test_a_delivery_lies_on_the_shelf_once_however_often_the_button_is_pressed(trade, clerk):
    offering = trade.offering(stock=2)
    receipt = receipt_of(trade, offering, 5, reference="LS 4711")
    assert receive_delivery(receipt=receipt, by=clerk, at=NOW) is True
    assert receive_delivery(receipt=receipt, by=clerk, at=NOW) is False
    assert OnHand.objects.get().quantity == 7
    assert Event.objects.get(type="warehouse.GoodsReceived").fact == {
        "quantity": "5",
        "reference": "LS 4711",
        "move_id": str(receipt.key),
        "bucket_id": None,
    }
    assert stock_that_disagrees() == []


def test_promises_on_a_planned_receipt_move_to_the_stock(trade, clerk):
    offering = trade.offering(stock=1)
    (bucket,) = plan_receipts(receipts=[(offering.id, NOW, Decimal(4), "FA-1")], by=trade.by, at=NOW)
    order = trade.order((offering, 3))
    assert Promise.objects.get(bucket_id=bucket).quantity == 2
    receive_delivery(receipt=receipt_of(trade, offering, 4, bucket_id=bucket), by=clerk, at=NOW)
    assert {promise.bucket.kind for promise in Promise.objects.select_related("bucket")} == {"on_hand"}
    hand = Bucket.objects.get(kind="on_hand")
    assert (hand.capacity, hand.promised, hand.short) == (5, 3, 0)
    assert trade.ship(order)
    assert not Task.objects.exists()


def test_where_less_comes_than_was_promised_order_administration_gets_a_task(trade, clerk):
    offering = trade.offering(stock=0)
    trade.stock(offering, 1)
    (bucket,) = plan_receipts(receipts=[(offering.id, NOW, Decimal(4), "FA-1")], by=trade.by, at=NOW)
    trade.order((offering, 5))
    receive_delivery(receipt=receipt_of(trade, offering, 1, bucket_id=bucket), by=clerk, at=NOW)
    hand = Bucket.objects.get(kind="on_hand")
    assert (hand.capacity, hand.promised, hand.short) == (2, 5, 3)
    assert Task.objects.get().kind == "promises.short"


@pytest.mark.parametrize("quantity", ["0", "-1"])
def test_nothing_is_received_with_no_quantity(trade, clerk, quantity):
    with pytest.raises(NothingReceived):
        receive_delivery(receipt=receipt_of(trade, trade.offering(), quantity), by=clerk, at=NOW)


def test_receiving_needs_the_right(trade):
    by = actor_for(make_account("logistics"))
    with pytest.raises(NotAllowed):
        receive_delivery(receipt=receipt_of(trade, trade.offering(), 1), by=by, at=NOW)


def returned_of(order, quantity, *, key=None, line=None):
    line = line or order.lines.get(kind="item")
    return NewReturn(
        key=key or uuid7(),
        order_id=order.id,
        location_id=OnHand.objects.first().location_id,
        quantities={line.id: Decimal(quantity)},
        reason="Gefällt nicht",
        why="unlike",
    )


@pytest.fixture
def delivered(trade) -> Order:
    order: Order = trade.order((trade.offering(price="100.00", stock=5), 3))
    trade.ship(order)
    return order


def test_a_return_raises_the_stock_and_is_told_once(trade, clerk, delivered):
    returned = returned_of(delivered, 2)
    assert receive_return(returned=returned, by=clerk, at=NOW) is True
    assert receive_return(returned=returned, by=clerk, at=NOW) is False
    line = delivered.lines.get(kind="item")
    assert (line.returned_quantity, OnHand.objects.get().quantity) == (2, 4)
    assert Milestone.objects.filter(step="returned").get().quantity == 2
    event = Event.objects.get(type="warehouse.GoodsReturned")
    assert (event.subject, event.subject_id) == (delivered.number, delivered.id)
    assert event.fact == {"return_id": str(returned.key)}
    assert what_came_back({returned.key: delivered.id}) == {returned.key: {line.id: Decimal(2)}}
    assert stock_that_disagrees() == []
    signal = Signal.objects.get()
    assert (signal.kind, signal.reason, signal.words) == ("problem", "unlike", "Gefällt nicht")
    assert SignalOrigin.objects.get().party_id == delivered.party_id


def test_no_more_comes_back_than_was_delivered(trade, clerk, delivered):
    receive_return(returned=returned_of(delivered, 2), by=clerk, at=NOW)
    for quantity in (2, -1):
        with pytest.raises(NotReturnable):
            receive_return(returned=returned_of(delivered, quantity), by=clerk, at=NOW)
    assert Move.objects.filter(kind="return").count() == 1


def test_a_line_of_another_order_does_not_come_back_here(trade, clerk, delivered):
    other = trade.order((trade.offering(), 1))
    trade.ship(other)
    returned = returned_of(delivered, 1, line=other.lines.get(kind="item"))
    with pytest.raises(NotReturnable):
        receive_return(returned=returned, by=clerk, at=NOW)


def test_a_return_of_nothing_is_refused(trade, clerk, delivered):
    with pytest.raises(NothingReturned):
        receive_return(returned=returned_of(delivered, 0), by=clerk, at=NOW)
