"""What becomes of promises: used when goods leave, released when somebody cancels, in whole or in part."""

from decimal import Decimal

import pytest
from django.db import connection

from kontor.bridge.promises import errors
from kontor.bridge.promises.models import Bucket
from kontor.bridge.promises.tests.conftest import SOON, want

ONE, TWO = Decimal(1), Decimal(2)


def test_using_all_closes_the_promise(trade, ledger):
    bike = trade.offering(stock=3)
    ledger.promise(wanted := want(bike, 2))
    ledger.use(wanted.id, 2)
    assert ledger.of(wanted.id) == [("on_hand", "used", TWO)]
    assert ledger.on_hand(bike) == (3, 0, 0)


def test_using_a_part_splits_the_promise(trade, ledger):
    bike = trade.offering(stock=5)
    ledger.promise(wanted := want(bike, 4))
    ledger.use(wanted.id, 1)
    ledger.use(wanted.id, "1.5")
    assert ledger.of(wanted.id) == [
        ("on_hand", "firm", Decimal("1.5")),
        ("on_hand", "used", ONE),
        ("on_hand", "used", Decimal("1.5")),
    ]
    assert ledger.on_hand(bike) == (5, Decimal("1.5"), 0)


def test_the_earliest_bucket_is_used_first(trade, ledger):
    bike = trade.offering(stock=2)
    ledger.plan(bike, 5)
    ledger.promise(wanted := want(bike, 5))
    ledger.use(wanted.id, 3)
    assert ledger.of(wanted.id) == [
        ("on_hand", "used", TWO),
        ("receipt", "firm", TWO),
        ("receipt", "used", ONE),
    ]
    assert ledger.adds_up()


def test_no_more_is_used_or_released_than_was_promised(trade, ledger):
    bike = trade.offering(stock=5)
    ledger.promise(wanted := want(bike, 2))
    for much in (3, "2.0001", "NaN", -1, 0):
        with pytest.raises(errors.NotPromised):
            ledger.use(wanted.id, much)
        with pytest.raises(errors.NotPromised):
            ledger.release(wanted.id, much)
    ledger.use(wanted.id, 2)
    with pytest.raises(errors.NotPromised):
        ledger.use(wanted.id, 1)
    assert ledger.on_hand(bike) == (5, 0, 0)


def test_what_is_released_is_free_for_the_next(trade, ledger):
    bike = trade.offering(stock=2)
    ledger.promise(wanted := want(bike, 2))
    ledger.release(wanted.id, 1)
    ledger.promise(want(bike, 1))
    assert ledger.on_hand(bike) == (2, 2, 0)
    assert ledger.of(wanted.id) == [("on_hand", "firm", ONE), ("on_hand", "released", ONE)]


def test_many_demands_at_once_are_each_used_as_asked(trade, ledger):
    bike, bell = trade.offering(stock=9), trade.offering(stock=9)
    first, second, third = want(bike, 3), want(bike, 2), want(bell, 4)
    ledger.promise(first, second, third)
    with connection.cursor() as cursor:
        cursor.execute("SELECT kontor_use(%s, %s)", [[first.id, third.id, second.id], [TWO, Decimal(4), ONE]])
    assert [ledger.live(wanted.id) for wanted in (first, second, third)] == [
        [("on_hand", "firm", ONE)],
        [("on_hand", "firm", ONE)],
        [],
    ]
    assert ledger.adds_up()


def test_confirming_makes_holds_firm_without_end(trade, ledger):
    bike = trade.offering(stock=2)
    ledger.promise(wanted := want(bike), is_firm=False)
    with connection.cursor() as cursor:
        cursor.execute("SELECT kontor_firm(%s)", [[wanted.id]])
        cursor.execute("SELECT kontor_firm(%s)", [[wanted.id]])
    assert ledger.of(wanted.id) == [("on_hand", "firm", ONE)]
    assert ledger.on_hand(bike) == (2, 1, 0)


def test_a_receipt_that_is_used_up_leaves_nothing_promised(trade, ledger):
    bike = trade.offering(stock=1)
    receipt = ledger.plan(bike, 2, at=SOON)
    ledger.promise(wanted := want(bike, 3))
    ledger.release(wanted.id, 3)
    assert Bucket.objects.get(id=receipt.id).promised == 0
    assert ledger.on_hand(bike) == (1, 0, 0)
