"""Accepting a held order, as the head of order administration sees it."""

from dataclasses import replace
from decimal import Decimal

import pytest
from conftest import make_account

from kontor.back.orderdesk.actions import accept_held
from kontor.bridge.charges.models import Charge
from kontor.bridge.orders.actions import cancel_order
from kontor.bridge.orders.errors import NotAcceptable, OrderNotHeld, ReasonMissing
from kontor.bridge.orders.models import Order
from kontor.bridge.promises.models import Promise
from kontor.kernel.actor.middleware import actor_for
from kontor.kernel.errors import NotAllowed
from kontor.kernel.events.dispatching import deliver_all
from kontor.kernel.events.models import Event
from kontor.kernel.tasks.models import Task
from tests.trade import NOW


@pytest.fixture
def clerk(house):
    return actor_for(make_account("order-administration"))


def held_at(trade, price: str, **changes):
    """An order whose first line carries another price than the catalogue."""
    new = trade.new_order((trade.offering(price="100.00"), 2))
    item, shipping = new.lines
    order = trade.place(replace(new, lines=[replace(item, unit_price=Decimal(price), **changes), shipping]))
    deliver_all()
    order.refresh_from_db()
    assert order.state == "held"
    return order


def accept(order, by, reason="Agreed by phone"):
    accept_held(order_id=order.id, number=order.number, reason=reason, by=by, at=NOW)
    order.refresh_from_db()


def test_an_order_at_another_price_is_held_and_a_task_says_so(trade):
    order = held_at(trade, "90.00")
    task = Task.objects.get()
    assert (task.kind, task.department, task.subject) == ("orders.held", "order-administration", order.number)
    assert task.detail == {"reasons": ["price"]}
    assert not Charge.objects.exists()


def test_accepting_confirms_charges_at_the_orders_own_price_and_closes_the_task(trade, clerk):
    order = held_at(trade, "90.00")
    accept(order, clerk)
    assert (order.state, order.released_at) == ("confirmed", NOW)
    assert Charge.objects.get(order_line__kind="item").gross_amount == Decimal("180.00")
    assert set(Promise.objects.values_list("state", flat=True)) == {"firm"}
    assert Task.objects.get().done_by_id == clerk.id
    accepted = Event.objects.get(type="orders.OrderAccepted")
    assert accepted.fact == {"reason": "Agreed by phone"}
    assert Event.objects.filter(type="orders.OrderConfirmed").count() == 1


def test_accepting_twice_is_refused_and_charges_nothing_again(trade, clerk):
    order = held_at(trade, "90.00")
    accept(order, clerk)
    with pytest.raises(OrderNotHeld):
        accept(order, clerk)
    assert Charge.objects.filter(order=order).count() == 2
    assert Event.objects.filter(type="orders.OrderAccepted").count() == 1


def test_wrong_taxes_are_never_accepted(trade, clerk):
    order = held_at(trade, "100.00", tax_rate=Decimal("7.00"))
    with pytest.raises(NotAcceptable):
        accept(order, clerk)
    order.refresh_from_db()
    assert order.state == "held"
    assert not Charge.objects.exists()


def test_accepting_needs_a_reason_and_the_right(trade, clerk):
    order = held_at(trade, "90.00")
    with pytest.raises(ReasonMissing):
        accept(order, clerk, reason="   ")
    with pytest.raises(NotAllowed):
        accept(order, actor_for(make_account("warehouse")))
    assert Order.objects.get(pk=order.pk).state == "held"


def test_cancelling_a_held_order_closes_its_task_and_frees_the_stock(trade, clerk):
    order = held_at(trade, "90.00")
    cancel_order(order_id=order.id, reason="Wrong price", by=clerk, at=NOW)
    deliver_all()
    assert Task.objects.get().done_at == NOW
    assert set(Promise.objects.values_list("state", flat=True)) == {"released"}


def test_an_order_is_done_when_it_is_delivered_and_paid_in_either_order(trade):
    first = trade.order((trade.offering(price="100.00"), 1))
    trade.ship(first)
    trade.pay(first, first.gross_amount)
    first.refresh_from_db()
    assert first.state == "done"
    second = trade.order((trade.offering(price="100.00"), 1), payment_method="prepayment")
    trade.pay(second, second.gross_amount)
    second.refresh_from_db()
    assert (second.state, second.released_at is not None) == ("confirmed", True)
    trade.ship(second)
    second.refresh_from_db()
    assert second.state == "done"


def test_an_order_that_is_delivered_in_part_is_not_done(trade):
    order = trade.order((trade.offering(price="100.00"), 3), payment_method="prepayment")
    trade.pay(order, order.gross_amount)
    line = order.lines.get(kind="item")
    trade.ship(order, quantities={line.id: Decimal(1)})
    order.refresh_from_db()
    assert order.state == "confirmed"
