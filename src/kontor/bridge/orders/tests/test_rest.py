"""The rest of a partly delivered order is cancelled, as clerks do it: once, by who may, and only the rest."""

import threading
from decimal import Decimal
from functools import partial

import pytest
from django.db import connection
from django.utils.translation import override

from kontor.bridge.orders import errors
from kontor.bridge.orders.actions import cancel_order, cancel_rest
from kontor.bridge.orders.models import Order
from kontor.bridge.progress.models import Milestone
from kontor.bridge.promises.models import Bucket
from kontor.kernel.actor.identity import Actor, ActorKind
from kontor.kernel.errors import NotAllowed, NotFound, Refusal
from kontor.kernel.events.models import Event
from kontor.kernel.ids import uuid7
from tests.clone import clone
from tests.trade import NOW

__all__ = ["clone"]


def cancel_the_rest(trade, order, reason="The customer does not want to wait."):
    cancel_rest(order_id=order.id, reason=reason, by=trade.by, at=NOW)


def partly_shipped(trade, *, ordered=5, shipped=3, **how):
    order = trade.order((trade.offering(price="100.00"), ordered), **how)
    ship_some(trade, order, shipped)
    return order


def ship_some(trade, order, quantity):
    line = order.lines.get(position=1)
    trade.ship(order, quantities={line.id: Decimal(quantity)})


def news(order):
    return Event.objects.filter(subject_id=order.id, type="orders.OrderRestCancelled").count()


def test_the_rest_is_cancelled_and_its_promise_is_free_again(trade):
    order = partly_shipped(trade)
    cancel_the_rest(trade, order)

    line, shipping = order.lines.order_by("position")
    assert (line.delivered_quantity, line.cancelled_quantity) == (3, 2)
    assert (shipping.delivered_quantity, shipping.cancelled_quantity) == (1, 0), "a parcel has left"
    order.refresh_from_db()
    assert (order.state, order.cancelled_at) == ("confirmed", None)
    bucket = Bucket.objects.get()
    assert (bucket.capacity, bucket.promised) == (17, 0)
    milestone = Milestone.objects.get(order_id=order.id, step="cancelled")
    assert (milestone.order_line_id, milestone.quantity) == (line.id, 2)


def test_a_second_time_changes_nothing_and_tells_nobody(trade):
    order = partly_shipped(trade)
    cancel_the_rest(trade, order)
    cancel_the_rest(trade, order, "Again.")

    assert order.lines.get(position=1).cancelled_quantity == 2
    assert news(order) == 1
    assert Milestone.objects.filter(order_id=order.id, step="cancelled").count() == 1


def test_lines_of_which_nothing_left_are_cancelled_whole(trade):
    order = trade.order((trade.offering(price="10.00"), 2), (trade.offering(price="20.00"), 4))
    ship_some(trade, order, 2)
    cancel_the_rest(trade, order)

    assert [line.cancelled_quantity for line in order.lines.order_by("position")] == [0, 4, 0]
    assert not Bucket.objects.exclude(promised=0).exists()


def test_an_order_of_which_nothing_left_is_cancelled_as_a_whole_instead(trade):
    order = trade.order((trade.offering(), 2))
    with override("en"), pytest.raises(errors.NothingShipped, match="Cancel the whole order instead"):
        cancel_the_rest(trade, order)
    assert (order.lines.get(position=1).cancelled_quantity, news(order)) == (0, 0)


def test_an_order_that_left_completely_is_returned_instead(trade):
    order = partly_shipped(trade, ordered=3, shipped=3)
    with override("en"), pytest.raises(errors.OrderAlreadyShipped, match="Create a return instead"):
        cancel_the_rest(trade, order)
    assert news(order) == 0


def test_who_wants_to_cancel_all_of_it_is_told_that_the_rest_can_be_cancelled(trade):
    order = partly_shipped(trade)
    with override("en"), pytest.raises(errors.PartAlreadyShipped, match="Cancel the rest of it instead"):
        cancel_order(order_id=order.id, reason="x", by=trade.by, at=NOW)
    assert Order.objects.get(id=order.id).state == "confirmed"


def test_a_cancelled_order_stays_as_it_is(trade):
    order = trade.order((trade.offering(), 2))
    cancel_order(order_id=order.id, reason="x", by=trade.by, at=NOW)
    cancel_the_rest(trade, order)
    assert news(order) == 0


def test_it_needs_the_right_and_an_order(trade):
    order = partly_shipped(trade)
    with pytest.raises(NotAllowed, match=r"orders\.cancel"):
        cancel_rest(order_id=order.id, reason="x", by=Actor(ActorKind.STAFF, name="Clerk"), at=NOW)
    with pytest.raises(NotFound):
        cancel_rest(order_id=uuid7(), reason="x", by=trade.by, at=NOW)
    assert order.lines.get(position=1).cancelled_quantity == 0


def test_the_cost_does_not_grow_with_the_lines(trade, django_assert_num_queries):
    small = partly_shipped(trade)
    large = trade.order(*[(trade.offering(price="10.00"), 2) for _ in range(30)])
    ship_some(trade, large, 1)
    for order in (small, large):
        # Lock, how far, change, one event; the rest is the test's own savepoint and its constraints.
        with django_assert_num_queries(8):
            cancel_the_rest(trade, order)
    assert sum(line.cancelled_quantity for line in large.lines.all()) == 59


def at_once(*deeds):
    """Do all at the same time, each on a connection of its own; what each ended with."""
    ended = [None] * len(deeds)
    begin = threading.Barrier(len(deeds))

    def work(place, deed):
        begin.wait(10)
        try:
            deed()
            ended[place] = "done"
        except Refusal as refusal:
            ended[place] = type(refusal).__name__
        finally:
            connection.close()

    threads = [threading.Thread(target=work, args=pair) for pair in enumerate(deeds)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return ended


def test_two_clerks_at_once_cancel_the_rest_once(clone):
    order = partly_shipped(clone.trade)
    ended = at_once(*[lambda: cancel_the_rest(clone.trade, order)] * 3)
    assert ended == ["done"] * 3
    assert (order.lines.get(position=1).cancelled_quantity, news(order)) == (2, 1)


def test_a_parcel_and_a_cancellation_at_once_never_make_more_than_was_ordered(clone):
    trade = clone.trade
    for _round in range(5):
        order = partly_shipped(trade)
        ended = at_once(partial(cancel_the_rest, trade, order), partial(trade.ship, order))
        line = order.lines.get(position=1)
        assert line.delivered_quantity + line.cancelled_quantity == 5, ended
        assert ended.count("done") == 1, ended
        assert news(order) == int(line.cancelled_quantity > 0)


def test_what_is_shipped_while_somebody_waits_to_cancel_is_not_cancelled(clone):
    order = clone.trade.order((clone.trade.offering(), 2))
    ended: list[str] = []

    def cancel() -> None:
        ended.extend(at_once(lambda: cancel_order(order_id=order.id, reason="x", by=clone.trade.by, at=NOW)))

    with clone.login("back", autocommit=False) as clerk:
        clerk.execute("SELECT FROM orders_order WHERE id = %s FOR NO KEY UPDATE", [order.id])
        thread = threading.Thread(target=cancel)
        thread.start()
        thread.join(0.5)
        assert thread.is_alive()
        clerk.execute("UPDATE orders_orderline SET delivered_quantity = 1 WHERE order_id = %s", [order.id])
        clerk.commit()
    thread.join(10)
    assert ended == ["PartAlreadyShipped"]
    assert Order.objects.get(id=order.id).state == "confirmed"
