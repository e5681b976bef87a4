"""An order's life as clerks and customers see it: placed once, cancelled once, never after it has left."""

import threading
from dataclasses import replace
from decimal import Decimal

import psycopg
import pytest
from django.db import DatabaseError, IntegrityError, connection
from django.db.transaction import atomic
from django.utils.translation import override

from kontor.bridge.orders import errors
from kontor.bridge.orders.actions import cancel_order, place_orders
from kontor.bridge.orders.models import Order, OrderLine
from kontor.bridge.promises.models import Bucket
from kontor.kernel.actor.identity import Actor, ActorKind
from kontor.kernel.errors import NotAllowed, NotFound, refusal_for
from kontor.kernel.events.models import Event
from kontor.kernel.ids import uuid7
from kontor.kernel.transactions import transaction
from tests.clone import clone
from tests.trade import NOW

__all__ = ["clone"]


def cancel(trade, order, reason="Changed my mind."):
    cancel_order(order_id=order.id, reason=reason, by=trade.by, at=NOW)


def news(order, name):
    return Event.objects.filter(subject_id=order.id, type=f"orders.{name}").count()


def test_the_same_key_finds_the_first_order_and_places_nothing(trade):
    bike = trade.offering()
    wanted = trade.new_order((bike, 2))
    first = trade.place(wanted)
    (again,) = transaction(lambda: place_orders([wanted], by=trade.by, at=NOW))()
    assert (again.id, again.number, again.is_new) == (first.id, first.number, False)
    assert OrderLine.objects.filter(order=first).count() == 2
    assert Order.objects.count() == 1
    assert news(first, "OrderPlaced") == 1


def test_a_list_of_old_and_new_orders_places_the_new_ones_in_its_order(trade):
    bike = trade.offering()
    old, new = trade.new_order((bike, 1)), trade.new_order((bike, 1))
    trade.place(old)
    new = replace(new, lines=new.lines[1:])
    placed = transaction(lambda: place_orders([new, old], by=trade.by, at=NOW))()
    assert [(order.key, order.is_new) for order in placed] == [(new.key, True), (old.key, False)]


def test_cancelling_frees_the_goods_and_says_so_once(trade):
    bike = trade.offering(stock=5)
    order = trade.order((bike, 2))
    cancel(trade, order)
    cancel(trade, order, "Again.")
    order.refresh_from_db()
    assert (order.state, order.cancelled_at, order.cancel_reason) == ("cancelled", NOW, "Changed my mind.")
    assert Bucket.objects.get(pool__offering=bike).promised == 0
    assert news(order, "OrderCancelled") == 1


def test_a_held_order_can_be_cancelled(trade):
    order = trade.place(trade.new_order((trade.offering(stock=5), 2)))
    OrderLine.objects.filter(order=order).update(unit_price=1)
    cancel(trade, order)
    assert Order.objects.get(id=order.id).state == "cancelled"
    assert Bucket.objects.get().promised == 0


def test_what_has_left_is_not_cancelled_and_stays_as_it_is(trade):
    order = trade.order((trade.offering(), 2))
    trade.ship(order)
    with override("en"), pytest.raises(errors.OrderAlreadyShipped, match="Create a return instead"):
        cancel(trade, order)
    order.refresh_from_db()
    assert (order.state, news(order, "OrderCancelled")) == ("confirmed", 0)


def test_partly_shipped_orders_are_not_cancelled_either(trade):
    order = trade.order((trade.offering(), 2))
    line = order.lines.get(kind="item")
    trade.ship(order, quantities={line.id: Decimal(1)})
    with pytest.raises(errors.OrderAlreadyShipped):
        cancel(trade, order)


def test_cancelling_needs_the_right_and_an_order(trade):
    order = trade.order((trade.offering(), 1))
    with pytest.raises(NotAllowed, match=r"orders\.cancel"):
        cancel_order(order_id=order.id, reason="x", by=Actor(ActorKind.STAFF, name="Clerk"), at=NOW)
    with pytest.raises(NotFound):
        cancel_order(order_id=uuid7(), reason="x", by=trade.by, at=NOW)


def refused(name, action):
    with pytest.raises(IntegrityError, match=name), atomic():
        action()


