"""Ordering, confirming, receiving and calling off, as a buyer sees it."""

from datetime import timedelta
from decimal import Decimal

import pytest
from conftest import make_account

from kontor.back.purchasing import errors
from kontor.back.purchasing.actions import (
    NewSupplier,
    add_supplier,
    cancel_purchase,
    confirm_purchase,
    order_goods,
    shift_purchases,
)
from kontor.back.purchasing.models import PurchaseLine, PurchaseOrder, Receipt, Shift, Supplier
from kontor.back.purchasing.receiving import NewDelivery, receive_purchase
from kontor.back.warehouse.actions import count_stock, stock_that_disagrees
from kontor.back.warehouse.models import OnHand
from kontor.back.warehouse.receiving import NewReceipt, receive_delivery
from kontor.bridge.orders.models import OrderLine
from kontor.bridge.orders.queries import sources_of
from kontor.bridge.parties.queries import house_terms
from kontor.bridge.progress.models import Milestone, Plan
from kontor.bridge.promises.errors import DayIsPast
from kontor.bridge.promises.models import Bucket, Demand, Promise
from kontor.bridge.promises.reasons import MoveReason
from kontor.kernel.actor.middleware import actor_for
from kontor.kernel.errors import NotAllowed, NotFound
from kontor.kernel.events.dispatching import deliver_all
from kontor.kernel.events.models import Event
from kontor.kernel.ids import uuid7
from kontor.kernel.tasks.models import Task
from tests.trade import NOW


def reached(order) -> list[tuple[str, Decimal]]:
    return list(Milestone.objects.filter(order=order).order_by("id").values_list("step", "quantity"))


def test_what_is_ordered_can_be_promised_with_its_day(trade, buying):
    lamp = trade.offering(stock=0)
    bought = buying.order((lamp, 10))
    line = bought.lines.get()
    bucket = buying.bucket(line)
    assert (bucket.capacity, bucket.source, bucket.made_by) == (10, bought.number, "purchase")
    order = trade.order((lamp, 4))
    assert order.promised_on > line.expected_at.date()
    assert dict(Plan.objects.filter(order=order).values_list("step", "planned_at")) == {
        "material": line.expected_at
    }


def test_ordering_twice_with_one_key_orders_once(trade, buying):
    new = buying.new((trade.offering(), 3))
    assert order_goods(orders=[new], by=buying.by, at=NOW) == order_goods(orders=[new], by=buying.by, at=NOW)
    assert PurchaseOrder.objects.count() == 1
    assert Event.objects.filter(type="purchasing.PurchaseOrdered").count() == 1


def test_ordering_takes_the_same_statements_for_one_line_and_for_many(
    trade, buying, django_assert_num_queries
):
    offerings = [trade.offering(stock=0) for _ in range(30)]
    house_terms()  # each process reads them once
    with django_assert_num_queries(12):
        order_goods(orders=[buying.new((offerings[0], 1))], by=buying.by, at=NOW)
    with django_assert_num_queries(12):
        order_goods(orders=[buying.new(*((one, 1) for one in offerings))], by=buying.by, at=NOW)


@pytest.mark.parametrize("quantity", ["0", "-2"])
def test_nothing_is_ordered_with_no_quantity(trade, buying, quantity):
    with pytest.raises(errors.NothingOrdered):
        buying.order((trade.offering(), quantity))
    with pytest.raises(errors.NothingOrdered):
        buying.order()


def test_a_supplier_stands_once(buying):
    with pytest.raises(errors.SupplierKnown):
        add_supplier(supplier=NewSupplier(key=uuid7(), name="Acme Laufräder"), by=buying.by, at=NOW)
    twice = NewSupplier(key=uuid7(), name="Zweirad Zenit")
    assert add_supplier(supplier=twice, by=buying.by, at=NOW) == add_supplier(
        supplier=twice, by=buying.by, at=NOW
    )
    assert Supplier.objects.count() == 2


def test_a_part_that_comes_serves_the_oldest_promises_and_the_rest_stays_planned(trade, buying):
    lamp = trade.offering(stock=0)
    bought = buying.order((lamp, 10))
    line = bought.lines.get()
    old, young = trade.order((lamp, 4)), trade.order((lamp, 4))
    key = uuid7()
    assert buying.receive(bought, {line: 5}, key=key) is True
    assert buying.receive(bought, {line: 5}, key=key) is False
    line.refresh_from_db()
    bought.refresh_from_db()
    assert (line.state, line.received_quantity, bought.state) == ("partly", 5, "partly")
    bucket = buying.bucket(line)
    assert (bucket.capacity, bucket.promised, bucket.closed_at) == (5, 3, None)
    hand = Bucket.objects.get(kind="on_hand")
    assert (hand.capacity, hand.promised, hand.short) == (5, 5, 0)
    assert ("material", 4) in reached(old) and ("material", 1) in reached(young)
    assert not Task.objects.exists() and stock_that_disagrees() == []
    assert trade.ship(old)
    buying.receive(bought, {line: 5})
    line.refresh_from_db()
    bought.refresh_from_db()
    assert (line.state, line.received_quantity, bought.state) == ("received", 10, "received")
    assert reached(young)[-1] == ("material", 3)
    assert trade.ship(young)
    lines = OrderLine.objects.filter(kind="item").values_list("id", flat=True)
    assert sources_of(lines) == dict.fromkeys(lines, bought.number)
    assert Receipt.objects.count() == 2


