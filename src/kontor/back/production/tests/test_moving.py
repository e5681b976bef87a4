"""Moving to another day with a reason: once per order, with a constant number of statements, whoever moves what."""

from datetime import timedelta
from uuid import UUID

import pytest
from conftest import make_account
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kontor.back.orderdesk.actions import follow_receipts
from kontor.back.production import errors
from kontor.back.production.actions import cancel_production, shift_production
from kontor.back.production.models import ProductionOrder, Shift
from kontor.bridge.orders.models import Order, OrderLine
from kontor.bridge.progress.models import Milestone, Plan
from kontor.bridge.promises.errors import DayIsPast
from kontor.bridge.promises.models import Bucket, Demand, Promise
from kontor.bridge.promises.reasons import MoveReason, customer_words
from kontor.kernel.actor.identity import the_house
from kontor.kernel.actor.middleware import actor_for
from kontor.kernel.errors import NotAllowed
from kontor.kernel.events.dispatching import deliver_all
from kontor.kernel.events.models import Event
from kontor.kernel.ids import uuid7
from kontor.kernel.tasks.models import Mail
from tests.trade import NOW

LATER = NOW + timedelta(days=20)


def shift(works, *orders, to=LATER, reason=MoveReason.MATERIAL_LATE, note="", by=None) -> int:
    return shift_production(
        ids=[order.id for order in orders], finish_at=to, reason=reason, note=note, by=by or works.by, at=NOW
    )


def told(order) -> int:
    return Event.objects.filter(type="orders.PromiseDateMoved", subject_id=order.id).count()


def test_orders_follow_with_their_reason_and_the_note_stays_at_home(trade, works):
    bike = trade.offering(stock=0)
    made = works.plan(bike, 5)
    order = trade.order((bike, 2))
    before = order.promised_on
    assert shift(works, made, note="Stahl von Meier kommt nicht") == 1
    deliver_all()
    order.refresh_from_db()
    made.refresh_from_db()
    assert order.promised_on > before + timedelta(days=9)
    assert (made.planned_finish_at, made.planned_start_at) == (LATER, LATER - timedelta(days=3))
    moved = Milestone.objects.get(step="moved")
    assert (moved.reason, moved.was_on, moved.promised_on) == ("material_late", before, order.promised_on)
    assert moved.planned_at == LATER
    assert customer_words(moved.reason)
    plans = dict(Plan.objects.filter(order=order).values_list("step", "planned_at"))
    assert plans == {"production": made.planned_start_at, "quality": LATER}
    event = Event.objects.get(type="orders.PromiseDateMoved")
    assert (event.subject, event.fact["reason"]) == (order.number, "material_late")
    assert Shift.objects.get().note == "Stahl von Meier kommt nicht"
    assert not Event.objects.filter(fact__icontains="Meier").exists()
    assert not Mail.objects.filter(text__icontains="Meier").exists()


def test_moving_twice_to_the_same_day_tells_once(trade, works):
    bike = trade.offering(stock=0)
    made = works.plan(bike, 5)
    order = trade.order((bike, 2))
    assert [shift(works, made), shift(works, made)] == [1, 0]
    deliver_all()
    follow_receipts(buckets=[made.bucket_id], by=the_house(), at=NOW)
    assert told(order) == 1
    assert Shift.objects.count() == Milestone.objects.filter(step="moved").count() == 1


def test_an_order_that_hangs_on_two_moved_receipts_is_told_once_with_the_reason_of_the_later(trade, works):
    bike, frame = trade.offering(stock=0), trade.offering(stock=0)
    first, second = works.plan(bike, 5), works.plan(frame, 5)
    order = trade.order((bike, 1), (frame, 1))
    shift(works, first, to=LATER, reason=MoveReason.CAPACITY)
    shift(works, second, to=LATER + timedelta(days=5), reason=MoveReason.MACHINE_DOWN)
    deliver_all()
    assert told(order) == 1
    assert Event.objects.get(type="orders.PromiseDateMoved").fact["reason"] == "machine_down"
    assert set(Milestone.objects.filter(step="moved").values_list("reason", flat=True)) == {
        "capacity",
        "machine_down",
    }


