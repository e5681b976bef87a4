"""The works, the counter and the warehouse at once, on connections of their own: nothing twice, nothing lost."""

import threading
from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection

from kontor.back.production.actions import cancel_production, shift_production
from kontor.back.production.models import Shift
from kontor.back.production.reporting import finish_production
from kontor.back.production.tests.conftest import Works
from kontor.back.warehouse.actions import stock_that_disagrees
from kontor.back.warehouse.models import OnHand
from kontor.bridge.orders.models import Order
from kontor.bridge.progress.models import Milestone
from kontor.bridge.promises.reasons import MoveReason
from kontor.kernel.errors import Refusal
from kontor.kernel.events.dispatching import deliver_all
from kontor.kernel.events.models import Event
from tests.clone import clone
from tests.trade import NOW

__all__ = ["clone"]
WRONG_SUMS = """
SELECT b.id FROM promises_bucket b WHERE b.promised <> coalesce((SELECT sum(p.quantity) FROM promises_promise p
    WHERE p.bucket_id = b.id AND p.state IN ('hold', 'firm')), 0) OR b.promised > b.capacity + b.overbooking + b.short
"""


def at_once(*deeds: Callable[[], Any]) -> list[Any]:
    """Do all of them at the same time, each on a connection of its own; what each brought about, or its refusal."""
    outcomes: list[Any] = [None] * len(deeds)
    begin = threading.Barrier(len(deeds))

    def work(place: int, deed: Callable[[], Any]) -> None:
        begin.wait()
        try:
            outcomes[place] = deed()
        except Refusal as refusal:
            outcomes[place] = type(refusal).__name__
        finally:
            connection.close()

    threads = [threading.Thread(target=work, args=pair) for pair in enumerate(deeds)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return outcomes


@pytest.fixture
def works(clone):
    return Works(clone.trade)


def finish(works, made, good=5):
    return finish_production(
        order_id=made.id, good=Decimal(good), location_id=works.trade.location.id, by=works.by, at=NOW
    )


def shift(works, made, days):
    return shift_production(
        ids=[made.id],
        finish_at=NOW + timedelta(days=days),
        reason=MoveReason.CAPACITY,
        by=works.by,
        at=NOW,
    )


def test_what_two_report_at_once_lies_on_the_shelf_once(works):
    bike = works.trade.offering(stock=0)
    made = works.start(works.plan(bike, 5))
    outcomes = at_once(*[lambda: finish(works, made)] * 3)
    assert sorted(map(str, outcomes)) == ["False", "False", "True"]
    assert OnHand.objects.get(offering=bike).quantity == 5


def test_two_who_move_at_once_to_the_same_day_tell_each_order_once(works):
    bike = works.trade.offering(stock=0)
    made = works.plan(bike, 5)
    order = works.trade.order((bike, 1))
    outcomes = at_once(*[lambda: shift(works, made, 30)] * 3)
    assert sorted(outcomes) == [0, 0, 1]
    deliver_all()
    assert Shift.objects.filter(order=made).count() == 1
    assert Event.objects.filter(type="orders.PromiseDateMoved", subject_id=order.id).count() == 1
    assert Milestone.objects.filter(order=order, step="moved").count() == 1


def one_round(works, *, is_made: bool) -> None:
    """Two move the same order, one another; three order; somebody finishes it or calls it off; the worker works."""
    bike = works.trade.offering(stock=0)
    made, other = works.start(works.plan(bike, 6)), works.plan(bike, 20, days=20)
    wanted = [works.trade.new_order((bike, 2)) for _ in range(3)]

    def end():
        if is_made:
            return finish(works, made, 4)
        return cancel_production(order_id=made.id, reason="x", by=works.by, at=NOW)

    outcomes = at_once(
        lambda: shift(works, made, 12),
        lambda: shift(works, made, 14),
        lambda: shift(works, other, 40),
        *(lambda one=one: works.trade.place(one).state for one in wanted),
        end,
        deliver_all,
    )
    deliver_all()
    assert set(outcomes[3:6]) == {"placed"}, outcomes
    assert set(map(str, outcomes[:3])) <= {"1", "ProductionClosed"}, outcomes
    made.refresh_from_db()
    assert made.state == ("finished" if is_made else "cancelled")
    # Whoever comes afterwards waits for the other one.
    works.trade.order((bike, 6))


@pytest.mark.slow
def test_moving_ordering_making_and_calling_off_at_once_end_in_a_house_that_adds_up(clone, works):
    for number in range(6):
        one_round(works, is_made=bool(number % 2))
    assert clone.ask(WRONG_SUMS) == []
    assert clone.ask("SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()") == [(0,)]
    assert stock_that_disagrees() == []
    # Whoever waits for a receipt is promised the day of the receipt as it stands now.
    waiting = clone.ask(
        "SELECT DISTINCT o.id, b.starts_at FROM orders_order o JOIN orders_orderline l ON l.order_id = o.id"
        " JOIN promises_promise p ON p.demand_id = l.demand_id AND p.state = 'firm'"
        " JOIN promises_bucket b ON b.id = p.bucket_id AND b.kind = 'receipt' WHERE o.state = 'confirmed'"
    )
    assert waiting
    for order_id, ready_at in waiting:
        order = Order.objects.get(pk=order_id)
        assert ready_at.date() < order.promised_on <= ready_at.date() + timedelta(days=8)