def test_more_than_ordered_may_come_and_is_stock(trade, buying):
    bought = buying.order((trade.offering(stock=0), 3))
    buying.receive(bought, {bought.lines.get(): 5})
    assert OnHand.objects.get().quantity == 5
    assert PurchaseOrder.objects.get().state == "received"


def test_a_short_last_delivery_puts_the_youngest_promises_at_risk(trade, buying):
    lamp = trade.offering(stock=0)
    bought = buying.order((lamp, 10))
    old, young = trade.order((lamp, 4)), trade.order((lamp, 4))
    buying.receive(bought, {bought.lines.get(): 5}, last=True)
    assert Task.objects.get().kind == "promises.short"
    assert Demand.objects.get(is_at_risk=True).orderline.order_id == young.id
    assert ("material", 4) in reached(old) and len(reached(young)) == 1
    assert PurchaseOrder.objects.get().state == "received"


def test_what_was_short_on_the_shelf_comes_before_the_promises_of_the_rest(trade, buying):
    lamp = trade.offering(stock=2)
    first = trade.order((lamp, 2))
    bought = buying.order((lamp, 10))
    waiting = trade.order((lamp, 3))
    count_stock(counts=[(lamp.id, trade.location.id, Decimal(0))], reason="Bruch", by=trade.by, at=NOW)
    assert Demand.objects.get(is_at_risk=True).orderline.order_id == first.id
    buying.receive(bought, {bought.lines.get(): 2})
    assert not Demand.objects.filter(is_at_risk=True).exists()
    assert trade.ship(first)
    assert Promise.objects.get(demand__orderline__order=waiting).bucket.kind == "receipt"


def test_several_lines_are_received_at_once_with_the_same_statements(
    trade, buying, django_assert_num_queries
):
    few = buying.order((trade.offering(stock=0), 2))
    many = buying.order(*((trade.offering(stock=0), 2) for _ in range(20)))
    for bought in (few, many):
        for line in bought.lines.all():
            trade.order((line.offering, 1))
        lines = dict.fromkeys(bought.lines.all(), 2)
        with django_assert_num_queries(15):
            buying.receive(bought, lines)


def test_the_warehouse_may_receive_a_part_too_and_the_order_follows(trade, buying):
    lamp = trade.offering(stock=0)
    bought = buying.order((lamp, 10))
    line = bought.lines.get()
    order = trade.order((lamp, 4))
    storekeeper = actor_for(make_account("warehouse"))
    receipt = NewReceipt(
        key=uuid7(),
        offering_id=lamp.id,
        number=lamp.number,
        location_id=trade.location.id,
        quantity=Decimal(6),
        bucket_id=line.bucket_id,
        is_last=False,
    )
    receive_delivery(receipt=receipt, by=storekeeper, at=NOW)
    deliver_all()
    line.refresh_from_db()
    assert (line.received_quantity, line.state) == (6, "partly")
    assert ("material", 4) in reached(order)
    assert Receipt.objects.get().id == receipt.key
    buying.receive(bought, {line: 4})
    deliver_all()
    line.refresh_from_db()
    assert (line.received_quantity, line.state) == (10, "received")


def test_a_confirmed_day_moves_what_was_promised_with_a_reason(trade, buying):
    lamp = trade.offering(stock=0)
    bought = buying.order((lamp, 10))
    order = trade.order((lamp, 1))
    before = order.promised_on
    later = NOW + timedelta(days=20)
    for _ in range(2):
        confirm_purchase(order_id=bought.id, expected_at=later, by=buying.by, at=NOW)
        deliver_all()
    order.refresh_from_db()
    bought.refresh_from_db()
    assert order.promised_on > before
    assert (bought.state, bought.due_at) == ("confirmed", later)
    assert Shift.objects.get().reason == "supplier_late"
    assert Milestone.objects.get(step="moved").reason == "supplier_late"
    confirm_purchase(order_id=bought.id, expected_at=NOW + timedelta(days=10), by=buying.by, at=NOW)
    assert Shift.objects.latest("id").reason == "earlier"


