"""The pages of order administration, as a clerk and others see them."""

import re
from datetime import timedelta
from decimal import Decimal
from uuid import uuid4

import pytest

from kontor.bridge.orders.models import Order
from kontor.bridge.parties.models import House
from kontor.bridge.promises.actions import plan_receipts
from kontor.bridge.promises.models import Demand, Pool
from kontor.kernel.events.dispatching import deliver_all
from kontor.kernel.events.models import Event
from tests.trade import NOW


@pytest.fixture
def clerk(house, staff_client):
    return staff_client("back", "order-administration")


def test_the_worklist_shows_each_order_with_its_step(clerk, trade):
    open_order = trade.order((trade.offering(), 1))
    unpaid = trade.order((trade.offering(), 1), payment_method="prepayment")
    page = clerk.get("/orders/").content.decode()
    assert open_order.number in page
    assert "Zu versenden" in page
    only = clerk.get("/orders/?step=payment").content.decode()
    assert unpaid.number in only
    assert open_order.number not in only


def awaited(trade, *wanted):
    """An order of articles of which ten pieces are to come in a week."""
    planned = [
        (offering.id, NOW + timedelta(days=7), Decimal(10), f"PO-{offering.number}")
        for offering, _quantity in wanted
        if not Pool.objects.filter(offering=offering).exists()
    ]
    plan_receipts(receipts=planned, by=trade.by, at=NOW)
    return trade.order(*wanted)


def test_list_and_page_say_alike_what_an_order_waits_for(clerk, trade):
    waits = awaited(trade, (trade.offering(stock=0), 1))
    partly = awaited(trade, (trade.offering(), 1), (trade.offering(stock=0), 1))
    said = {order: _pills(clerk, order) for order in (waits, partly)}
    assert said == {waits: ("Wartet auf Ware",) * 2, partly: ("Zu versenden",) * 2}


def test_an_order_at_risk_says_so_before_anything_else(clerk, trade):
    order = trade.order((trade.offering(stock=1), 1), (trade.offering(), 1))
    Demand.objects.filter(orderline__order=order, orderline__position=1).update(is_at_risk=True)
    assert _pills(clerk, order) == ("Gefährdet",) * 2
    assert order.number in clerk.get("/orders/?step=risk").content.decode()


def _pills(clerk, order):
    """The step as the worklist and as the order's page show it."""
    row = clerk.get(f"/orders/?q={order.number}").content.decode().split(order.number, 2)[2]
    page = clerk.get(f"/orders/{order.number}/").content.decode().split("<h1>")[1]
    return tuple(re.search(r'class="pill[^>]*>([^<]+)<', text)[1].strip() for text in (row, page))


def test_each_tab_holds_what_it_says(clerk, trade):
    whole = trade.order((trade.offering(), 1))
    trade.ship(whole)
    trade.order((trade.offering(stock=1), 1))
    awaited(trade, (trade.offering(stock=0), 1))
    steps = {
        step: clerk.get(f"/orders/?step={step}").content.decode().count("row-link")
        for step in (*("held", "release", "payment", "risk", "open", "goods", "unpaid", "done", "cancelled"),)
    }
    expected = {
        "held": 0,
        "release": 0,
        "payment": 0,
        "open": 1,
        "risk": 0,
        "goods": 1,
        "unpaid": 1,
        "done": 0,
        "cancelled": 0,
    }
    assert steps == expected


def test_the_statements_of_the_worklist_do_not_grow_with_its_rows(
    clerk, trade, django_assert_max_num_queries
):
    first = trade.order((trade.offering(), 1))
    _copies(first, 9)
    with django_assert_max_num_queries(12) as few:
        clerk.get("/orders/")
    _copies(first, 990)
    with django_assert_max_num_queries(12) as many:
        assert clerk.get("/orders/").status_code == 200
    # One more: the rows are counted when there is more than one page.
    assert len(many) <= len(few) + 1


