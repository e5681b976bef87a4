"""Reality wins: receipts that move, come short or arrive, stock that is gone. Nothing is dropped silently."""

from decimal import Decimal
from uuid import UUID

import pytest
from django.db import connection

from kontor.back.warehouse.actions import NewMove, receive_goods
from kontor.bridge.promises import actions, errors
from kontor.bridge.promises.models import Bucket
from kontor.bridge.promises.reasons import MoveReason
from kontor.bridge.promises.tests.conftest import SOON, want
from kontor.kernel.actor.identity import Actor, ActorKind, the_house
from kontor.kernel.errors import NotAllowed
from kontor.kernel.events.models import Event
from kontor.kernel.tasks.models import Task
from kontor.kernel.transactions import transaction

ONE, TWO = Decimal(1), Decimal(2)
LATER = SOON.replace(day=15)


def tasks() -> list[tuple[str, object]]:
    return list(
        Task.objects.filter(kind="promises.short", done_at=None)
        .order_by("id")
        .values_list("subject", "detail")
    )


def set_capacity(bucket: Bucket, quantity: object) -> list[UUID]:
    return actions.set_capacity(
        capacities={bucket.id: Decimal(str(quantity))}, reason="Delivered short.", by=the_house(), at=SOON
    )


def lose(trade, offering, quantity: int) -> None:
    """Stock that is not there any more, found by a count."""
    move = NewMove(
        offering_id=offering.id, location_id=trade.location.id, quantity=Decimal(-quantity), at=SOON
    )
    receive_goods(moves=[move], kind="count", by=the_house(), at=SOON)


def test_promises_move_with_the_receipt_they_are_pegged_to_and_the_reason_is_told(trade, ledger):
    bike = trade.offering(stock=1)
    receipt = ledger.plan(bike, 5, source="P-77")
    ledger.promise(wanted := want(bike, 2))
    moved = actions.move_receipts(
        ids=[receipt.id], starts_at=LATER, reason=MoveReason.MATERIAL_LATE, by=the_house(), at=SOON
    )
    again = actions.move_receipts(
        ids=[receipt.id], starts_at=LATER, reason=MoveReason.MATERIAL_LATE, by=the_house(), at=SOON
    )
    assert (moved, again) == (1, 0)
    assert max(part.ready_at for part in ledger.promise(wanted)) == LATER
    event = Event.objects.get(type="promises.PromiseMoved")
    assert (event.subject, event.fact["reason"], event.fact["to"]) == (
        "P-77",
        "material_late",
        LATER.isoformat(),
    )


def test_planning_needs_the_right(trade, ledger):
    clerk = Actor(ActorKind.STAFF, name="Clerk")
    bike = trade.offering(stock=1)
    receipt = ledger.plan(bike, 5)
    with pytest.raises(NotAllowed):
        actions.plan_receipts(receipts=[(bike.id, SOON, ONE, "")], by=clerk, at=SOON)
    with pytest.raises(NotAllowed):
        actions.move_receipts(ids=[receipt.id], starts_at=LATER, reason=MoveReason.EARLIER, by=clerk, at=SOON)
    with pytest.raises(NotAllowed):
        actions.set_capacity(capacities={receipt.id: ONE}, reason="", by=clerk, at=SOON)


def test_less_capacity_than_promised_is_short_and_the_youngest_promises_are_at_risk(trade, ledger):
    bike = trade.offering(stock=1)
    receipt = ledger.plan(bike, 6)
    ledger.promise(want(bike, 1))
    old, middle, young = want(bike, 2), want(bike, 2), want(bike, 2)
    for wanted in (old, middle, young):
        ledger.promise(wanted)
    assert set(set_capacity(receipt, 3)) == {middle.id, young.id}
    receipt.refresh_from_db()
    assert (receipt.capacity, receipt.promised, receipt.short) == (3, 6, 3)
    assert ledger.at_risk() == {middle.id, young.id}
    assert tasks() == [(bike.number, {"short": 3.0})]
    assert len(ledger.live(young.id)) == 1


def test_a_gain_eases_the_shortage_first_and_risks_end(trade, ledger):
    bike = trade.offering(stock=1)
    receipt = ledger.plan(bike, 4)
    ledger.promise(want(bike, 1))
    old, young = want(bike, 2), want(bike, 2)
    ledger.promise(old)
    ledger.promise(young)
    set_capacity(receipt, 1)
    assert ledger.at_risk() == {old.id, young.id}
    ledger.release(young.id, 2)
    receipt.refresh_from_db()
    assert (receipt.promised, receipt.short) == (2, 1)
    assert ledger.at_risk() == {old.id}
    with pytest.raises(errors.SoldOut):
        ledger.promise(want(bike, 1))
    set_capacity(receipt, 5)
    receipt.refresh_from_db()
    assert (receipt.short, ledger.at_risk()) == (0, set())


def test_the_same_shortage_opens_one_task(trade, ledger):
    bike = trade.offering(stock=1)
    receipt = ledger.plan(bike, 6)
    ledger.promise(want(bike, 7))
    for capacity in (3, 2, 1):
        set_capacity(receipt, capacity)
    assert len(tasks()) == 1
    Task.objects.update(done_at=SOON)
    set_capacity(receipt, 0)
    assert tasks() == [(bike.number, {"short": 6.0})]


