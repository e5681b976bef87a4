"""Planning, starting, making and calling off, as the head of production sees it."""

from datetime import timedelta
from decimal import Decimal
from uuid import UUID

import pytest
from conftest import make_account
from django.db import ProgrammingError, connection
from django.db.transaction import atomic

from kontor.back.production import errors
from kontor.back.production.actions import NewProduction, cancel_production, plan_production, start_production
from kontor.back.production.models import ProductionOrder, WorkStep
from kontor.back.production.reporting import Report, finish_production, start_step, stop_step
from kontor.back.warehouse.actions import stock_that_disagrees
from kontor.back.warehouse.models import Move, OnHand
from kontor.bridge.catalogue.models import Offering
from kontor.bridge.orders.models import OrderLine
from kontor.bridge.orders.queries import sources_of
from kontor.bridge.parties.queries import house_terms
from kontor.bridge.progress.models import Milestone, Plan
from kontor.bridge.promises.errors import DayIsPast, NotStocked
from kontor.bridge.promises.models import Bucket, Demand, Origin, Promise
from kontor.kernel.actor.middleware import actor_for
from kontor.kernel.errors import NotAllowed, NotFound
from kontor.kernel.events.models import Event
from kontor.kernel.ids import uuid7
from kontor.kernel.tasks.models import Task
from tests.trade import NOW


def finish(works, order, good) -> bool:
    return finish_production(
        order_id=order.id, good=Decimal(good), location_id=works.trade.location.id, by=works.by, at=NOW
    )


def reached(order) -> list[tuple[str, Decimal]]:
    return list(Milestone.objects.filter(order=order).order_by("id").values_list("step", "quantity"))


def test_what_is_planned_can_be_promised_at_once_with_its_day(trade, works):
    bike = trade.offering(stock=0)
    made = works.plan(bike, 5)
    bucket = works.bucket(made)
    assert (bucket.capacity, bucket.source, bucket.made_by) == (5, made.number, "production")
    order = trade.order((bike, 2))
    assert order.state == "confirmed"
    assert order.promised_on > made.planned_finish_at.date()
    assert Promise.objects.get().bucket_id == bucket.id
    plans = dict(Plan.objects.filter(order=order).values_list("step", "planned_at"))
    assert plans == {"production": made.planned_start_at, "quality": made.planned_finish_at}


def test_planning_twice_with_one_key_plans_once(trade, works):
    wanted = NewProduction(
        key=uuid7(), offering_id=trade.offering().id, quantity=Decimal(3), start_at=NOW, finish_at=NOW
    )
    first = plan_production(orders=[wanted], by=works.by, at=NOW)
    assert plan_production(orders=[wanted], by=works.by, at=NOW) == first
    assert ProductionOrder.objects.count() == Bucket.objects.filter(kind="receipt").count() == 1


@pytest.mark.parametrize(("quantity", "days"), [(0, 0), (-1, 0), (3, -1)])
def test_nonsense_is_refused_and_plans_nothing(trade, works, quantity, days):
    wanted = NewProduction(
        key=uuid7(),
        offering_id=trade.offering().id,
        quantity=Decimal(quantity),
        start_at=NOW,
        finish_at=NOW.replace(day=NOW.day + days),
    )
    with pytest.raises((errors.NothingToMake, errors.EndsBeforeItBegins)):
        plan_production(orders=[wanted], by=works.by, at=NOW)
    assert not ProductionOrder.objects.exists() and not Bucket.objects.filter(kind="receipt").exists()


def test_only_goods_are_made(trade, works):
    service = Offering.objects.get(number="VERSAND")
    wanted = NewProduction(
        key=uuid7(), offering_id=service.id, quantity=Decimal(1), start_at=NOW, finish_at=NOW
    )
    with pytest.raises(NotStocked):
        plan_production(orders=[wanted], by=works.by, at=NOW)
    assert not ProductionOrder.objects.exists()


def test_planning_takes_the_same_statements_for_one_and_for_many(trade, works, django_assert_num_queries):
    offerings = [trade.offering(stock=0).id for _ in range(30)]

    def wanted(ids: list[UUID]) -> list[NewProduction]:
        return [
            NewProduction(key=uuid7(), offering_id=one, quantity=Decimal(1), start_at=NOW, finish_at=NOW)
            for one in ids
        ]

    house_terms()  # each process reads them once
    with django_assert_num_queries(12):
        plan_production(orders=wanted(offerings[:1]), by=works.by, at=NOW)
    with django_assert_num_queries(12):
        plan_production(orders=wanted(offerings[1:]), by=works.by, at=NOW)


