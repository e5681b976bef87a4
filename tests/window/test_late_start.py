"""What waits for money or for a person: one conditional day on both sides, a new one with a reason when it is late."""

import threading
from datetime import date, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from kontor.bridge.orders.actions import lock_orders, mark_paid, release_orders
from kontor.bridge.orders.condition import Terms, arrival, holds_until, if_started, terms_of
from kontor.bridge.progress.models import Milestone
from kontor.bridge.promises.actions import move_receipts, plan_receipts
from kontor.bridge.promises.reasons import MoveReason
from kontor.front.care.mailing.moving import send_moved_days
from kontor.front.care.mailing.sending import send_confirmations
from kontor.kernel.actor.identity import Actor, ActorKind, the_house
from kontor.kernel.clocks.calendars import WorkingDays
from kontor.kernel.errors import NotAllowed
from kontor.kernel.events.dispatching import deliver_all
from kontor.kernel.events.models import Event
from kontor.kernel.tasks.models import Mail
from kontor.kernel.transactions import transaction
from kontor.kernel.ui import formats
from tests.clone import clone
from tests.trade import NOW
from tests.window.test_moved_day import page_of

__all__ = ["clone"]

BY = the_house()
LATER = NOW + timedelta(days=20)


def ordered(trade, *, method="prepayment", at=NOW, stock=20, price="99.90"):
    order = trade.place(
        trade.new_order((trade.offering(stock=stock, price=price), 1), payment_method=method), at=at
    )
    deliver_all()
    order.refresh_from_db()
    return order


def pay(trade, order, at):
    trade.pay(order, order.gross_amount, at=at)
    order.refresh_from_db()


@transaction
def note_paid(order, at):
    lock_orders([order.id])
    mark_paid([order.id], by=BY, at=at)


def moves(order):
    return list(Milestone.objects.filter(order_id=order.id, step="moved").order_by("id"))


def news(order):
    return Event.objects.filter(type="orders.PromiseDateMoved", subject_id=order.id).count()


@pytest.mark.parametrize("method", ["prepayment", "provider"])
def test_money_that_comes_late_moves_the_day_once_and_says_why(trade, public_client, method):
    order = ordered(trade, method=method)
    was = order.promised_on
    pay(trade, order, LATER)
    note_paid(order, LATER + timedelta(days=3))
    order.refresh_from_db()

    assert order.promised_on == arrival(LATER.date(), terms_of(2)) > was
    [moved] = moves(order)
    assert (moved.was_on, moved.promised_on, moved.reason) == (was, order.promised_on, "paid_later")
    assert news(order) == 1
    page = page_of(order, public_client)
    assert "hat sich der Tag verschoben" in page and "Ihre Zahlung kam später" in page
    assert 'class="why"' in page, "the new day is explained"


def test_money_that_comes_in_time_leaves_the_day_and_costs_nothing(trade):
    order = ordered(trade)
    was = order.promised_on
    with CaptureQueriesContext(connection) as captured:
        pay(trade, order, NOW + timedelta(hours=2))

    assert order.released_at is not None and order.promised_on == was
    assert not moves(order) and not news(order)
    assert not any("hanging" in query["sql"] for query in captured.captured_queries)


def test_what_waits_for_goods_anyway_may_be_paid_later(trade):
    bike = trade.offering(stock=0)
    plan_receipts(receipts=[(bike.id, LATER, Decimal(3), "BE-1")], by=BY, at=NOW)
    order = trade.place(trade.new_order((bike, 1), payment_method="prepayment"))
    deliver_all()
    order.refresh_from_db()
    was = order.promised_on
    assert holds_until(was, terms_of(2)) >= LATER.date()
    pay(trade, order, LATER - timedelta(days=5))

    assert order.promised_on == was and not moves(order)


def test_a_receipt_that_comes_earlier_does_not_undo_a_late_payment(trade):
    bike = trade.offering(stock=0)
    [receipt] = plan_receipts(
        receipts=[(bike.id, NOW + timedelta(days=3), Decimal(3), "BE-1")], by=BY, at=NOW
    )
    order = trade.place(trade.new_order((bike, 1), payment_method="prepayment"))
    deliver_all()
    order.refresh_from_db()
    pay(trade, order, LATER)
    day = order.promised_on
    move_receipts(ids=[receipt], starts_at=NOW + timedelta(days=1), reason=MoveReason.EARLIER, by=BY, at=NOW)
    deliver_all()
    order.refresh_from_db()

    assert order.promised_on == day == arrival(LATER.date(), terms_of(2))


def test_a_release_that_comes_late_moves_the_day_too(trade, public_client):
    order = ordered(trade, method="invoice", price="9000.00")
    assert order.state == "confirmed" and order.released_at is None
    was = order.promised_on
    for _ in range(2):
        release_orders(ids=[order.id], by=BY, at=LATER)
    deliver_all()
    order.refresh_from_db()

    assert order.promised_on > was and news(order) == 1
    assert [moved.reason for moved in moves(order)] == ["checked_later"]
    assert "Unser Blick auf Ihre Bestellung hat länger gedauert" in page_of(order, public_client)


