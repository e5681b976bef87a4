"""The pages of the warehouse, as a clerk and others see them."""

import pytest

from kontor.back.warehouse.models import Location, Move, OnHand
from kontor.bridge.orders.models import OrderLine
from kontor.bridge.promises.models import Demand
from kontor.bridge.voice.models import Signal
from kontor.kernel.ids import uuid7
from kontor.kernel.tasks.models import Task


@pytest.fixture
def clerk(house, staff_client):
    return staff_client("back", "warehouse")


def test_the_stock_says_what_lies_where_and_what_is_free(clerk, trade):
    offering = trade.offering(stock=20)
    trade.order((offering, 3))
    page = clerk.get("/warehouse/").context["listing"]
    row = page.page.rows[0]
    assert (row["number"], row["quantity"], row["promised"]) == (offering.number, 20, 3)
    assert "17" in clerk.get(f"/warehouse/articles/{offering.number}/").content.decode()


def test_the_statements_do_not_grow_with_the_rows(clerk, trade, django_assert_max_num_queries):
    first = trade.offering()
    for path in (
        "/warehouse/",
        "/warehouse/moves/",
        "/warehouse/pick-list/",
        f"/warehouse/articles/{first.number}/",
    ):
        with django_assert_max_num_queries(12) as few:
            assert clerk.get(path).status_code == 200
        offerings = [trade.offering() for _ in range(12)]
        trade.order(*((offering, 1) for offering in offerings))
        with django_assert_max_num_queries(12) as many:
            clerk.get(path)
        assert len(few) == len(many), path


def test_a_count_first_says_what_it_would_put_at_risk(clerk, trade):
    offering = trade.offering(stock=5)
    order = trade.order((offering, 4))
    url = f"/warehouse/articles/{offering.number}/count/"
    field = f"found_{trade.location.id.hex}"
    preview = clerk.post(url, {field: "3", "reason": "Bruch"}).content.decode()
    assert order.number in preview
    assert "1 weniger da als zugesagt" in preview
    assert OnHand.objects.get().quantity == 5
    for _ in range(2):
        assert clerk.post(url, {field: "3", "reason": "Bruch", "post": "1"}).status_code == 302
    assert OnHand.objects.get().quantity == 3
    assert Move.objects.filter(kind="count").get().quantity == -2
    assert Demand.objects.get().is_at_risk
    assert Task.objects.get().kind == "promises.short"
    assert clerk.get("/warehouse/?stock=short").content.decode().count("row-link") == 1


def test_something_found_at_another_location_is_counted_there(clerk, trade):
    offering = trade.offering(stock=5)
    other = Location.objects.get(code="B-01")
    data = {"other": str(other.id), "other_quantity": "2,5", "reason": "Wiedergefunden", "post": "1"}
    assert clerk.post(f"/warehouse/articles/{offering.number}/count/", data).status_code == 302
    assert str(OnHand.objects.get(location=other).quantity) == "2.5000"


@pytest.mark.parametrize(
    "text", ["-1", "NaN", "1e99", "99999999999999999", "1.23,5", "drei", "a\0b", "0.00001"]
)
def test_a_quantity_that_is_none_is_refused_on_the_form(clerk, trade, text):
    offering = trade.offering(stock=5)
    field = f"found_{trade.location.id.hex}"
    url = f"/warehouse/articles/{offering.number}/count/"
    answer = clerk.post(url, {field: text, "reason": "Inventur", "post": "1"})
    assert answer.status_code == 422
    assert OnHand.objects.get().quantity == 5


def test_goods_are_received_once_with_one_form(clerk, trade):
    offering = trade.offering(stock=1)
    data = {
        "key": str(uuid7()),
        "quantity": "4",
        "location": str(trade.location.id),
        "receipt": "",
        "reference": "x",
    }
    for _ in range(2):
        assert clerk.post(f"/warehouse/articles/{offering.number}/receive/", data).status_code == 302
    assert OnHand.objects.get().quantity == 5
    wrong = data | {"key": "none", "quantity": "-4", "location": "nowhere", "reference": "a\0b"}
    assert clerk.post(f"/warehouse/articles/{offering.number}/receive/", wrong).status_code == 422


def test_the_pick_list_speaks_its_reader_s_language_and_not_the_customer_s(clerk, trade):
    offering = trade.offering(stock=5)
    order = trade.order((offering, 2))
    OrderLine.objects.filter(order=order, kind="item").update(name="As Oscar reads it")
    page = clerk.get("/warehouse/pick-list/").content.decode()
    assert offering.name_de in page and "As Oscar reads it" not in page


def test_the_pick_list_names_place_article_and_order(clerk, trade):
    offering = trade.offering(stock=5)
    order = trade.order((offering, 2))
    page = clerk.get("/warehouse/pick-list/").content.decode()
    assert all(text in page for text in ("A-01", offering.number, order.number))
    trade.ship(order)
    assert offering.number not in clerk.get("/warehouse/pick-list/").content.decode()


def test_a_return_goes_back_on_the_shelf_from_the_page_of_the_order(clerk, trade):
    order = trade.order((trade.offering(stock=5), 2))
    trade.ship(order)
    line = order.lines.get(kind="item")
    data = {
        "key": str(uuid7()),
        f"back_{line.id.hex}": "1",
        "location": str(trade.location.id),
        "why": "too_small",
        "reason": "",
    }
    assert clerk.post(f"/warehouse/returns/{order.number}/", data | {"why": ""}).status_code == 422
    for _ in range(2):
        assert clerk.post(f"/warehouse/returns/{order.number}/", data).status_code == 302
    assert OrderLine.objects.get(pk=line.pk).returned_quantity == 1
    assert Signal.objects.values_list("source", "reason", "offering_id").get() == (
        "return",
        "too_small",
        line.offering_id,
    )
    too_much = data | {"key": str(uuid7()), f"back_{line.id.hex}": "2"}
    assert clerk.post(f"/warehouse/returns/{order.number}/", too_much).status_code == 422


def test_a_location_is_added_once(clerk, house):
    data = {"code": "C-09", "name_de": "Regal C", "name_en": "", "position": "9"}
    assert clerk.post("/warehouse/locations/", data).status_code == 302
    assert clerk.post("/warehouse/locations/", data).status_code == 422
    assert Location.objects.filter(code="C-09").count() == 1


@pytest.mark.parametrize(
    ("department", "expected"),
    [
        ("warehouse", (200, 200, 200)),
        ("order-administration", (200, 403, 403)),
        ("logistics", (200, 403, 403)),
        ("purchasing", (200, 403, 403)),
        ("management", (200, 403, 403)),
        ("accounting", (403, 403, 403)),
        ("personnel", (403, 403, 403)),
    ],
)
def test_each_department_may_what_its_rights_say(staff_client, trade, department, expected):
    sees, counts, receives = expected
    offering = trade.offering()
    browser = staff_client("back", department)
    for path in ("", "moves/", "pick-list/", "locations/", f"articles/{offering.number}/"):
        assert browser.get(f"/warehouse/{path}").status_code == sees, path
    assert browser.get(f"/warehouse/articles/{offering.number}/count/").status_code == counts
    assert browser.get(f"/warehouse/articles/{offering.number}/receive/").status_code == receives


def test_an_article_that_is_none_is_not_found(clerk):
    for path in ("articles/X/", "articles/X/count/", "articles/X/receive/", "returns/A-0/"):
        assert clerk.get(f"/warehouse/{path}").status_code == 404
