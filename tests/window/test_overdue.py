"""A receipt whose day is over: promised to nobody new, told in both windows, asked of the works, each once."""

from datetime import datetime, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.utils import timezone
from django.utils.translation import override

from kontor.back.production.tests.test_races import at_once
from kontor.back.warehouse.actions import NewMove
from kontor.back.warehouse.overdue import face_overdue
from kontor.back.warehouse.receiving import receive_planned
from kontor.bridge.orders.models import Order
from kontor.bridge.progress.models import Milestone, Plan
from kontor.bridge.promises import actions as promises
from kontor.bridge.promises.actions import Arrived, NewReceipt, Wanted, move_receipts, plan_receipts
from kontor.bridge.promises.errors import SoldOut
from kontor.bridge.promises.models import Bucket, Promise
from kontor.bridge.promises.reasons import MoveReason
from kontor.front.care.mailing.moving import send_moved_days
from kontor.front.sales.queries import wanted_lines
from kontor.kernel.actor.identity import the_house
from kontor.kernel.events.dispatching import deliver_all
from kontor.kernel.ids import uuid7
from kontor.kernel.membrane.session import acting_with, new_token, token_hash
from kontor.kernel.tasks.models import Mail, Task
from kontor.kernel.transactions import transaction
from tests.clone import clone
from tests.window.test_moved_day import page_of

__all__ = ["clone"]
BY = the_house()


def now_and(days: int = 0) -> datetime:
    return timezone.now() + timedelta(days=days)


def plan(offering, *, days=10, source="FA-2608", made_by="production", quantity=5):
    [bucket] = plan_receipts(
        receipts=[
            NewReceipt(offering.id, now_and(days), Decimal(quantity), source, made_by, now_and(days - 3))
        ],
        by=BY,
        at=now_and(),
    )
    return bucket


def order_of(trade, *wanted):
    order = trade.place(trade.new_order(*wanted), at=now_and())
    deliver_all()
    order.refresh_from_db()
    return order


def face(days: int) -> int:
    """What the worker's sweep does so many days from now."""
    return face_overdue(by=BY, at=now_and(days))


def shift(bucket, days):
    move_receipts(ids=[bucket], starts_at=now_and(days), reason=MoveReason.MATERIAL_LATE, by=BY, at=now_and())


def move(bucket, days):
    shift(bucket, days)
    deliver_all()


@pytest.fixture
def bike(trade):
    return trade.offering(stock=0, name="Rennrad")


@pytest.fixture
def late(trade, bike):
    """An order for a bicycle that should have been built: the sweep has noted it."""
    bucket = plan(bike)
    order = order_of(trade, (bike, 1))
    Order.objects.filter(id=order.id).update(released_at=timezone.now())
    assert face(11) == 1
    return order, bucket


def open_tasks():
    return list(Task.objects.filter(kind__endswith=".overdue", done_at=None).order_by("id"))


def test_on_its_day_it_is_not_overdue_and_the_day_after_it_is(trade, bike):
    plan(bike)
    order_of(trade, (bike, 1))
    assert face(10) == 0 and not open_tasks()
    assert face(11) == 1 and face(11) == 0 and face(12) == 0


def test_the_works_are_asked_once_and_nobody_is_mailed(late):
    face(12)
    [task] = open_tasks()
    assert (task.kind, task.department, task.subject) == ("production.overdue", "production", "FA-2608")
    deliver_all()
    assert not Mail.objects.filter(key__startswith="orders.moved").exists()
    # Who calls it done without naming a day is not asked again for this one.
    Task.objects.filter(id=task.id).update(done_at=timezone.now())
    face(13)
    assert not open_tasks()


def test_what_nobody_waits_for_asks_for_nothing(bike):
    plan(bike)
    assert face(11) == 1 and not open_tasks()


def test_one_purchase_with_two_late_lines_is_one_task(trade):
    articles = [trade.offering(stock=0) for _ in range(2)]
    for article in articles:
        plan(article, source="BE-7", made_by="purchase")
    order_of(trade, *((article, 1) for article in articles))
    assert face(11) == 2
    [task] = open_tasks()
    assert (task.kind, task.department, task.subject) == ("purchasing.overdue", "purchasing", "BE-7")


def test_a_receipt_of_nobody_is_asked_of_the_warehouse_by_its_article(trade, bike):
    plan(bike, source="", made_by="")
    order_of(trade, (bike, 1))
    face(11)
    [task] = open_tasks()
    assert (task.department, task.subject) == ("warehouse", bike.number)


def test_nobody_new_is_promised_anything_of_it(trade, bike, late):
    _order, bucket = late
    with pytest.raises(SoldOut):
        trade.place(trade.new_order((bike, 1)))
    with connection.cursor() as cursor:
        cursor.execute("SELECT free_now, next_at FROM promises_available WHERE offering_id = %s", [bike.id])
        assert cursor.fetchone() == (0, None)
    [line] = wanted_lines({bike.number: Decimal(1)}, currency="EUR", at=timezone.now())
    assert not line.is_enough and line.free_ever == 0
    assert Bucket.objects.get(id=bucket).promised == 1  # who has a promise keeps it
    # Another receipt is promised instead, with its own day.
    other = plan(bike, days=20, source="FA-2609")
    second = order_of(trade, (bike, 1))
    assert second.promised_on > (now_and(20)).date()
    assert Promise.objects.get(demand_id=second.lines.get(kind="item").demand_id).bucket_id == other