def test_beginning_tells_those_who_wait_once_and_those_who_come_later_too(trade, works):
    bike = trade.offering(stock=0)
    made = works.plan(bike, 5)
    order = trade.order((bike, 2))
    for _ in range(2):
        start_production(ids=[made.id], by=works.by, at=NOW)
    assert reached(order) == [("confirmed", 2), ("production", 2)]
    assert Milestone.objects.get(order=order, step="production").planned_at == made.planned_start_at
    later = trade.order((bike, 1))
    assert ("production", 1) in reached(later)
    assert Event.objects.filter(type="production.ProductionStarted").count() == 1


def test_an_order_from_stock_hears_nothing_of_production(trade, works):
    bike = trade.offering(stock=3)
    order = trade.order((bike, 2))
    works.start(works.plan(bike, 5))
    assert reached(order) == [("confirmed", 2)]
    assert not Plan.objects.exists()


def test_what_is_made_lies_on_the_shelf_and_serves_its_promises(trade, works):
    bike = trade.offering(stock=0)
    made = works.start(works.plan(bike, 5))
    order = trade.order((bike, 2))
    assert finish(works, made, 5) is True
    assert finish(works, made, 5) is False
    assert OnHand.objects.get().quantity == 5
    hand = Bucket.objects.get(kind="on_hand")
    assert (hand.capacity, hand.promised, hand.short) == (5, 2, 0)
    assert works.bucket(made).closed_at is not None
    assert ("quality", 2) in reached(order)
    assert not Task.objects.exists() and stock_that_disagrees() == []
    assert trade.ship(order)
    line = OrderLine.objects.get(order=order, kind="item")
    assert sources_of([line.id]) == {line.id: made.number}


def test_less_than_promised_is_short_and_only_covered_orders_hear_that_they_passed(trade, works):
    bike = trade.offering(stock=0)
    made = works.start(works.plan(bike, 5))
    old, young = trade.order((bike, 2)), trade.order((bike, 2))
    finish(works, made, 3)
    assert ("quality", 2) in reached(old) and ("quality", 2) not in reached(young)
    assert Task.objects.get().kind == "promises.short"
    assert Demand.objects.get(is_at_risk=True).orderline.order_id == young.id
    assert Origin.objects.get().demand.orderline.order_id == old.id


def test_an_order_of_which_nothing_is_good_makes_nothing_and_hides_nothing(trade, works):
    bike = trade.offering(stock=0)
    made = works.start(works.plan(bike, 2))
    order = trade.order((bike, 1))
    finish(works, made, 0)
    assert not Move.objects.exists()
    assert ("quality", 1) not in reached(order)
    assert Task.objects.get().kind == "promises.short"
    made.refresh_from_db()
    assert (made.state, made.good_quantity) == ("finished", 0)


def test_what_has_not_begun_is_not_finished(trade, works):
    made = works.plan(trade.offering(stock=0))
    with pytest.raises(errors.NotStarted):
        finish(works, made, 1)
    with pytest.raises(NotFound):
        finish_production(
            order_id=uuid7(), good=Decimal(1), location_id=trade.location.id, by=works.by, at=NOW
        )


def test_calling_off_puts_promises_at_risk_unless_the_stock_covers_them(trade, works):
    bike = trade.offering(stock=0)
    made = works.plan(bike, 5)
    order = trade.order((bike, 2))
    for _ in range(2):
        cancel_production(order_id=made.id, reason="Kein Stahl", by=works.by, at=NOW)
    assert Task.objects.get().kind == "promises.short"
    assert Demand.objects.get(is_at_risk=True).orderline.order_id == order.id
    assert not Origin.objects.exists()
    trade.stock(bike, 2)
    assert not Demand.objects.filter(is_at_risk=True).exists()
    assert Event.objects.filter(type="production.ProductionCancelled").count() == 1
    with pytest.raises(errors.ProductionClosed):
        works.start(made)


def test_what_was_made_cannot_be_called_off(trade, works):
    made = works.start(works.plan(trade.offering(stock=0), 1))
    finish(works, made, 1)
    with pytest.raises(errors.ProductionClosed):
        cancel_production(order_id=made.id, reason="x", by=works.by, at=NOW)


