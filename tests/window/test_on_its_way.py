"""Between shipped and delivered: both windows show an order as on its way, live, until it is there, paid or not."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from kontor.bridge.orders.models import Order
from tests.window.test_moved_day import page_of


@pytest.fixture
def anna(trade):
    party = trade.party()
    party.refresh_from_db()
    return party


@pytest.fixture
def clerk(house, staff_client):
    return staff_client("desk", "care")


def shipped(trade, party, *, promised_in=2, left_ago=0, is_paid=True, pieces=None):
    order = trade.order((trade.offering(), 2), party=party)
    at = timezone.now() - timedelta(days=left_ago)
    Order.objects.filter(id=order.id).update(promised_on=timezone.localdate() + timedelta(days=promised_in))
    quantities = {order.lines.get(kind="item").id: Decimal(pieces)} if pieces else None
    parcel = trade.ship(order, quantities=quantities, at=at)
    if is_paid:
        trade.pay(order, order.gross_amount, at=at)
    order.refresh_from_db()
    return order, parcel


def read(client, path):
    return client.get(path).content.decode()


def open_part(client, party):
    return read(client, f"/customers/{party.number}/").split('id="all"')[1].split('id="orders"')[0]


@pytest.mark.parametrize("is_paid", [True, False])
def test_both_windows_show_what_is_on_its_way_and_watch_it(trade, anna, clerk, public_client, is_paid):
    order, _parcel = shipped(trade, anna, is_paid=is_paid)
    assert order.state == ("done" if is_paid else "confirmed")

    listed = open_part(clerk, anna)
    assert order.number in listed and "Unterwegs" in listed and "überfällig" not in listed
    assert ("Die Rechnung ist noch nicht bezahlt" in listed) is not is_paid
    page = read(clerk, f"/orders/{order.number}/")
    assert "Unterwegs" in page and "data-live=" in page and "Beim Kunden bis" in page
    assert "geliefert und bezahlt" not in page
    theirs = page_of(order, public_client)
    assert "Unterwegs" in theirs and "Abgeschlossen" not in theirs
    assert "Bei Ihnen bis" in theirs and "data-live=" in theirs


@pytest.mark.parametrize("is_paid", [True, False])
def test_what_is_not_there_on_its_day_is_overdue_on_both_sides(trade, anna, clerk, public_client, is_paid):
    order, _parcel = shipped(trade, anna, promised_in=-1, left_ago=3, is_paid=is_paid)

    listed = open_part(clerk, anna)
    assert order.number in listed and "Überfällig" in listed and "keine Zustellung ist vermerkt" in listed
    page = read(clerk, f"/orders/{order.number}/")
    assert "Überfällig" in page and 'class="is-late"' in page and "data-live=" in page
    theirs = page_of(order, public_client)
    assert "Sollte schon bei Ihnen sein" in theirs and "data-live=" in theirs


def test_what_is_delivered_is_over_also_when_it_was_noted_twice(trade, anna, clerk, public_client):
    order, parcel = shipped(trade, anna)
    for _ in range(2):
        trade.deliver(parcel, at=timezone.now())

    assert order.number not in open_part(clerk, anna)
    page = read(clerk, f"/orders/{order.number}/")
    assert "Alles ist geliefert und bezahlt." in page and "data-live=" not in page
    theirs = page_of(order, public_client)
    assert "Abgeschlossen" in theirs and "Bei Ihnen bis" not in theirs


def test_what_is_delivered_and_not_paid_stays_open_without_a_day(trade, anna, clerk, public_client):
    order, parcel = shipped(trade, anna, is_paid=False, promised_in=-1)
    trade.deliver(parcel, at=timezone.now())

    listed = open_part(clerk, anna)
    assert "Versandt, unbezahlt" in listed and "Überfällig" not in listed
    assert "Bei Ihnen bis" not in page_of(order, public_client)


def test_one_of_two_parcels_there_leaves_the_order_on_its_way(trade, anna, clerk, public_client):
    order, first = shipped(trade, anna, is_paid=False, pieces=1)
    second = trade.ship(order, at=timezone.now())
    trade.deliver(first, at=timezone.now())

    assert "Unterwegs" in open_part(clerk, anna)
    assert "Unterwegs" in page_of(order, public_client)
    trade.deliver(second, at=timezone.now())
    assert "Unterwegs" not in open_part(clerk, anna)
    assert "Unterwegs" not in page_of(order, public_client)


def test_while_a_part_is_still_here_the_order_waits_for_it(trade, anna, clerk, public_client):
    order, parcel = shipped(trade, anna, is_paid=False, pieces=1)
    trade.deliver(parcel, at=timezone.now())

    assert "Teilweise versandt" in open_part(clerk, anna)
    assert "Bei Ihnen bis" in page_of(order, public_client), "the rest is still to come"


@pytest.mark.parametrize(("left_ago", "is_open"), [(29, True), (31, False)])
def test_a_house_that_notes_no_deliveries_is_not_left_with_them(trade, anna, clerk, left_ago, is_open):
    order, _parcel = shipped(trade, anna, promised_in=-20, left_ago=left_ago)

    assert (order.number in open_part(clerk, anna)) is is_open
    page = read(clerk, f"/orders/{order.number}/")
    assert ("Überfällig" in page) is is_open
    assert ("Die Zustellung wurde nie vermerkt" in page) is not is_open


def test_the_lists_call_it_on_its_way_too(trade, anna, clerk, public_client):
    _order, parcel = shipped(trade, anna)
    assert "Unterwegs" in read(clerk, "/")
    trade.deliver(parcel, at=timezone.now())
    assert "Unterwegs" not in read(clerk, "/")
