"""The basket, as a visitor uses it."""

import pytest

from kontor.bridge.parties.models import Token
from kontor.front.shop.models import Basket, BasketLine


def test_looking_around_leaves_no_row(shop, visitor):
    shop.bike()
    for path in ("/", "/shop/", "/product/rennrad-1/", "/basket/", "/checkout/"):
        visitor.get(path)
    assert Token.objects.count() == 0 and "kontor_visit" not in visitor.client.cookies


def test_the_first_article_opens_a_visit_whose_cookie_no_script_reads(shop, visitor):
    visitor.put(shop.bike(), 2)
    cookie = visitor.client.cookies["kontor_visit"]
    assert cookie["httponly"] and cookie["samesite"] == "Lax" and len(cookie.value) == 43
    assert Token.objects.count() == 1
    assert (
        visitor.path == "/basket/" and "It is in your basket." in visitor.text and "€2,998.00" in visitor.text
    )


def test_the_same_article_again_adds_up(shop, visitor):
    bike = shop.bike()
    visitor.put(bike, 1)
    visitor.put(bike, 2)
    assert [line.quantity for line in BasketLine.objects.all()] == [3]


def test_a_quantity_is_changed_and_nought_removes(shop, visitor):
    bike, other = shop.bike(price="100.00"), shop.bike(price="10.00")
    visitor.put(bike)
    visitor.put(other)
    first, second = visitor.lines()
    visitor.post("/basket/change/", **{f"quantity-{first}": "3", f"quantity-{second}": "0"})
    assert [(line.offering_id, line.quantity) for line in BasketLine.objects.all()] == [(bike.id, 3)]
    assert "€300.00" in visitor.text and "€305.95" in visitor.text  # with shipping


def test_a_line_is_removed(shop, visitor):
    visitor.put(shop.bike())
    [line] = visitor.lines()
    visitor.post("/basket/change/", remove=line)
    assert "Your basket is empty" in visitor.text and BasketLine.objects.count() == 0


def test_a_new_price_is_flagged_until_it_was_seen(shop, visitor):
    bike = shop.bike(price="100.00")
    visitor.put(bike)
    shop.change_price(bike, "120.00")
    text = visitor.get("/basket/")
    assert "New price, was €100.00" in text and "€120.00" in text
    [line] = visitor.lines()
    visitor.post("/basket/change/", **{f"quantity-{line}": "1"})
    assert "New price" not in visitor.text


def test_what_sold_out_meanwhile_is_flagged_and_stops_at_the_basket(shop, visitor):
    bike = shop.bike(stock=2)
    visitor.put(bike, 2)
    shop.trade.order((bike, 1))
    text = visitor.get("/basket/")
    assert "Only 1 left: please order fewer" in text and "To the checkout" not in text
    shop.trade.order((bike, 1))
    assert "Sold out" in visitor.get("/basket/")


def test_what_is_no_longer_sold_is_flagged_and_can_be_removed(shop, visitor):
    bike = shop.bike()
    visitor.put(bike)
    shop.take_off(bike)
    text = visitor.get("/basket/")
    assert "An article that is no longer for sale" in text and "To the checkout" not in text
    text = visitor.post("/checkout/begin/")
    assert "Something in your basket is no longer for sale" in text
    visitor.post("/basket/change/", remove=str(BasketLine.objects.get().id))
    assert "Your basket is empty" in visitor.text


def test_nobody_sees_or_changes_the_basket_of_another(shop, visitor, another_visitor):
    visitor.put(shop.bike())
    [line] = visitor.lines()
    stranger = another_visitor()
    stranger.put(shop.bike())
    stranger.post("/basket/change/", **{f"quantity-{line}": "9"}, remove=line)
    assert BasketLine.objects.get(id=line).quantity == 1
    assert line not in stranger.lines()


