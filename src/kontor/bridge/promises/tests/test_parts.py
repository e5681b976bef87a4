"""A receipt that arrives in parts: the oldest promises first, the rest stays planned, origins are kept."""

from decimal import Decimal

from kontor.back.warehouse.actions import NewMove, receive_goods
from kontor.bridge.promises import actions
from kontor.bridge.promises.actions import Arrived
from kontor.bridge.promises.models import Bucket, Origin
from kontor.bridge.promises.tests.conftest import SOON, want
from kontor.kernel.actor.identity import the_house
from kontor.kernel.transactions import transaction


def come(trade, bucket, offering, quantity, *, last=False):
    """So many lie on the shelf, and their receipt knows."""
    if quantity:
        move = NewMove(
            offering_id=offering.id, location_id=trade.location.id, quantity=Decimal(quantity), at=SOON
        )
        receive_goods(moves=[move], by=the_house(), at=SOON)
    part = Arrived(bucket.id, Decimal(quantity), last)
    return transaction(lambda: actions.receive_parts([part]))()


def test_an_article_that_never_lay_on_a_shelf_can_be_promised_from_its_first_receipt(trade, ledger):
    bike = trade.offering(stock=0)
    receipt = ledger.plan(bike, 3)
    ledger.promise(wanted := want(bike, 2))
    assert ledger.live(wanted.id) == [("receipt", "firm", 2)]
    assert Bucket.objects.get(kind="on_hand").capacity == 0
    assert [row.quantity for row in come(trade, receipt, bike, 3)] == [2]
    assert ledger.live(wanted.id) == [("on_hand", "firm", 2)]


def test_a_part_serves_the_oldest_promises_and_cuts_one_in_two(trade, ledger):
    bike = trade.offering(stock=0)
    receipt = ledger.plan(bike, 10, source="P-7")
    old, middle, young = want(bike, 3), want(bike, 3), want(bike, 3)
    for wanted in (old, middle, young):
        ledger.promise(wanted)
    moved = {row.demand_id: row.quantity for row in come(trade, receipt, bike, 5)}
    assert moved == {old.id: 3, middle.id: 2}
    assert ledger.live(middle.id) == [("on_hand", "firm", 2), ("receipt", "firm", 1)]
    receipt.refresh_from_db()
    assert (receipt.capacity, receipt.promised, receipt.short, receipt.closed_at) == (5, 4, 0, None)
    assert ledger.on_hand(bike) == (5, 5, 0)
    assert ledger.adds_up()
    # One statement wrote them: in no order.
    origins = Origin.objects.values_list("demand_id", "source", "quantity")
    assert set(origins) == {(old.id, "P-7", 3), (middle.id, "P-7", 2)}
    come(trade, receipt, bike, 5)
    receipt.refresh_from_db()
    assert receipt.closed_at is not None and ledger.at_risk() == set()
    assert ledger.on_hand(bike) == (10, 9, 0)
    assert ledger.adds_up()


def test_a_hold_of_a_basket_moves_with_its_end(trade, ledger):
    bike = trade.offering(stock=0)
    receipt = ledger.plan(bike, 4)
    ledger.hold(wanted := want(bike, 2))
    come(trade, receipt, bike, 1)
    assert ledger.live(wanted.id) == [("on_hand", "hold", 1), ("receipt", "hold", 1)]
    ledger.expire(wanted.id)
    actions.sweep_holds()
    assert ledger.live(wanted.id) == []
    assert ledger.adds_up()


def test_nothing_more_comes_puts_the_youngest_at_risk_and_forgets_nobody(trade, ledger):
    bike = trade.offering(stock=0)
    receipt = ledger.plan(bike, 6)
    old, young = want(bike, 3), want(bike, 3)
    ledger.promise(old)
    ledger.promise(young)
    come(trade, receipt, bike, 4, last=True)
    assert ledger.at_risk() == {young.id}
    assert ledger.on_hand(bike) == (4, 6, 2)
    assert list(Origin.objects.values_list("demand_id", flat=True)) == [old.id]
    assert come(trade, receipt, bike, 0, last=True) == []
    assert ledger.adds_up()


def test_several_receipts_arrive_in_one_statement(trade, ledger, django_assert_num_queries):
    bikes = [trade.offering(stock=0) for _ in range(10)]
    receipts = [ledger.plan(bike, 2) for bike in bikes]
    for bike in bikes:
        ledger.promise(want(bike, 1))
    moves = [
        NewMove(offering_id=bike.id, location_id=trade.location.id, quantity=Decimal(2), at=SOON)
        for bike in bikes
    ]
    receive_goods(moves=moves, by=the_house(), at=SOON)
    parts = [Arrived(receipt.id, Decimal(2)) for receipt in receipts]

    @transaction
    def arrive():
        with django_assert_num_queries(1):
            return actions.receive_parts(parts)

    assert len(arrive()) == 10
    assert ledger.adds_up()
