"""What the warehouse ticks as picked: customer and counter read that it is being packed, until it leaves."""

from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal

import pytest
from django.db import connection
from django.utils import timezone

from kontor.back.warehouse.picking import note_picked, put_back
from kontor.bridge.orders.actions import cancel_order
from kontor.bridge.progress.models import Milestone
from kontor.kernel.actor.identity import Actor, ActorKind
from kontor.kernel.errors import NotAllowed
from tests.clone import clone
from tests.window.test_moved_day import page_of
from tests.window.test_on_its_way import anna, clerk, open_part, read

__all__ = ["anna", "clerk", "clone"]

LIST = "/warehouse/pick-list/"
PACKED = "Wird gepackt"


@pytest.fixture
def storekeeper(house, staff_client):
    return staff_client("back", "warehouse")


@pytest.fixture
def order(trade, anna):
    return trade.order((trade.offering(stock=5), 3), party=anna)


def item(order):
    return order.lines.get(kind="item").id


def tick(storekeeper, order, deed="picked"):
    answer = storekeeper.post(f"{LIST}{deed}/", {"ids": [item(order)]})
    assert answer.status_code == 302


def picked():
    return [int(row.quantity) for row in Milestone.objects.filter(step="picked").order_by("id")]


def is_being_packed(order, clerk, public_client):
    """What both windows say; they say the same."""
    desk = PACKED in read(clerk, f"/orders/{order.number}/")
    assert (PACKED in page_of(order, public_client)) is desk
    return desk


def test_ticking_shows_it_to_both_sides_and_twice_is_harmless(
    trade, order, clerk, public_client, storekeeper
):
    assert not is_being_packed(order, clerk, public_client)
    for _ in range(2):
        tick(storekeeper, order)
    assert picked() == [3]
    assert is_being_packed(order, clerk, public_client)
    assert "Aus dem Regal genommen" in open_part(clerk, order.party)
    assert order.number not in read(storekeeper, LIST)
    assert order.number in read(storekeeper, f"{LIST}?show=picked")
    trade.ship(order)
    assert not is_being_packed(order, clerk, public_client)
    assert order.number not in read(storekeeper, f"{LIST}?show=picked")


def test_put_back_is_as_before_and_what_left_is_not_put_back(trade, order, clerk, public_client, storekeeper):
    tick(storekeeper, order)
    for _ in range(2):
        tick(storekeeper, order, "put-back")
    assert picked() == [3, -3]
    assert not is_being_packed(order, clerk, public_client)
    assert order.number in read(storekeeper, LIST)
    tick(storekeeper, order)
    trade.ship(order, quantities={item(order): Decimal(2)})
    assert is_being_packed(order, clerk, public_client)
    for _ in range(2):
        tick(storekeeper, order, "put-back")
    assert picked() == [3, -3, 3, -1]


def test_goods_leave_without_a_tick_and_the_rest_is_ticked_later(
    trade, order, clerk, public_client, storekeeper
):
    trade.ship(order, quantities={item(order): Decimal(2)})
    assert not is_being_packed(order, clerk, public_client)
    tick(storekeeper, order)
    assert picked() == [3]  # two that have left and the one that is packed now
    assert is_being_packed(order, clerk, public_client)
    trade.ship(order)
    assert not is_being_packed(order, clerk, public_client)


def test_what_is_called_off_or_not_there_is_not_packed(trade, order, clerk, public_client, storekeeper):
    tick(storekeeper, order)
    cancel_order(order_id=order.id, reason="Kunde", by=trade.by, at=timezone.now())
    assert not is_being_packed(order, clerk, public_client)
    held = trade.place(trade.new_order((trade.offering(), 1), party=order.party))
    for late in (order, held):
        tick(storekeeper, late)
    assert picked() == [3]


def test_nothing_ticked_is_told_and_others_may_not_tick(trade, order, storekeeper, staff_client):
    assert storekeeper.post(f"{LIST}picked/", {}).status_code == 302
    assert "Nichts ist ausgewählt" in read(storekeeper, LIST)
    maker = staff_client("back", "production")
    assert maker.get(LIST).status_code == 200
    assert 'name="ids"' not in read(maker, LIST)
    for deed in ("picked", "put-back"):
        assert maker.post(f"{LIST}{deed}/", {"ids": [item(order)]}).status_code == 403
    assert picked() == []


def test_who_has_no_right_moves_nothing(order):
    nobody = Actor(ActorKind.STAFF, name="Ada")
    for deed in (note_picked, put_back):
        with pytest.raises(NotAllowed):
            deed(lines=[item(order)], by=nobody, at=timezone.now())


def test_two_who_tick_at_once_tick_once(clone):
    line = item(clone.trade.order((clone.trade.offering(), 3)))

    def pick(_number):
        try:
            return note_picked(lines=[line], by=clone.trade.by, at=timezone.now())
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as hands:
        assert sorted(hands.map(pick, range(4))) == [0, 0, 0, 1]
    assert picked() == [3]
