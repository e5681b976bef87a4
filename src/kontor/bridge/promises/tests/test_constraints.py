"""The database is the last clerk: each named rule is tried by going around Python, and refuses."""

from decimal import Decimal

import pytest
from django.db import DatabaseError, IntegrityError, connection
from django.db.models import F
from django.db.transaction import atomic

from kontor.bridge.promises.models import Bucket, Demand, Pool, Promise
from kontor.bridge.promises.tests.conftest import SOON, want

ONE = Decimal(1)


@pytest.fixture
def bucket(trade, ledger):
    """Two pieces, one of them promised."""
    bike = trade.offering(stock=2)
    ledger.promise(want(bike))
    return Bucket.objects.get(pool__offering=bike)


def refused(name: str, action) -> None:
    with pytest.raises(IntegrityError, match=name), atomic():
        action()


def test_no_more_is_promised_than_there_is(bucket):
    mine = Bucket.objects.filter(id=bucket.id)
    refused("no_more_is_promised_than_there_is", lambda: mine.update(promised=3))
    refused("no_more_is_promised_than_there_is", lambda: mine.update(capacity=0))
    demand = Demand.objects.get()
    refused(
        "no_more_is_promised_than_there_is",
        lambda: Promise.objects.create(demand=demand, bucket=bucket, quantity=2, state="firm"),
    )
    refused("no_more_is_promised_than_there_is", lambda: Promise.objects.update(quantity=F("quantity") + 2))


def test_promised_is_not_negative(bucket):
    refused("promised_is_not_negative", lambda: Bucket.objects.filter(id=bucket.id).update(promised=-1))


def test_short_and_overbooking_are_not_negative(bucket):
    mine = Bucket.objects.filter(id=bucket.id)
    refused("short_and_overbooking_are_not_negative", lambda: mine.update(short=-1))
    refused("short_and_overbooking_are_not_negative", lambda: mine.update(overbooking=-1))


def test_a_pool_has_one_stock_on_hand(bucket):
    refused(
        "a_pool_has_one_stock_on_hand",
        lambda: Bucket.objects.create(pool=bucket.pool, kind="on_hand", starts_at=SOON, capacity=5),
    )


def test_an_article_has_one_pool(bucket):
    with pytest.raises(IntegrityError, match="offering_id"), atomic():
        Pool.objects.create(offering=bucket.pool.offering)


def test_a_night_or_slot_stands_once(trade, ledger):
    room = trade.offering(stock=0)
    (night,) = ledger.nights(room, SOON, 1)
    refused(
        "a_night_or_slot_stands_once",
        lambda: Bucket.objects.create(pool=night.pool, kind="night", starts_at=SOON, capacity=1),
    )


@pytest.mark.parametrize("quantity", [0, -1])
def test_a_demand_wants_something_and_a_promise_is_of_something(bucket, quantity):
    refused("a_demand_wants_something", lambda: Demand.objects.update(quantity=quantity))
    refused("a_promise_is_of_something", lambda: Promise.objects.update(quantity=quantity))


def test_a_promise_is_never_deleted(bucket):
    for statement in ("DELETE FROM promises_promise", "TRUNCATE promises_promise"):
        with pytest.raises(DatabaseError, match="append-only"), atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


@pytest.mark.parametrize("role", ["kontor_public", "kontor_desk", "kontor_back"])
def test_nobody_counts_what_is_promised_but_the_trigger(bucket, as_role, role):
    for column in ("promised", "capacity", "short"):
        with pytest.raises(DatabaseError, match="permission denied"), as_role(role), atomic():
            Bucket.objects.filter(id=bucket.id).update(**{column: 0})
    demand = Demand.objects.get().id
    with pytest.raises(DatabaseError, match="permission denied"), as_role(role), atomic():
        Promise.objects.create(demand_id=demand, bucket=bucket, quantity=ONE, state="firm")
