"""Holding and promising, as the checkout and the clerk see it: all or nothing, repeatable, never more than there is."""

from decimal import Decimal

import pytest
from django.db import connection

from kontor.bridge.promises import errors
from kontor.bridge.promises.actions import sweep_holds
from kontor.bridge.promises.models import Demand, Promise
from kontor.bridge.promises.tests.conftest import SOON, want
from kontor.kernel.ids import uuid7

ONE, TWO, THREE = Decimal(1), Decimal(2), Decimal(3)


def test_a_hold_takes_from_the_stock_on_hand_and_lasts_a_quarter_of_an_hour(trade, ledger):
    bike = trade.offering(stock=3)
    wanted = want(bike, 2)
    (got,) = ledger.hold(wanted)
    assert (got.demand_id, got.quantity) == (wanted.id, TWO)
    assert ledger.on_hand(bike) == (3, 2, 0)
    promise = Promise.objects.get()
    assert round((promise.expires_at - promise.made_at).total_seconds()) == 15 * 60
    assert Demand.objects.get().party_id == ledger.party


def test_all_or_nothing_and_it_says_what_is_left(trade, ledger):
    bike, bell = trade.offering(stock=3, name="Rad"), trade.offering(stock=1, name="Klingel")
    with pytest.raises(errors.SoldOut, match=r"Klingel \(1\)"):
        ledger.hold(want(bike, 2), want(bell, 2))
    assert ledger.on_hand(bike) == (3, 0, 0)
    assert not Promise.objects.exists()


def test_two_lines_of_one_article_share_what_there_is(trade, ledger):
    bike = trade.offering(stock=3)
    with pytest.raises(errors.SoldOut):
        ledger.hold(want(bike, 2), want(bike, 2))
    ledger.hold(want(bike, 2), want(bike, 1))
    assert ledger.on_hand(bike) == (3, 3, 0)


def test_holding_twice_holds_once_and_begins_the_quarter_of_an_hour_anew(trade, ledger):
    bike = trade.offering(stock=3)
    wanted = want(bike, 2)
    first = ledger.hold(wanted)
    before = Promise.objects.get().expires_at
    assert ledger.hold(wanted) == first
    assert ledger.on_hand(bike) == (3, 2, 0)
    assert Promise.objects.get().expires_at > before


def test_another_quantity_is_held_anew(trade, ledger):
    bike = trade.offering(stock=3)
    wanted = want(bike, 2)
    ledger.hold(wanted)
    ledger.hold(want(bike, 3, id=wanted.id))
    assert ledger.live(wanted.id) == [("on_hand", "hold", THREE)]
    ledger.hold(want(bike, 1, id=wanted.id))
    assert ledger.on_hand(bike) == (3, 1, 0)
    with pytest.raises(errors.SoldOut, match=r"\(3\)"):
        ledger.hold(want(bike, 4, id=wanted.id))
    assert ledger.live(wanted.id) == [("on_hand", "hold", ONE)]


def test_the_same_demand_twice_in_one_call_is_refused(trade, ledger):
    bike = trade.offering(stock=3)
    wanted = want(bike)
    with pytest.raises(errors.NotYours):
        ledger.hold(wanted, wanted)


def test_a_demand_stays_with_its_article(trade, ledger):
    bike, bell = trade.offering(stock=3), trade.offering(stock=3)
    wanted = want(bike)
    ledger.promise(wanted)
    with pytest.raises(errors.NotYours):
        ledger.promise(want(bell, id=wanted.id))
    assert ledger.live(wanted.id) == [("on_hand", "firm", ONE)]


def test_the_demand_of_another_visitor_is_not_mine(trade, ledger):
    bike = trade.offering(stock=3)
    wanted = want(bike)
    ledger.hold(wanted)
    stranger = ledger.open(uuid7())
    with pytest.raises(errors.NotYours):
        ledger.hold(wanted, token=stranger)
    ledger.let_go(wanted.id, token=stranger)
    assert ledger.live(wanted.id) == [("on_hand", "hold", ONE)]
    ledger.let_go(wanted.id)
    assert ledger.on_hand(bike) == (3, 0, 0)


def test_without_a_visit_nothing_is_held(trade, ledger):
    with pytest.raises(errors.NotYours):
        ledger.hold(want(trade.offering()), token="x" * 43)