@pytest.mark.parametrize("capacity", ["NaN", "-1"])
def test_an_absurd_capacity_changes_nothing(trade, ledger, capacity):
    receipt = ledger.plan(trade.offering(stock=1), 6)
    set_capacity(receipt, capacity)
    receipt.refresh_from_db()
    assert receipt.capacity == 6


def test_the_stock_on_hand_is_the_sum_of_its_moves_and_set_by_nobody(trade, ledger):
    bike = trade.offering(stock=3)
    set_capacity(Bucket.objects.get(pool__offering=bike), 100)
    assert ledger.on_hand(bike) == (3, 0, 0)


def test_stock_that_is_gone_is_short_and_stock_that_comes_eases_it(trade, ledger):
    bike = trade.offering(stock=5)
    old, young = want(bike, 3), want(bike, 2)
    ledger.promise(old)
    ledger.promise(young)
    lose(trade, bike, 1)
    assert ledger.on_hand(bike) == (4, 5, 1)
    assert ledger.at_risk() == {young.id}
    assert tasks() == [(bike.number, {"short": 1.0})]
    trade.stock(bike, 1)
    assert ledger.on_hand(bike) == (5, 5, 0)
    assert ledger.at_risk() == set()


def test_shipping_what_is_promised_out_of_a_short_stock_opens_no_new_conflict(trade, ledger):
    bike = trade.offering(stock=5)
    ledger.promise(old := want(bike, 3))
    ledger.promise(young := want(bike, 2))
    lose(trade, bike, 1)
    ledger.use(old.id, 3)
    lose(trade, bike, 3)
    assert ledger.on_hand(bike) == (1, 2, 1)
    assert ledger.at_risk() == {young.id}
    assert len(tasks()) == 1


def arrive(trade, ledger, receipt: Bucket, offering: object, came: int) -> list[UUID]:
    if came:
        trade.stock(offering, came)
    return transaction(lambda: actions.receive(bucket_id=receipt.id))()


def test_what_arrives_takes_its_promises_to_the_stock_on_hand(trade, ledger):
    bike = trade.offering(stock=1)
    receipt = ledger.plan(bike, 4)
    ledger.promise(wanted := want(bike, 4))
    assert arrive(trade, ledger, receipt, bike, 4) == []
    assert ledger.on_hand(bike) == (5, 4, 0)
    assert [row[:2] for row in ledger.live(wanted.id)] == [("on_hand", "firm"), ("on_hand", "firm")]
    receipt.refresh_from_db()
    assert (receipt.capacity, receipt.promised, receipt.closed_at is not None) == (0, 0, True)
    assert ledger.adds_up()


def test_less_arriving_than_was_promised_puts_the_youngest_at_risk(trade, ledger):
    bike = trade.offering(stock=1)
    receipt = ledger.plan(bike, 4)
    ledger.promise(old := want(bike, 2))
    ledger.promise(young := want(bike, 3))
    assert arrive(trade, ledger, receipt, bike, 2) == [young.id]
    assert ledger.on_hand(bike) == (3, 5, 2)
    assert ledger.at_risk() == {young.id}
    assert len(ledger.live(old.id)) == 2


def test_arriving_twice_arrives_once_and_a_closed_receipt_promises_nothing(trade, ledger):
    bike = trade.offering(stock=1)
    receipt = ledger.plan(bike, 4)
    ledger.promise(want(bike, 3))
    arrive(trade, ledger, receipt, bike, 4)
    assert arrive(trade, ledger, receipt, bike, 0) == []
    assert ledger.on_hand(bike) == (5, 3, 0)
    with pytest.raises(errors.SoldOut, match=r"\(2\)"):
        ledger.promise(want(bike, 3))


def test_a_demand_split_over_stock_and_receipt_stays_at_risk_while_either_is_short(trade, ledger):
    bike = trade.offering(stock=2)
    receipt = ledger.plan(bike, 2)
    ledger.promise(wanted := want(bike, 4))
    lose(trade, bike, 1)
    set_capacity(receipt, 1)
    set_capacity(receipt, 2)
    assert ledger.at_risk() == {wanted.id}
    trade.stock(bike, 1)
    assert ledger.at_risk() == set()


def test_overbooking_is_promised_too_and_no_more(trade, ledger):
    bike = trade.offering(stock=2)
    Bucket.objects.filter(pool__offering=bike).update(overbooking=1)
    ledger.promise(want(bike, 3))
    with pytest.raises(errors.SoldOut):
        ledger.promise(want(bike, 1))
    assert ledger.on_hand(bike) == (2, 3, 0)


def test_what_anybody_may_know_of_availability_is_capped(trade, ledger):
    bike = trade.offering(stock=500)
    ledger.plan(bike, 5)
    with connection.cursor() as cursor:
        cursor.execute("SELECT free_now, next_at FROM promises_available WHERE offering_id = %s", [bike.id])
        assert cursor.fetchone() == (20, SOON)