def test_calling_off_leaves_what_came_and_puts_the_rest_at_risk(trade, buying):
    lamp, bell = trade.offering(stock=0), trade.offering(stock=0)
    bought = buying.order((lamp, 5), (bell, 5))
    first = bought.lines.get(offering=lamp)
    buying.receive(bought, {first: 5})
    order = trade.order((bell, 2))
    for _ in range(2):
        cancel_purchase(order_id=bought.id, reason="Zu teuer", by=buying.by, at=NOW)
    assert Demand.objects.get(is_at_risk=True).orderline.order_id == order.id
    assert set(PurchaseLine.objects.values_list("state", flat=True)) == {"received", "cancelled"}
    bought.refresh_from_db()
    assert bought.state == "received"
    with pytest.raises(errors.PurchaseClosed):
        shift_purchases(ids=[bought.id], expected_at=NOW, reason=MoveReason.REPLANNED, by=buying.by, at=NOW)


def test_nothing_comes_with_no_quantity_or_of_another_order(trade, buying):
    bought, other = buying.order((trade.offering(), 3)), buying.order((trade.offering(), 3))
    for quantities in ({}, {bought.lines.get(): 0}, {other.lines.get(): 3}):
        with pytest.raises(errors.NothingCame):
            buying.receive(bought, quantities)
    with pytest.raises(NotFound):
        receive_purchase(
            delivery=NewDelivery(key=uuid7(), order_id=uuid7(), location_id=trade.location.id, quantities={}),
            by=buying.by,
            at=NOW,
        )


def test_goods_of_a_line_that_a_colleague_has_closed_are_refused_and_nothing_is_booked(trade, buying):
    lamp, bell = trade.offering(stock=0), trade.offering(stock=0)
    bought = buying.order((lamp, 5), (bell, 5))
    first, second = bought.lines.get(offering=lamp), bought.lines.get(offering=bell)
    buying.receive(bought, {first: 2}, last=True)
    key = uuid7()
    with pytest.raises(errors.LinesClosed, match=lamp.number):
        buying.receive(bought, {first: 3, second: 5}, key=key)
    assert not OnHand.objects.filter(offering=bell).exists()
    assert OnHand.objects.get(offering=lamp).quantity == 2
    assert buying.receive(bought, {second: 5}, key=key) is True
    # The repeat of what was booked is no refusal, though its lines are closed by now.
    assert buying.receive(bought, {second: 5}, key=key) is False
    with pytest.raises(errors.PurchaseClosed):
        buying.receive(bought, {second: 5})


def test_a_delivery_that_only_closes_lines_may_be_repeated(trade, buying):
    lamp, bell = trade.offering(stock=0), trade.offering(stock=0)
    bought = buying.order((lamp, 5), (bell, 5))
    first, second = bought.lines.get(offering=lamp), bought.lines.get(offering=bell)
    for line in (first, second):  # with the second the order is closed, too
        key = uuid7()
        assert buying.receive(bought, {line: 0}, last=True, key=key) is True
        assert buying.receive(bought, {line: 0}, last=True, key=key) is False
    assert Event.objects.filter(type="purchasing.PurchaseReceived").count() == 2
    assert set(PurchaseLine.objects.values_list("state", flat=True)) == {"cancelled"}


@pytest.mark.parametrize("department", ["warehouse", "management", "production", "sales"])
def test_only_purchasing_buys(trade, buying, department):
    by = actor_for(make_account(department))
    bought = buying.order((trade.offering(), 3))
    delivery = NewDelivery(
        key=uuid7(),
        order_id=bought.id,
        location_id=trade.location.id,
        quantities={bought.lines.get().id: Decimal(1)},
    )
    deeds = [
        lambda: add_supplier(supplier=NewSupplier(key=uuid7(), name="X"), by=by, at=NOW),
        lambda: order_goods(orders=[buying.new((trade.offering(), 1))], by=by, at=NOW),
        lambda: confirm_purchase(order_id=bought.id, expected_at=NOW, by=by, at=NOW),
        lambda: shift_purchases(ids=[bought.id], expected_at=NOW, reason=MoveReason.EARLIER, by=by, at=NOW),
        lambda: cancel_purchase(order_id=bought.id, reason="x", by=by, at=NOW),
        lambda: receive_purchase(delivery=delivery, by=by, at=NOW),
    ]
    for deed in deeds:
        with pytest.raises(NotAllowed):
            deed()
    bought.refresh_from_db()
    assert bought.state == "ordered" and not Receipt.objects.exists()


def test_nothing_is_ordered_for_a_day_that_is_over_but_today_will_do(trade, buying):
    bell = trade.offering(stock=0)
    with pytest.raises(DayIsPast):
        order_goods(orders=[buying.new((bell, 4), days=-1)], by=buying.by, at=NOW)
    assert not PurchaseOrder.objects.exists() and not Bucket.objects.filter(kind="receipt").exists()
    assert buying.order((bell, 4), days=0).state == "ordered"
