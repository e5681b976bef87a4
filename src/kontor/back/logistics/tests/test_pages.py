"""The pages of logistics, as the people who ship see them."""

from decimal import Decimal

import pytest

from kontor.back.logistics.models import Parcel, Shipment
from kontor.bridge.charges.models import Charge
from kontor.kernel.events.dispatching import deliver_all
from kontor.kernel.ids import uuid7


@pytest.fixture
def clerk(house, staff_client):
    return staff_client("back", "logistics")


def ship_form(order, quantity, key=None):
    line = order.lines.get(kind="item")
    return {"key": str(key or uuid7()), f"line_{line.id.hex}": str(quantity)}


def test_only_released_orders_with_goods_on_the_shelf_are_ready(clerk, trade):
    ready = trade.order((trade.offering(), 1))
    unpaid = trade.order((trade.offering(), 1), payment_method="prepayment")
    page = clerk.get("/logistics/").content.decode()
    assert ready.number in page
    assert unpaid.number not in page


def test_a_form_ships_once_however_often_it_is_sent(clerk, trade):
    order = trade.order((trade.offering(stock=5), 3))
    data = ship_form(order, 3)
    first = clerk.post(f"/logistics/ship/{order.number}/", data)
    second = clerk.post(f"/logistics/ship/{order.number}/", data)
    assert first.status_code == 302
    assert Shipment.objects.count() == 1
    assert second.status_code in (302, 422)
    deliver_all()
    assert Charge.objects.get(order_line__kind="item").invoiced_quantity == 3


def test_part_of_an_order_leaves_and_the_rest_stays_ready(clerk, trade):
    order = trade.order((trade.offering(price="100.00", stock=5), 3))
    assert clerk.post(f"/logistics/ship/{order.number}/", ship_form(order, 1)).status_code == 302
    assert order.lines.get(kind="item").delivered_quantity == 1
    deliver_all()
    assert Charge.objects.get(order_line__kind="item").invoiced_gross == Decimal("100.00")
    assert order.number in clerk.get("/logistics/").content.decode()


@pytest.mark.parametrize("quantity", ["4", "-1", "NaN", "x", ""])
def test_more_than_lies_there_or_nothing_does_not_leave(clerk, trade, quantity):
    order = trade.order((trade.offering(stock=3), 3))
    assert clerk.post(f"/logistics/ship/{order.number}/", ship_form(order, quantity)).status_code == 422
    assert not Shipment.objects.exists()


def test_ticked_orders_leave_together_and_a_second_click_is_harmless(clerk, trade):
    orders = [trade.order((trade.offering(), 1)) for _ in range(3)]
    data = {"ids": [str(order.id) for order in orders]}
    for _ in range(2):
        assert clerk.post("/logistics/ship/", data).status_code == 302
    assert Shipment.objects.count() == 3


def test_a_shipment_is_delivered_once(clerk, trade):
    order = trade.order((trade.offering(), 1))
    shipment = trade.ship(order)
    for _ in range(2):
        assert clerk.post("/logistics/shipments/delivered/", {"ids": [str(shipment.id)]}).status_code == 302
    assert order.milestones.filter(step="delivered").count() == 1


def test_the_statements_do_not_grow_with_the_rows(clerk, trade, django_assert_max_num_queries):
    shipment = trade.ship(trade.order((trade.offering(), 1)))
    for path in ("/logistics/", "/logistics/shipments/", f"/logistics/shipments/{shipment.number}/"):
        with django_assert_max_num_queries(12) as few:
            assert clerk.get(path).status_code == 200
        for _ in range(6):
            trade.ship(trade.order((trade.offering(), 1)))
            trade.order((trade.offering(), 1))
        with django_assert_max_num_queries(12) as many:
            clerk.get(path)
        assert len(few) == len(many), path


@pytest.mark.parametrize(
    ("department", "expected"),
    [
        ("logistics", (200, 200, 302)),
        ("warehouse", (200, 200, 403)),
        ("order-administration", (200, 200, 403)),
        ("management", (200, 403, 403)),
        ("accounting", (403, 403, 403)),
        ("personnel", (403, 403, 403)),
    ],
)
def test_each_department_may_what_its_rights_say(staff_client, trade, department, expected):
    sees, ships, delivers = expected
    order = trade.order((trade.offering(), 1))
    shipment = trade.ship(trade.order((trade.offering(), 1)))
    browser = staff_client("back", department)
    for path in ("", "shipments/", f"shipments/{shipment.number}/"):
        assert browser.get(f"/logistics/{path}").status_code == sees, path
    assert browser.get(f"/logistics/ship/{order.number}/").status_code == ships
    ids = {"ids": [str(shipment.id)]}
    assert browser.post("/logistics/shipments/delivered/", ids).status_code == delivers


def test_a_parcel_without_a_number_says_that_its_papers_are_being_made(clerk, trade):
    shipment = trade.ship(trade.order((trade.offering(), 1)))
    assert Parcel.objects.get().tracking_number is None
    assert "werden erstellt" in clerk.get(f"/logistics/shipments/{shipment.number}/").content.decode()
    assert clerk.get("/logistics/papers/note/L-0.pdf").status_code == 404
    assert clerk.get("/logistics/papers/other/L-0.pdf").status_code == 404