def test_who_may_not_release_moves_nothing(trade):
    order = ordered(trade, method="invoice", price="9000.00")
    was = order.promised_on
    with pytest.raises(NotAllowed):
        release_orders(ids=[order.id], by=Actor(ActorKind.STAFF, name="Nobody"), at=LATER)
    order.refresh_from_db()

    assert order.promised_on == was and not moves(order)


def test_the_customer_is_told_once(trade):
    at = timezone.now()
    order = ordered(trade, at=at - timedelta(days=9))
    pay(trade, order, at)
    for _ in range(2):
        send_moved_days(ids=[order.id], by=BY, at=at)

    [mail] = Mail.objects.filter(key__startswith=f"orders.moved:{order.id}")
    assert "Ihre Zahlung kam später" in mail.text


def confirmed_to(order):
    """What the mail of the confirmation says."""
    send_confirmations(ids=[order.id], by=BY, at=timezone.now())
    return Mail.objects.get(key=f"orders.confirmed:{order.id}").text


def test_before_the_money_both_sides_read_the_same_day_and_condition(trade, staff_client, public_client):
    clerk, today = staff_client("desk", "care"), timezone.localdate(timezone=terms_of(2).zone)
    for method, placed_ago in (("prepayment", 0), ("provider", 0), ("prepayment", 12)):
        order = ordered(trade, method=method, at=timezone.now() - timedelta(days=placed_ago))
        wanted = if_started(today, promised_on=order.promised_on, terms=terms_of(2), payment_method=method)
        assert wanted.until >= today
        assert wanted.day > order.promised_on or placed_ago == 0

        theirs = page_of(order, public_client)
        assert formats.day(wanted.day, "weekday") in theirs
        assert f"wenn Ihre Zahlung bis {formats.day(wanted.until, 'weekday')} hier ist" in theirs
        assert 'class="why"' in theirs, "the day is explained"
        order.party.refresh_from_db()
        for path in (f"/orders/{order.number}/", f"/customers/{order.party.number}/"):
            page = clerk.get(path).content.decode()
            assert f"bei Zahlung bis {formats.day(wanted.until, 'brief')}" in page, path
            assert "überfällig" not in page
        assert formats.day(wanted.day, "weekday") in clerk.get(f"/orders/{order.number}/").content.decode()
        day, until = formats.day(wanted.day, "long"), formats.day(wanted.until, "long")
        assert f"Sie kommt bis {day} an, wenn Ihre Zahlung bis {until} hier ist." in confirmed_to(order)


def test_before_the_release_too(trade, staff_client, public_client):
    order = ordered(trade, method="invoice", price="9000.00", at=timezone.now())
    until = holds_until(order.promised_on, terms_of(2))

    page = staff_client("desk", "care").get(f"/orders/{order.number}/").content.decode()
    assert f"bei Freigabe bis {formats.day(until, 'brief')}" in page
    assert "angesehen und freigegeben haben" in page_of(order, public_client)
    words = f"wenn jemand von uns sie bis {formats.day(until, 'long')} angesehen und freigegeben hat"
    assert words in confirmed_to(order)


def test_the_last_day_that_holds_is_exactly_that():
    terms = Terms(handling_days=1, transit_days=2, land="HB", zone=ZoneInfo("Europe/Berlin"))
    for offset in range(60):  # over weekends, holidays and the turn of the year
        day = arrival(date(2026, 11, 20) + timedelta(days=offset), terms)
        until = holds_until(day, terms)
        assert arrival(until, terms) <= day < arrival(until + timedelta(days=1), terms)


def test_a_transfer_is_asked_for_a_banking_day_that_it_can_meet():
    terms = Terms(handling_days=1, transit_days=2, land="HB", zone=ZoneInfo("Europe/Berlin"))
    banking = WorkingDays("HB", terms.zone)
    for offset in range(60):  # over weekends, holidays and the turn of the year
        today = date(2026, 11, 20) + timedelta(days=offset)
        for promised_on in (arrival(today, terms), today - timedelta(days=9), today + timedelta(days=20)):
            told = if_started(today, promised_on=promised_on, terms=terms, payment_method="prepayment")
            assert told.until > today and banking.counts(told.until)
            assert arrival(told.until, terms) <= told.day and told.day >= promised_on

    sunday = date(2026, 11, 22)
    told = if_started(sunday, promised_on=arrival(sunday, terms), terms=terms, payment_method="prepayment")
    assert (told.until, told.day) == (date(2026, 11, 23), date(2026, 11, 26))


def test_money_noted_twice_at_once_moves_the_day_once(clone):
    order = ordered(clone.trade)
    begin, ended = threading.Barrier(2), []

    def note():
        try:
            begin.wait(10)
            note_paid(order, LATER)
            ended.append("done")
        finally:
            connection.close()

    threads = [threading.Thread(target=note) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)

    assert ended == ["done"] * 2 and len(moves(order)) == 1 and news(order) == 1
