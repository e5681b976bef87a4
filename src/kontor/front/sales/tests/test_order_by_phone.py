"""Taking an order by phone, as the clerk and the next caller see it."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from kontor.bridge.catalogue.actions import publish
from kontor.bridge.catalogue.models import Category, Offering, OfferingGroup, Price
from kontor.bridge.orders.models import Order
from kontor.bridge.parties.models import Address, House, Party
from kontor.bridge.promises.models import Promise
from kontor.kernel.actor.identity import the_house
from kontor.kernel.events.dispatching import deliver_all
from kontor.kernel.ids import uuid7
from tests.trade import Trade


@pytest.fixture
def anna(trade: Trade) -> Party:
    party = trade.party()
    Address.objects.create(
        party=party, name="Anna Behrens", street="Am Deich 12", postal_code="28199", city="Bremen"
    )
    party.refresh_from_db()
    return party


@pytest.fixture
def bike(trade: Trade) -> Offering:
    names = {"name_de": "Rennrad Alpha", "name_en": "Road Bike Alpha"}
    offering = trade.offering(price="99.90", stock=5, name=names["name_de"])
    shelf = Category.objects.create(slug="rennraeder", name_de="Rennräder", name_en="Road Bikes", position=1)
    offering.group = OfferingGroup.objects.create(slug="rennrad-alpha", **names, category=shelf, position=1)
    offering.save()
    publish(by=the_house(), at=timezone.now())
    return offering


@pytest.fixture
def clerk(house: House, staff_client: Callable[..., Any]):
    return staff_client("desk", "sales")


def sheet(party: Party, *lines: tuple[Offering, str], **more: str) -> dict[str, object]:
    posted: dict[str, object] = {"key": str(uuid7()), "customer": party.number, "shipping": "parcel"}
    posted |= {"payment": "invoice", "number": [line[0].number for line in lines]}
    return posted | {"quantity": [line[1] for line in lines]} | more


def take(clerk, posted: dict[str, Any], total: str):
    return clerk.post("/sales/order/", {**posted, "total": total, "do": "take"})


def promised() -> Decimal:
    return sum(
        Promise.objects.filter(state__in=["hold", "firm"]).values_list("quantity", flat=True), Decimal(0)
    )


def test_an_order_by_phone_goes_the_way_of_every_order(clerk, anna: Party, bike: Offering) -> None:
    response = take(clerk, sheet(anna, (bike, "2")), "205.75")

    order = Order.objects.get()
    assert response.url == f"/orders/{order.number}/"
    assert (order.channel, order.state, order.gross_amount) == ("phone", "placed", Decimal("205.75"))
    assert (order.shipping_street, order.email) == ("Am Deich 12", anna.email)
    deliver_all()
    order.refresh_from_db()
    assert order.state == "confirmed" and order.promised_on is not None and promised() == 2


def test_a_double_click_is_one_order(clerk, anna: Party, bike: Offering) -> None:
    posted = sheet(anna, (bike, "2"))
    first, second = take(clerk, posted, "205.75"), take(clerk, posted, "205.75")

    assert first.url == second.url
    assert Order.objects.count() == 1 and promised() == 2


def test_the_same_sheet_with_another_quantity_finds_the_order_and_promises_nothing_more(
    clerk, anna: Party, bike: Offering
) -> None:
    posted = sheet(anna, (bike, "2"))
    take(clerk, posted, "205.75")
    take(clerk, {**posted, "quantity": ["4"]}, "405.55")

    assert Order.objects.count() == 1 and promised() == 2


def test_a_total_that_was_not_shown_is_not_charged(clerk, anna: Party, bike: Offering) -> None:
    posted = sheet(anna, (bike, "2"))
    Price.objects.filter(offering=bike).update(amount=Decimal("109.90"))

    response = take(clerk, posted, "205.75")

    assert response.status_code == 409 and "225,75" in response.content.decode()
    assert not Order.objects.exists() and promised() == 0


@pytest.mark.parametrize("total", ["", "x", "NaN", "Infinity", "1e999999", "-1", "0"])
def test_an_invented_total_is_refused(clerk, anna: Party, bike: Offering, total: str) -> None:
    assert take(clerk, sheet(anna, (bike, "2")), total).status_code == 409
    assert not Order.objects.exists()


def test_more_than_there_is_is_refused_with_what_is_left(clerk, anna: Party, bike: Offering) -> None:
    response = take(clerk, sheet(anna, (bike, "6")), "599.40")

    page = response.content.decode()
    assert response.status_code == 409 and "Rennrad Alpha (5)" in page
    assert not Order.objects.exists() and promised() == 0


@pytest.mark.parametrize("quantity", ["-1", "1.5", "1001", "x", "", "9" * 400, "٣"])
def test_a_quantity_that_is_none_is_refused(clerk, anna: Party, bike: Offering, quantity: str) -> None:
    assert take(clerk, sheet(anna, (bike, quantity)), "105.85").status_code == 422
    assert not Order.objects.exists()


def test_an_unknown_article_is_refused(clerk, anna: Party, bike: Offering) -> None:
    posted = sheet(anna, (bike, "1"))
    posted["number"], posted["quantity"] = [bike.number, "<b>NIX</b>"], ["1", "1"]

    page = take(clerk, posted, "105.85").content.decode()

    assert "&lt;b&gt;NIX&lt;/b&gt;" in page and not Order.objects.exists()


def test_what_is_no_longer_sold_is_refused(clerk, anna: Party, bike: Offering) -> None:
    Offering.objects.filter(pk=bike.pk).update(is_published=False)

    assert take(clerk, sheet(anna, (bike, "1")), "105.85").status_code == 409
    assert not Order.objects.exists()


def test_without_customer_address_or_articles_nothing_is_ordered(
    clerk, trade: Trade, anna: Party, bike: Offering
) -> None:
    homeless = trade.party(given_name="Bert")
    homeless.refresh_from_db()
    for posted in (
        sheet(anna, (bike, "1"), customer=""),
        sheet(anna, (bike, "1"), customer="K-0"),
        sheet(homeless, (bike, "1")),
        sheet(anna),
    ):
        assert take(clerk, posted, "105.85").status_code == 409
    assert not Order.objects.exists() and promised() == 0


def test_a_second_address_is_delivered_to_and_the_first_one_billed(
    clerk, anna: Party, bike: Offering
) -> None:
    other = Address.objects.create(
        party=anna, name="Werkstatt", street="Hof 3", postal_code="28195", city="Bremen", is_billing=False
    )
    take(clerk, sheet(anna, (bike, "1"), address=str(other.id)), "105.85")

    order = Order.objects.get()
    assert (order.shipping_street, order.billing_street) == ("Hof 3", "Am Deich 12")


def test_care_may_not_take_orders(staff_client: Callable[..., Any], anna: Party, bike: Offering) -> None:
    care = staff_client("desk", "care")

    assert care.get("/sales/order/").status_code == 403
    assert take(care, sheet(anna, (bike, "1")), "105.85").status_code == 403
    assert not Order.objects.exists()


def test_a_wrong_csrf_token_orders_nothing(clerk, anna: Party, bike: Offering) -> None:
    clerk.handler.enforce_csrf_checks = True

    assert take(clerk, sheet(anna, (bike, "1")), "105.85").status_code == 403
    assert not Order.objects.exists()


def test_the_sheet_lives_in_the_address(clerk, anna: Party, bike: Offering) -> None:
    begun = clerk.get(f"/sales/order/?customer={anna.number}")
    query = parse_qs(urlsplit(begun.url).query)
    assert query["customer"] == [anna.number] and query["key"]

    added = clerk.post("/sales/order/", {**sheet(anna), "article": bike.number.lower()})
    again = clerk.post("/sales/order/", {**sheet(anna, (bike, "1")), "add": bike.number})
    gone = clerk.post("/sales/order/", {**sheet(anna, (bike, "2")), "remove": bike.number})

    assert parse_qs(urlsplit(added.url).query)["quantity"] == ["1"]
    assert parse_qs(urlsplit(again.url).query)["quantity"] == ["2"]
    assert "number" not in parse_qs(urlsplit(gone.url).query)
    page = clerk.get(again.url).content.decode()
    assert "Rennrad Alpha" in page and "205,75" in page and "Auf Lager" in page


def test_the_page_finds_articles_and_people_in_few_statements(clerk, anna: Party, bike: Offering) -> None:
    address = clerk.get(f"/sales/order/?customer={anna.number}").url
    with CaptureQueriesContext(connection) as captured:
        page = clerk.get(f"{address}&article=alpha&number={bike.number}&quantity=1").content.decode()

    assert page.count("Rennrad Alpha") >= 2
    selects = [query for query in captured.captured_queries if "set_config" not in query["sql"]]
    assert len(selects) <= 13, [query["sql"][:80] for query in selects]


def test_strange_words_are_shown_as_text(clerk, house) -> None:
    address = clerk.get("/sales/order/").url
    for words in ("<script>alert(1)</script>", "%", "\0", "a" * 3000, "' OR 1=1"):
        page = clerk.get(f"{address}", {"article": words, "who": words}).content.decode()
        assert "<script>alert" not in page


def test_the_one_search_finds_articles_with_price_stock_and_next_day(
    clerk, trade: Trade, bike: Offering
) -> None:
    page = clerk.get("/search/?q=alpha").content.decode()
    assert "Rennrad Alpha" in page and bike.number in page and "99,90" in page and "Auf Lager" in page
    assert f"/sales/order/?number={bike.number}&amp;quantity=1" in page
    begun = clerk.get(f"/sales/order/?number={bike.number}&quantity=1")  # the sheet gets a key of its own
    assert "Rennrad Alpha" in clerk.get(begun.url).content.decode()
    with CaptureQueriesContext(connection) as captured:
        assert "Rennrad Alpha" in clerk.get(f"/palette/?q={bike.number}").content.decode()
    assert len(captured) <= 15  # savepoints of the test among them


def test_who_takes_no_orders_is_led_to_the_shop_and_who_knows_no_customers_finds_nothing(
    house: House, staff_client: Callable[..., Any], bike: Offering
) -> None:
    page = staff_client("desk", "care").get("/palette/?q=alpha").content.decode()
    assert "/product/" in page and "/sales/order/" not in page.split("Rennrad Alpha")[0].rsplit("<a", 1)[-1]
    assert "Rennrad Alpha" not in staff_client("desk", "press").get("/palette/?q=alpha").content.decode()