def test_the_rules_of_orders_hold_for_whoever_goes_around_python(trade):
    order = trade.order((trade.offering(), 2))
    orders, lines = Order.objects.filter(id=order.id), OrderLine.objects.filter(order=order, kind="item")
    refused("an_order_adds_up", lambda: orders.update(net_amount=1))
    refused("a_cancelled_order_says_when", lambda: orders.update(state="cancelled"))
    refused("a_cancelled_order_says_when", lambda: orders.update(cancelled_at=NOW))
    refused("an_order_line_is_of_something", lambda: lines.update(quantity=0))
    refused("no_more_is_delivered_than_ordered", lambda: lines.update(delivered_quantity=3))
    refused(
        "no_more_is_delivered_than_ordered", lambda: lines.update(delivered_quantity=1, cancelled_quantity=2)
    )
    refused("no_more_is_returned_than_delivered", lambda: lines.update(returned_quantity=1))
    refused(
        "a_position_stands_once_in_an_order", lambda: OrderLine.objects.filter(order=order).update(position=1)
    )
    refused("orders_order_key", lambda: Order.objects.create(**_copy(order, id=uuid7(), number="A-X")))


def _copy(order, **changes):
    return {field.attname: getattr(order, field.attname) for field in Order._meta.concrete_fields} | changes


def test_a_line_lives_on_a_promise_of_its_own_article_and_party(trade):
    bike, bell = trade.offering(), trade.offering()
    order = trade.place(trade.new_order((bike, 1)))
    other = trade.place(trade.new_order((bell, 1)))
    demand = other.lines.get(kind="item").demand_id
    OrderLine.objects.filter(demand_id=demand).update(demand_id=None)
    line = order.lines.get(kind="item")
    with pytest.raises(DatabaseError, match="lines join an order"), atomic():
        OrderLine.objects.create(
            **{field.attname: getattr(line, field.attname) for field in OrderLine._meta.concrete_fields}
            | {"id": uuid7(), "position": 9, "demand_id": demand}
        )


def test_lines_do_not_join_an_order_that_is_no_longer_placed(trade):
    order = trade.order((trade.offering(), 1))
    line = order.lines.get(kind="item")
    copy = {field.attname: getattr(line, field.attname) for field in OrderLine._meta.concrete_fields}
    with pytest.raises(DatabaseError, match="lines join an order"), atomic():
        OrderLine.objects.create(**copy | {"id": uuid7(), "position": 9, "demand_id": None})


def test_a_constraint_that_is_expected_is_a_refusal_in_words():
    refusal = refusal_for("no_more_is_delivered_than_ordered")
    assert refusal is not None
    with override("en"):
        assert str(refusal).startswith("More would be delivered than was ordered. Reload the page")


def test_a_line_that_comes_while_the_order_is_being_confirmed_waits_and_is_refused(clone):
    order = clone.trade.place(clone.trade.new_order((clone.trade.offering(), 1)))
    line = order.lines.get(kind="shipping")
    names = [field.column for field in OrderLine._meta.concrete_fields]
    copied = ", ".join({"id": "gen_random_uuid()", "position": "9"}.get(name, name) for name in names)
    ended: list[str | None] = []

    def join() -> None:
        with clone.login("back") as clerk:
            try:
                clerk.execute(
                    f"INSERT INTO orders_orderline ({', '.join(names)})"
                    f" SELECT {copied} FROM orders_orderline WHERE id = %s",
                    [line.id],
                )
                ended.append("joined")
            except psycopg.Error as error:
                ended.append(error.sqlstate)

    with clone.login("back", autocommit=False) as worker:
        worker.execute("SELECT FROM orders_order WHERE id = %s FOR NO KEY UPDATE", [order.id])
        thread = threading.Thread(target=join)
        thread.start()
        thread.join(0.5)
        assert thread.is_alive()
        worker.execute("UPDATE orders_order SET state = 'confirmed' WHERE id = %s", [order.id])
        worker.commit()
    thread.join(10)
    assert ended == ["KO001"]
    assert clone.ask("SELECT count(*) FROM orders_orderline WHERE order_id = %s", [order.id]) == [(2,)]


def test_one_key_placed_by_two_at_once_is_one_order(clone):
    wanted = clone.trade.new_order((clone.trade.offering(), 1))
    begin, ended = threading.Barrier(2), []

    def place() -> None:
        begin.wait(10)
        try:
            ended.append(clone.trade.place(wanted).number)
        finally:
            connection.close()

    threads = [threading.Thread(target=place) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert len(ended) == 2
    assert len(set(ended)) == 1
    assert clone.ask("SELECT count(*) FROM orders_order WHERE key = %s", [wanted.key]) == [(1,)]