def test_a_basket_lets_go_of_it_and_an_order_keeps_it(trade, bike):
    bucket = plan(bike)
    placed = trade.place(trade.new_order((bike, 1)), at=now_and())
    token, party = new_token(), uuid7()
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO parties_token (hash, party_id, kind, expires_at)"
            " VALUES (%s, %s, 'visit', now() + interval '1 day')",
            [token_hash(token), party],
        )
    wanted = Wanted(uuid7(), bike.id, Decimal(2), bike.name_de)
    with acting_with(token):
        transaction(lambda: promises.hold([wanted]))()
    assert Bucket.objects.get(id=bucket).promised == 3
    face(11)
    assert Bucket.objects.get(id=bucket).promised == 1
    with acting_with(token), pytest.raises(SoldOut):
        transaction(lambda: promises.hold([wanted]))()
    # Placed before, confirmed after: it is confirmed, and no day is made up.
    deliver_all()
    placed.refresh_from_db()
    assert placed.state == "confirmed" and placed.promised_on is None
    assert Plan.objects.get(order=placed, step="quality").late_since is not None


def test_both_windows_say_late_instead_of_a_day(late, public_client, staff_client):
    order, _bucket = late
    with override("de"):
        page = page_of(order, public_client)
    assert "Verspätet: neuer Tag folgt" in page and "neuer Tag folgt" in page
    assert "Warum dieser Termin?" not in page and "Bei Ihnen bis" not in page and "FA-2608" not in page
    clerk = staff_client("desk", "care")
    for address in (f"/customers/{order.party.number}/", f"/orders/{order.number}/"):
        text = clerk.get(address).content.decode()
        assert "1 Stück fehlt und ist verspätet: neuer Tag folgt." in text, address
        assert "dieser Tag gilt nicht mehr." in text, address
        assert "fehlt noch bis" not in text and "Beim Kunden bis" not in text, address


def test_a_new_day_with_its_reason_goes_its_usual_way(trade, bike, late, public_client):
    order, bucket = late
    before = order.promised_on
    move(bucket, 30)
    order.refresh_from_db()
    assert order.promised_on > before
    assert not Plan.objects.filter(late_since__isnull=False).exists()
    page = page_of(order, public_client)
    assert "neuer Tag folgt" not in page and "Ein Bauteil kommt später als geplant." in page
    assert send_moved_days(ids=[order.id], by=BY, at=timezone.now()) == 1
    assert face(12) == 0 and not open_tasks()  # what was asked is answered
    trade.place(trade.new_order((bike, 1)))  # and it can be promised again
    # Missed again, it is asked again: that is another day.
    assert face(31) == 1 and face(31) == 0
    assert [task.subject for task in open_tasks()] == ["FA-2608"]
    assert Task.objects.filter(kind="production.overdue").count() == 2


def test_while_one_of_two_is_overdue_the_other_may_move_and_no_day_is_made_up(trade, public_client):
    bikes = [trade.offering(stock=0) for _ in range(2)]
    first, second = plan(bikes[0], source="FA-1"), plan(bikes[1], days=20, source="FA-2")
    order = order_of(trade, *((bike, 1) for bike in bikes))
    before = order.promised_on
    face(11)
    move(second, 30)
    order.refresh_from_db()
    assert order.promised_on == before and "neuer Tag folgt" in page_of(order, public_client)
    move(first, 25)
    order.refresh_from_db()
    assert order.promised_on > before and "neuer Tag folgt" not in page_of(order, public_client)


def test_one_line_from_two_receipts_is_late_until_both_have_a_day(trade, bike, public_client):
    first, second = plan(bike, quantity=1, source="FA-1"), plan(bike, days=20, quantity=1, source="FA-2")
    order = order_of(trade, (bike, 2))
    face(11)
    move(second, 30)
    assert "neuer Tag folgt" in page_of(order, public_client)
    move(first, 25)
    assert "neuer Tag folgt" not in page_of(order, public_client)


def test_a_day_for_an_order_that_was_confirmed_without_one_reads_well(trade, bike, public_client):
    bucket = plan(bike)
    placed = trade.place(trade.new_order((bike, 1)), at=now_and())
    face(11)
    deliver_all()
    move(bucket, 30)
    placed.refresh_from_db()
    assert placed.promised_on is not None
    assert Milestone.objects.get(order=placed, step="moved").was_on is None
    page = page_of(placed, public_client)
    assert "Ein Bauteil kommt später als geplant." in page
    assert "zuvor war es der" not in page and "vom  auf" not in page


def test_what_came_at_last_is_late_no_more(trade, bike, late, public_client):
    order, bucket = late
    goods = NewMove(
        id=uuid7(), offering_id=bike.id, location_id=trade.location.id, quantity=Decimal(5), at=now_and()
    )
    transaction(
        lambda: receive_planned(
            moves=[goods], parts=[Arrived(bucket, Decimal(5), is_last=True)], by=trade.by, at=now_and()
        )
    )()
    face(12)
    assert not open_tasks() and not Plan.objects.filter(late_since__isnull=False).exists()
    assert "neuer Tag folgt" not in page_of(order, public_client)


def test_two_sweeps_and_a_planner_at_once_tell_it_once(clone):
    bike = clone.trade.offering(stock=0)
    bucket = plan(bike)
    order = order_of(clone.trade, (bike, 1))
    found = at_once(*(lambda: face(11) for _ in range(4)))
    assert sorted(found) == [0, 0, 0, 1]
    assert len(open_tasks()) == 1
    at_once(lambda: face(12), lambda: shift(bucket, 30), lambda: face(12))
    deliver_all()
    face(12)
    order.refresh_from_db()
    assert order.promised_on > now_and(29).date() and not open_tasks()
    assert Bucket.objects.get(id=bucket).overdue_at is None