@pytest.mark.parametrize("quantity", ["0", "-1", "NaN", "1001"])
def test_absurd_quantities_are_refused(trade, ledger, quantity):
    bike = trade.offering(stock=3)
    with pytest.raises(errors.TooMuchHeld):
        ledger.hold(want(bike, quantity))
    if quantity != "1001":
        with pytest.raises(errors.NotYours):
            ledger.promise(want(bike, quantity))
    assert ledger.on_hand(bike) == (3, 0, 0)


def test_an_article_that_was_never_in_stock_cannot_be_promised(trade, ledger):
    with pytest.raises(errors.NotYours):
        ledger.hold(want(trade.offering(stock=0)))


def test_an_expired_hold_goes_to_who_asks_next(trade, ledger):
    bike = trade.offering(stock=1)
    mine, theirs = want(bike), want(bike)
    ledger.hold(mine)
    with pytest.raises(errors.SoldOut, match=r"\(0\)"):
        ledger.hold(theirs)
    ledger.expire(mine.id)
    ledger.hold(theirs)
    assert (ledger.live(mine.id), ledger.live(theirs.id)) == ([], [("on_hand", "hold", ONE)])
    with pytest.raises(errors.SoldOut):
        ledger.hold(mine)


def test_the_sweep_frees_expired_holds_and_nothing_else(trade, ledger):
    bike = trade.offering(stock=9)
    gone, mine, firm = want(bike), want(bike), want(bike)
    ledger.hold(gone, mine)
    ledger.promise(firm)
    ledger.promise(placed := want(bike), is_firm=False)
    ledger.expire(gone.id)
    assert (sweep_holds(), sweep_holds()) == (1, 0)
    assert ledger.of(gone.id) == [("on_hand", "released", ONE)]
    assert len(ledger.live(mine.id) + ledger.live(firm.id) + ledger.live(placed.id)) == 3
    assert ledger.on_hand(bike) == (9, 3, 0)


def test_stock_comes_before_receipts_and_early_receipts_before_late_ones(trade, ledger):
    bike = trade.offering(stock=2)
    ledger.plan(bike, 2, at=SOON.replace(day=20), source="late")
    ledger.plan(bike, 2, at=SOON, source="early")
    wanted = want(bike, 5)
    got = ledger.hold(wanted)
    assert [(part.quantity, part.ready_at) for part in sorted(got, key=lambda part: part.ready_at)][1:] == [
        (TWO, SOON),
        (ONE, SOON.replace(day=20)),
    ]
    assert [row[0] for row in ledger.live(wanted.id)] == ["on_hand", "receipt", "receipt"]


def test_placed_promises_never_expire_and_firm_ones_neither(trade, ledger):
    bike = trade.offering(stock=3)
    ledger.promise(placed := want(bike), is_firm=False)
    ledger.promise(firm := want(bike))
    with connection.cursor() as cursor:
        cursor.execute("SELECT demand_id, state, expires_at = 'infinity' FROM promises_promise ORDER BY id")
        assert cursor.fetchall() == [(placed.id, "hold", True), (firm.id, "firm", None)]


def test_a_basket_does_not_let_go_of_what_was_ordered(trade, ledger):
    bike = trade.offering(stock=3)
    ledger.promise(placed := want(bike, party_id=ledger.party), is_firm=False)
    ledger.let_go(placed.id)
    assert ledger.on_hand(bike) == (3, 1, 0)
    with pytest.raises(errors.NotYours):
        ledger.hold(placed)


def test_promising_again_after_goods_left_takes_no_more(trade, ledger):
    bike = trade.offering(stock=5)
    wanted = want(bike, 3)
    ledger.promise(wanted)
    ledger.use(wanted.id, 2)
    ledger.promise(wanted)
    assert ledger.live(wanted.id) == [("on_hand", "firm", ONE)]
    ledger.use(wanted.id, 1)
    assert ledger.promise(wanted) == []
    assert ledger.live(wanted.id) == []


def test_a_set_costs_as_many_statements_as_one(trade, ledger):
    articles = [trade.offering(stock=50) for _ in range(20)]
    counts = []
    for size in (1, 20):
        connection.force_debug_cursor, before = True, len(connection.queries_log)
        ledger.hold(*[want(article) for article in articles[:size]])
        counts.append(
            len([1 for entry in list(connection.queries_log)[before:] if "kontor_hold" in entry["sql"]])
        )
        connection.force_debug_cursor = False
    assert counts == [1, 1]