def test_the_day_of_an_order_that_waits_for_something_later_stays(trade, works):
    bike, frame = trade.offering(stock=0), trade.offering(stock=0)
    first, second = works.plan(bike, 5, days=10), works.plan(frame, 5, days=40)
    order = trade.order((bike, 1), (frame, 1))
    shift(works, first)
    deliver_all()
    assert told(order) == 0 and not Milestone.objects.filter(step="moved").exists()
    line = OrderLine.objects.get(order=order, offering=bike)
    assert Plan.objects.get(order_line=line, step="quality").planned_at == LATER
    assert second.planned_finish_at > LATER


def test_what_has_begun_keeps_its_beginning_and_sooner_begins_not_in_the_past(trade, works):
    made = works.start(works.plan(trade.offering(stock=0), 5))
    begun = made.planned_start_at
    shift(works, made)
    made.refresh_from_db()
    assert made.planned_start_at == begun
    other = works.plan(trade.offering(stock=0), 5)
    shift(works, other, to=NOW + timedelta(days=1), reason=MoveReason.EARLIER)
    other.refresh_from_db()
    assert other.planned_start_at == NOW


def test_a_day_that_is_over_is_refused_and_today_is_not(trade, works):
    made = works.plan(trade.offering(stock=0), 5)
    with pytest.raises(DayIsPast):
        shift(works, made, to=NOW - timedelta(days=1))
    assert shift(works, made, to=NOW - timedelta(minutes=5)) == 1


def test_what_is_made_or_called_off_is_not_moved_and_the_others_neither(trade, works):
    off, still = works.plan(trade.offering(stock=0)), works.plan(trade.offering(stock=0))
    cancel_production(order_id=off.id, reason="x", by=works.by, at=NOW)
    with pytest.raises(errors.ProductionClosed, match=off.number):
        shift(works, off, still)
    still.refresh_from_db()
    assert still.planned_finish_at < LATER and not Shift.objects.exists()


def test_only_production_moves_production(trade, works):
    made = works.plan(trade.offering(stock=0))
    for department in ("purchasing", "management", "warehouse"):
        with pytest.raises(NotAllowed):
            shift(works, made, by=actor_for(make_account(department)))
    assert shift(works) == 0


def hang(works, offering, made: ProductionOrder, count: int) -> list[UUID]:
    """Confirmed orders of one piece each that hang on what is made, written past the actions."""
    first = works.trade.order((offering, 1))
    bucket = Bucket.objects.get(pk=made.bucket_id)
    Bucket.objects.filter(pk=bucket.pk).update(capacity=count + 10)
    skipped = ("id", "key", "number")
    fields = {f.attname: getattr(first, f.attname) for f in Order._meta.fields if f.name not in skipped}
    orders = [Order(**fields, key=uuid7(), number=f"M-{place}-{made.number}") for place in range(count - 1)]
    Order.objects.bulk_create(orders)
    demands = [Demand(pool_id=bucket.pool_id, party_id=first.party_id, quantity=1) for _ in orders]
    Demand.objects.bulk_create(demands)
    line = first.lines.get(kind="item")
    values = {
        f.attname: getattr(line, f.attname)
        for f in OrderLine._meta.fields
        if f.name not in ("id", "order", "demand")
    }
    # Lines join placed orders only; these stand as confirmed ones do.
    Order.objects.filter(id__in=[order.id for order in orders]).update(state="placed")
    OrderLine.objects.bulk_create(
        OrderLine(**values, order=order, demand=demand) for order, demand in zip(orders, demands, strict=True)
    )
    Order.objects.filter(id__in=[order.id for order in orders]).update(state="confirmed")
    Promise.objects.bulk_create(
        Promise(demand=demand, bucket_id=bucket.pk, quantity=1, state="firm") for demand in demands
    )
    return [first.id, *(order.id for order in orders)]


def test_a_thousand_promises_move_with_the_same_statements_as_one(trade, works):
    counts = []
    for number in (1, 1000):
        bike = trade.offering(stock=0)
        made = works.plan(bike, 5)
        ids = hang(works, bike, made, number)
        with CaptureQueriesContext(
            connection,
        ) as seen:
            shift(works, made)
            follow_receipts(buckets=[made.bucket_id], by=the_house(), at=NOW)
        counts.append(len(seen))
        days = set(Order.objects.filter(id__in=ids).values_list("promised_on", flat=True))
        assert len(days) == 1 and days.pop() > LATER.date()
        assert Milestone.objects.filter(step="moved", order_id__in=ids).count() == number
        assert Event.objects.filter(type="orders.PromiseDateMoved", subject_id__in=ids).count() == number
    assert counts[0] == counts[1]