def test_pages_follow_each_other_in_both_directions_without_loss(clerk, trade):
    _copies(trade.order((trade.offering(), 1)), 119)
    expected = list(Order.objects.order_by("-placed_at", "-id").values_list("number", flat=True))
    seen, url = [], "/orders/?q="
    while url:
        rows, previous, following = _page(clerk, url)
        seen.append(rows)
        url = f"/orders/{following}" if following else ""
    assert [number for page in seen for number in page] == expected
    assert _page(clerk, f"/orders/{previous}")[0] == seen[-2]


@pytest.mark.parametrize(
    "query",
    [
        "after=broken",
        "after=W10",
        "before=W251bGwsIG51bGxd",
        "sort=gross_amount%3B--",
        "sort=-nothing",
        "step=none",
        "placed_from=2026-99-99",
        "placed_from=0001-01-01&placed_until=9999-12-31",
        "q=%00",
        "q=" + "x" * 5000,
        "column=password&column=number",
        "q=%27%22%3Cscript%3E",
    ],
)
def test_a_broken_address_shows_a_page(clerk, trade, query):
    trade.order((trade.offering(), 1))
    page = clerk.get(f"/orders/?{query}")
    assert page.status_code == 200
    assert "<script>" not in page.content.decode().split("</head>")[1]


def test_a_cursor_of_another_order_is_read_as_the_first_page(clerk, trade):
    _copies(trade.order((trade.offering(), 1)), 60)
    cursor = clerk.get("/orders/").context["listing"].links.next_url.split("after=")[1]
    assert clerk.get(f"/orders/?sort=amount&after={cursor}").status_code == 200


def test_the_file_holds_every_row_and_no_formula(clerk, trade):
    order = trade.order((trade.offering(), 1))
    Order.objects.filter(pk=order.pk).update(billing_name="=HYPERLINK(1)")
    answer = clerk.get("/orders/?export=csv")
    with clerk.inside():
        text = b"".join(answer.streaming_content).decode("utf-8-sig")
    lines = text.splitlines()
    assert len(lines) == 2
    assert lines[0].startswith("Auftrag;")
    assert ";'=HYPERLINK(1);" in lines[1]
    assert "105,85" in lines[1]


def test_releasing_takes_ticked_orders_and_a_second_click_tells_nobody(clerk, trade):
    House.objects.update(release_limit=50)
    orders = [trade.order((trade.offering(), 1)) for _ in range(2)]
    assert not any(order.released_at for order in orders)
    ids = [str(order.id) for order in orders]
    for _ in range(2):
        answer = clerk.post("/orders/release/", {"ids": ids, "next": "/orders/?step=release"})
        assert (answer.status_code, answer.url) == (302, "/orders/?step=release")
    assert Order.objects.filter(released_at__isnull=False).count() == 2
    assert Event.objects.filter(type="orders.OrderReleased").count() == 2


@pytest.mark.parametrize("ids", [[], ["x"], ["' OR 1=1"], ["00000000-0000-0000-0000-000000000000"]])
def test_releasing_nothing_or_nonsense_changes_nothing(clerk, house, ids):
    assert clerk.post("/orders/release/", {"ids": ids}).status_code == 302


def test_an_order_says_what_is_next_and_why_a_line_is_open(clerk, trade, django_assert_max_num_queries):
    order = trade.order((trade.offering(), 2))
    with django_assert_max_num_queries(12):
        page = clerk.get(f"/orders/{order.number}/").content.decode()
    assert "Alles liegt bereit" in page
    assert "2 bereit zum Packen" in page
    assert f"/logistics/ship/{order.number}/" in page


def test_turnover_is_in_the_currency_of_the_house(clerk, house):
    House.objects.update(currency="GBP")
    assert "0,00\N{NO-BREAK SPACE}£" in clerk.get("/").content.decode()