@pytest.mark.parametrize(
    ("quantity", "words"),
    [
        ("-1", "Order at least one piece."),
        ("0", "Order at least one piece."),
        ("1001", "Order up to 1,000 pieces at once."),
        ("99999999999999999999", "Order up to 1,000 pieces at once."),
        ("NaN", "Write the quantity as a whole number."),
        ("1.5", "Write the quantity as a whole number."),
        ("1e3", "Write the quantity as a whole number."),
        ("", "This field is required."),
        ("٣", None),
        ("x" * 1_000_000, "Write the quantity as a whole number."),
        ("1\0", "Write the quantity as a whole number."),
    ],
)
def test_an_absurd_quantity_is_refused_on_the_article_page(shop, visitor, quantity, words):
    text = visitor.put(shop.bike(), quantity)
    if words is None:  # an Arabic three is a three
        assert visitor.path == "/basket/"
    else:
        assert words in text and visitor.status == 422 and "Road Bike 1" in text
        assert Basket.objects.count() == 0


@pytest.mark.parametrize("quantity", ["-1", "1001", "NaN", "1.5", "9" * 400, "x\0y", "𝟛"])
def test_an_absurd_quantity_is_refused_in_the_basket_and_changes_nothing(shop, visitor, quantity):
    visitor.put(shop.bike(), 2)
    [line] = visitor.lines()
    text = visitor.post("/basket/change/", **{f"quantity-{line}": quantity})
    assert visitor.status == 422 and ("whole number" in text or "1,000 pieces" in text)
    assert BasketLine.objects.get().quantity == 2


@pytest.mark.parametrize("number", ["NONE-1", "' OR 1=1 --", "x" * 41, "a\0b", "", "\N{PILE OF POO}"])
def test_an_unknown_article_is_refused_and_leaves_no_basket(shop, visitor, number):
    for form in ({"slug": shop.bike().group.slug}, {"slug": "rennrad-1"}, {}):
        text = visitor.post("/basket/put/", number=number, quantity="1", **form)
        assert visitor.status == 404 and "This article is not for sale." in text
    assert Basket.objects.count() == 0


def test_more_than_a_thousand_in_all_is_said_and_not_cut(shop, visitor):
    bike = shop.bike()
    visitor.put(bike, 600)
    for _ in range(2):
        text = visitor.put(bike, 401)
        assert visitor.status == 422 and "600 of it are in your basket already" in text
        assert BasketLine.objects.get().quantity == 600
    visitor.put(bike, 400)
    assert (visitor.path, BasketLine.objects.get().quantity) == ("/basket/", 1000)
    assert "1000 of it are in your basket already" in visitor.put(bike, 1)


def test_what_is_wrong_with_a_quantity_is_said_also_where_the_article_page_is_not_known(shop, visitor):
    text = visitor.post("/basket/put/", number=shop.bike().number, quantity="-1", slug="nowhere")
    assert visitor.path == "/basket/" and "Order at least one piece." in text
    assert BasketLine.objects.count() == 0


@pytest.mark.parametrize("number", ["", "x" * 41, "a\0b"])
def test_a_number_that_no_page_sends_is_refused_in_words(shop, visitor, number):
    shop.bike()
    text = visitor.post("/basket/put/", number=number, quantity="1", slug="rennrad-1")
    assert visitor.status == 404 and "This article is not for sale." in text


def test_a_service_such_as_shipping_cannot_be_put_into_the_basket(shop, visitor):
    text = visitor.post("/basket/put/", number="VERSAND", quantity="1")
    assert visitor.status == 404 and "This article is not for sale." in text


def test_garbage_among_the_quantities_is_ignored(shop, visitor):
    visitor.put(shop.bike())
    visitor.post(
        "/basket/change/", **{"quantity-not-a-uuid": "3", "quantity-": "1", "remove": "\0", "foo": "bar"}
    )
    assert visitor.status == 200 and BasketLine.objects.get().quantity == 1


def test_a_basket_has_an_end(shop, visitor):
    group = shop.group("viele", "Viele", "Many")
    offerings = [shop.trade.offering(price="1.00", stock=0) for _ in range(101)]
    for offering in offerings:
        offering.group = group
        offering.save()
    shop.publish()
    for offering in offerings[:100]:
        visitor.client.post("/basket/put/", {"number": offering.number, "quantity": "1"})
    text = visitor.put(offerings[100])
    assert "A basket holds up to 100 different articles." in text and visitor.status == 409
    assert BasketLine.objects.count() == 100
