"""The day of an order moves: what customer and clerk see of it, and what is told."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.utils import timezone

from kontor.bridge.orders.models import Order
from kontor.bridge.parties.models import Token
from kontor.bridge.promises.actions import move_receipts, plan_receipts
from kontor.bridge.promises.reasons import MoveReason
from kontor.front.care.mailing.moving import send_moved_days
from kontor.kernel.actor.identity import the_house
from kontor.kernel.events.dispatching import deliver_all
from kontor.kernel.membrane.session import new_token, token_hash
from kontor.kernel.tasks.models import Mail

BY = the_house()


@pytest.fixture
def waiting(trade):
    """An order of two articles that hang on one receipt each, both in ten days."""
    at = timezone.now()
    bikes = [trade.offering(stock=0, name=name) for name in ("Rennrad", "Tourer")]
    receipts = plan_receipts(
        receipts=[
            (bike.id, at + timedelta(days=10), Decimal(5), f"FA-{nth}") for nth, bike in enumerate(bikes)
        ],
        by=BY,
        at=at,
    )
    order = trade.place(trade.new_order(*((bike, 1) for bike in bikes)), at=at)
    deliver_all()
    order.refresh_from_db()
    return order, receipts


def move(receipts, days, *, reason=MoveReason.MATERIAL_LATE):
    at = timezone.now()
    move_receipts(ids=list(receipts), starts_at=at + timedelta(days=days), reason=reason, by=BY, at=at)
    deliver_all()


def told(order):
    return list(Mail.objects.filter(key__startswith=f"orders.moved:{order.id}").order_by("queued_at"))


def tell(order):
    return send_moved_days(ids=[order.id], by=BY, at=timezone.now())


def page_of(order, client):
    token = new_token()
    Token.objects.create(
        hash=token_hash(token),
        party_id=order.party_id,
        kind="link",
        expires_at=datetime(2099, 1, 1, tzinfo=UTC),
    )
    return client.get(f"/o/{token}/{order.number}/").content.decode()


def test_one_notice_for_an_order_whose_two_lines_moved_at_once(waiting):
    order, receipts = waiting
    move(receipts, 20)
    assert not told(order)  # the day has not stood for a minute
    assert tell(order) == 1 and tell(order) == 0
    [mail] = told(order)
    assert "Ein Bauteil kommt später als geplant." in mail.text


def test_moved_twice_quickly_the_latest_day_is_told_and_it_alone(waiting):
    order, receipts = waiting
    before = order.promised_on
    move(receipts, 20)
    move(receipts, 30, reason=MoveReason.MACHINE_DOWN)
    tell(order)
    tell(order)
    [mail] = told(order)
    order.refresh_from_db()
    assert f"{order.promised_on.day}." in mail.text and f"{before.day}." in mail.text
    assert "Maschine" in mail.text and "Bauteil" not in mail.text


def test_a_day_that_is_back_where_it_was_is_no_news(waiting):
    order, receipts = waiting
    before = order.promised_on
    move(receipts, 20)
    move(receipts, 10, reason=MoveReason.EARLIER)
    order.refresh_from_db()
    assert order.promised_on == before and tell(order) == 0 and not told(order)


def test_a_second_move_after_the_first_was_told_is_told_again(waiting):
    order, receipts = waiting
    for days in (20, 30):
        move(receipts, days)
        tell(order)
    assert len(told(order)) == 2


def test_a_notice_waits_a_minute_in_the_queue(waiting):
    _order, receipts = waiting
    move(receipts, 20)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*), min(scheduled_at - now()) FROM procrastinate_jobs"
            " WHERE args::text LIKE '%%tell_of_moves%%'"
        )
        count, waits = cursor.fetchone()
    assert count == 1 and timedelta(seconds=30) < waits < timedelta(seconds=90)


def test_the_customer_reads_the_day_why_it_moved_and_how_it_is_counted(waiting, public_client):
    order, receipts = waiting
    before = page_of(order, public_client)
    assert "Warum dieser Termin?" in before and "auf dem Weg zu uns" in before
    move(receipts, 20)
    page = page_of(order, public_client)
    assert "Ein Bauteil kommt später als geplant." in page
    assert "FA-0" not in page and "material_late" not in page
    assert "Das Packen dauert" in page or "Verpacken" in page or "Werktag" in page


def test_the_clerk_sees_what_is_next_and_how_the_day_moved(waiting, staff_client):
    order, receipts = waiting
    Order.objects.filter(id=order.id).update(released_at=timezone.now())
    move(receipts, 20)
    clerk = staff_client("desk", "care")
    number = order.party.number
    for address in (f"/customers/{number}/", f"/orders/{order.number}/"):
        text = clerk.get(address).content.decode()
        assert "Ein Bauteil kommt später als geplant." in text and "Als Nächstes" in text, address