def test_cancelling_needs_a_reason_and_is_harmless_twice(clerk, trade):
    order = trade.order((trade.offering(), 1))
    url = f"/orders/{order.number}/cancel/"
    clerk.post(url, {"reason": ""})
    assert Order.objects.get().state == "confirmed"
    clerk.post(url, {"reason": "a\0b"})
    assert Order.objects.get().state == "confirmed"
    for _ in range(2):
        assert clerk.post(url, {"reason": "Kundin hat es sich überlegt 😀 <b>"}).status_code == 302
    assert Order.objects.get().cancel_reason == "Kundin hat es sich überlegt 😀 <b>"
    assert Event.objects.filter(type="orders.OrderCancelled").count() == 1
    assert "&lt;b&gt;" in clerk.get(f"/orders/{order.number}/").content.decode()


def test_a_shipped_order_is_not_cancelled(clerk, trade):
    order = trade.order((trade.offering(), 1))
    trade.ship(order)
    clerk.post(f"/orders/{order.number}/cancel/", {"reason": "Zu spät"})
    assert Order.objects.get().state == "confirmed"


def test_the_rest_is_shown_with_its_amounts_and_cancelled_once(clerk, trade):
    order = trade.order((trade.offering(price="100.00", name="Rad"), 5), payment_method="prepayment")
    trade.pay(order, Decimal(500))
    trade.ship(order, quantities={order.lines.get(position=1).id: Decimal(3)})
    page = clerk.get(f"/orders/{order.number}/").content.decode()
    assert "Rest stornieren" in page and "Auftrag stornieren" not in page
    assert "2 × Rad" in page and "200,00" in page and "wird gutgeschrieben" in page

    url = f"/orders/{order.number}/cancel-rest/"
    for reason in ("", "a\0b"):
        clerk.post(url, {"reason": reason})
    assert not Event.objects.filter(type="orders.OrderRestCancelled").exists()
    for _ in range(2):
        assert clerk.post(url, {"reason": "Dauert <b>"}).status_code == 302
    deliver_all()

    assert Event.objects.filter(type="orders.OrderRestCancelled").count() == 1
    page = clerk.get(f"/orders/{order.number}/").content.decode()
    assert "3 versandt, 2 storniert" in page and "davon storniert 200,00" in page.replace("&nbsp;", " ")
    assert "Rest storniert: „Dauert &lt;b&gt;“" in page
    assert "Rest stornieren" not in page
    assert Order.objects.get(id=order.id).state == "done"


@pytest.mark.parametrize("path", ["/orders/A-999999/", "/orders/%00/", "/orders/<script>/"])
def test_a_number_that_is_none_is_not_found(clerk, path):
    assert clerk.get(path).status_code == 404


@pytest.mark.parametrize(
    ("department", "expected"),
    [
        ("order-administration", (200, 302, 302)),
        ("management", (200, 302, 302)),
        ("warehouse", (200, 403, 403)),
        ("logistics", (200, 403, 403)),
        ("accounting", (200, 403, 403)),
        ("personnel", (403, 403, 403)),
        ("product-conception", (403, 403, 403)),
    ],
)
def test_each_department_may_what_its_rights_say(staff_client, trade, department, expected):
    sees, releases, cancels = expected
    order = trade.order((trade.offering(), 1))
    browser = staff_client("back", department)
    assert browser.get("/orders/").status_code == sees
    assert browser.get(f"/orders/{order.number}/").status_code == sees
    assert browser.post("/orders/release/", {"ids": [str(order.id)]}).status_code == releases
    assert browser.post(f"/orders/{order.number}/cancel/", {"reason": "Test"}).status_code == cancels


def _page(browser, url):
    page = browser.get(url).context["listing"]
    return [row["number"] for row in page.page.rows], page.links.previous_url, page.links.next_url


def _copies(order: Order, count: int) -> None:
    """More orders like this one, written past the actions: only the list reads them."""
    fields = [field.name for field in Order._meta.fields if field.name not in ("id", "key", "number")]
    values = {name: getattr(order, name) for name in fields}
    start = Order.objects.count()
    Order.objects.bulk_create(
        Order(**values, key=uuid4(), number=f"B-{start + place:06d}") for place in range(count)
    )