def test_steps_are_begun_and_ended_with_good_pieces_and_scrap(trade, works):
    made = works.plan(trade.offering(stock=0), 5, steps=[("Rahmen", "Werkbank 1"), ("Montage", "")])
    first, second = WorkStep.objects.order_by("position")
    for _ in range(2):
        start_step(step_id=first.id, by=works.by, at=NOW)
    made.refresh_from_db()
    assert made.state == "started"
    stop_step(
        step_id=first.id,
        report=Report(good=Decimal(4), scrap=Decimal(1), reason="material"),
        by=works.by,
        at=NOW,
    )
    first.refresh_from_db()
    assert (first.good_quantity, first.scrap_quantity, first.scrap_reason) == (4, 1, "material")
    with pytest.raises(errors.StepClosed):
        stop_step(step_id=first.id, report=Report(good=Decimal(5)), by=works.by, at=NOW)
    with pytest.raises(errors.StepNotStarted):
        stop_step(step_id=second.id, report=Report(good=Decimal(1)), by=works.by, at=NOW)
    start_step(step_id=second.id, by=works.by, at=NOW)
    with pytest.raises(errors.TooMuchReported):
        stop_step(
            step_id=second.id,
            report=Report(good=Decimal(5), scrap=Decimal(1), reason="other"),
            by=works.by,
            at=NOW,
        )
    with pytest.raises(errors.ScrapWithoutReason):
        stop_step(step_id=second.id, report=Report(good=Decimal(3), scrap=Decimal(1)), by=works.by, at=NOW)
    finish(works, made, 4)
    second.refresh_from_db()
    assert second.stopped_at == NOW
    with pytest.raises(NotFound):
        start_step(step_id=uuid7(), by=works.by, at=NOW)


@pytest.mark.parametrize("department", ["warehouse", "management", "purchasing", "order-administration"])
def test_only_production_makes(trade, works, department):
    by = actor_for(make_account(department))
    made = works.plan(trade.offering(stock=0), steps=[("Montage", "")])
    step = WorkStep.objects.get()
    deeds = [
        lambda: plan_production(orders=[], by=by, at=NOW),
        lambda: start_production(ids=[made.id], by=by, at=NOW),
        lambda: cancel_production(order_id=made.id, reason="x", by=by, at=NOW),
        lambda: finish_production(
            order_id=made.id, good=Decimal(1), location_id=trade.location.id, by=by, at=NOW
        ),
        lambda: start_step(step_id=step.id, by=by, at=NOW),
        lambda: stop_step(step_id=step.id, report=Report(good=Decimal(1)), by=by, at=NOW),
    ]
    for deed in deeds:
        with pytest.raises(NotAllowed):
            deed()
    made.refresh_from_db()
    assert made.state == "planned"


def test_neither_counter_nor_shop_learns_which_order_made_it(trade, works, as_role):
    bike = trade.offering(stock=0)
    made = works.start(works.plan(bike, 2))
    order = trade.order((bike, 1))
    line = order.lines.get(kind="item").id
    assert sources_of([line]) == {line: made.number}
    finish(works, made, 2)
    with as_role("kontor_back"):
        assert sources_of([line]) == {line: made.number}
    for role in ("kontor_desk", "kontor_public"):
        with as_role(role), pytest.raises(ProgrammingError), atomic():
            sources_of([line])


def test_what_is_late_is_never_announced_for_a_day_that_is_over(trade, works):
    bike = trade.offering(stock=0)
    works.plan(bike, 5, days=-4)
    with connection.cursor() as cursor:
        cursor.execute("SELECT next_at >= now() FROM promises_available WHERE offering_id = %s", [bike.id])
        assert cursor.fetchone() == (True,)
    order = trade.order((bike, 1))
    assert order.state == "confirmed" and order.promised_on is None


def test_nothing_is_planned_for_a_day_that_is_over_but_today_will_do(trade, works):
    def wanted(days: int) -> NewProduction:
        day = NOW + timedelta(days=days)
        return NewProduction(
            key=uuid7(), offering_id=bike.id, quantity=Decimal(2), start_at=day, finish_at=day
        )

    bike = trade.offering(stock=0)
    with pytest.raises(DayIsPast):
        plan_production(orders=[wanted(5), wanted(-1)], by=works.by, at=NOW)
    assert not ProductionOrder.objects.exists() and not Bucket.objects.filter(kind="receipt").exists()
    late = wanted(0)
    [number] = plan_production(orders=[late], by=works.by, at=NOW)
    # Sent once more the next day, it is the order of before and no refusal.
    assert plan_production(orders=[late], by=works.by, at=NOW + timedelta(days=1)) == [number]
