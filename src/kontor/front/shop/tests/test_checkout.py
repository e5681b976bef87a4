"""From the basket to the order, as a guest goes the way; and what the house finds on its desk."""

import re
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from kontor.bridge.orders.models import Order, OrderLine
from kontor.bridge.parties.furnishing import switch_door
from kontor.bridge.parties.models import Address, Door, Party
from kontor.bridge.parties.queries import forget_house_terms
from kontor.bridge.payments.models import PaymentIntent
from kontor.bridge.promises.models import Promise
from kontor.front.shop.models import Basket
from kontor.front.shop.tests.shopping import ADDRESS
from kontor.kernel.actor.identity import the_house
from kontor.kernel.events.dispatching import deliver_all


def promises(state: str) -> Decimal:
    return sum(Promise.objects.filter(state=state).values_list("quantity", flat=True), Decimal(0))


def test_a_guest_buys_a_bicycle(shop, visitor):
    bike = shop.bike(price="1499.00")
    number = visitor.buy(bike)
    order = Order.objects.get(number=number)
    assert (
        order.state == "confirmed"
        and order.gross_amount == Decimal("1499.00")
        and order.tax_amount == Decimal("239.34")
    )
    assert (order.billing_name, order.shipping_city, order.email) == (
        "Kim Müller",
        "Bremen",
        "kim.mueller@example.org",
    )
    assert order.channel == "web" and order.language == "en" and order.promised_on is not None
    party = Party.objects.get(id=order.party_id)
    assert (party.given_name, party.family_name) == ("Kim", "Müller") and Address.objects.get(
        party=party
    ).street == "Am Deich 5"
    assert promises("firm") == 1 and Basket.objects.get().ordered_at is not None


def test_the_total_shown_is_the_total_ordered_with_shipping_once(shop, visitor):
    visitor.put(shop.bike(price="99.90"), 3)
    text = visitor.go_to_review()
    assert "€299.70" in text and "€5.95" in text and "€305.65" in text and "including 19% VAT: €48.80" in text
    visitor.press_order()
    assert Order.objects.get().gross_amount == Decimal("305.65")
    assert OrderLine.objects.get(kind="shipping").gross_amount == Decimal("5.95")


def test_the_button_says_what_the_law_demands(shop, visitor):
    visitor.language = "de"
    visitor.__post_init__()
    visitor.put(shop.bike())
    visitor.go_to_review()
    buttons = re.findall(r'<form class="order-now".*?</form>', visitor.html, re.DOTALL)
    assert len(buttons) == 1 and "<span>Zahlungspflichtig bestellen</span>" in buttons[0]


def test_the_way_has_three_pages_and_at_most_twelve_fields(shop, visitor):
    visitor.put(shop.bike())
    visitor.post("/checkout/begin/")
    fields = set(re.findall(r'<(?:input|select)[^>]*name="(\w+)"', visitor.html)) - {
        "csrfmiddlewaretoken",
        "q",
        "next",
    }
    visitor.post("/checkout/", **ADDRESS)
    fields |= {"shipping", "payment"}
    assert visitor.path == "/checkout/review/" and len(fields) <= 12, fields


def test_the_articles_are_held_from_the_checkout_on_with_the_time_on_the_page(shop, visitor, another_visitor):
    bike = shop.bike(stock=1)
    visitor.put(bike)
    assert promises("hold") == 0  # a basket holds nothing
    visitor.post("/checkout/begin/")
    assert promises("hold") == 1 and "data-countdown=" in visitor.html and "Held for you" in visitor.text
    other = another_visitor()
    assert "Sold out" in other.get("/product/rennrad-1/")
    text = other.put(bike)
    text = other.post("/checkout/begin/")
    assert "There is not enough left of: Road Bike 1" in text and other.path == "/basket/"


def test_an_address_that_lacks_something_says_what(shop, visitor):
    visitor.put(shop.bike())
    visitor.post("/checkout/begin/")
    text = visitor.post("/checkout/", **{**ADDRESS, "email": "kim", "postal_code": "123", "city": " "})
    assert visitor.status == 422 and "There are 3 problems" in text
    assert "Write a complete e-mail address" in text and "Write the postcode with 5 digits." in text
    assert 'value="Am Deich 5"' in visitor.html  # nothing typed is lost


def test_what_was_typed_stands_there_again_on_the_way_back(shop, visitor):
    visitor.put(shop.bike())
    visitor.go_to_review()
    visitor.get("/checkout/")
    assert 'value="Kim Müller"' in visitor.html and 'value="kim.mueller@example.org"' in visitor.html


def test_express_costs_more_and_arrives_no_later(shop, visitor):
    visitor.put(shop.bike(price="600.00"))
    visitor.go_to_review()
    assert "€600.00" in visitor.text and visitor.what_is_shown()["total"] == "600.00"  # free from 500


@pytest.mark.parametrize("payment", ["invoice", "prepayment"])
def test_the_order_page_says_how_to_pay(shop, visitor, payment):
    visitor.buy(shop.bike(), payment=payment)
    text = visitor.get(visitor.path)
    assert "Confirmed" in text and "Please pay" in text and "DE02 1203 0000 0000 2020 51" in text
    assert "<svg" in visitor.html.split("girocode")[1]


def test_a_provider_payment_waits_for_the_address_and_goes_there(shop, visitor, monkeypatch):
    monkeypatch.setattr("kontor.front.account.views.orders._PATIENCE_SECONDS", 0.0)
    monkeypatch.setattr("kontor.back.banking.online.open_intents", lambda ids: None)
    visitor.put(shop.bike())
    visitor.go_to_review()
    visitor.post("/checkout/methods/", shipping="parcel", payment="provider")
    text = visitor.press_order()
    assert "The payment page takes a moment longer." in text
    intent = PaymentIntent.objects.get()
    assert intent.order.state == "placed" and intent.state == "asked"
    PaymentIntent.objects.update(redirect_url="http://127.0.0.1:8404/pay/1", state="open")
    response = visitor.client.get(f"/orders/{intent.order.number}/pay/")
    assert response.status_code == 302 and response.headers["Location"] == "http://127.0.0.1:8404/pay/1"


def test_a_house_without_a_provider_offers_no_online_payment(shop, visitor):
    Door.objects.get_or_create(code="online-payment")
    visitor.put(shop.bike(price="600.00"))
    assert "Online payment" in visitor.go_to_review()
    visitor.post("/checkout/methods/", shipping="parcel", payment="provider")
    shown = visitor.what_is_shown()
    switch_door(code="online-payment", is_open=False, by=the_house(), at=datetime.now(UTC))
    forget_house_terms()
    text = visitor.post("/checkout/order/", **shown)
    assert "We no longer offer this way to pay." in text and visitor.path == "/checkout/review/"
    assert Order.objects.count() == 0 and "Pay right away" not in text
    visitor.post("/checkout/methods/", shipping="parcel", payment="provider")
    visitor.press_order()
    assert Order.objects.get().payment_method == "invoice" and not PaymentIntent.objects.exists()


def test_a_price_that_changed_meanwhile_is_shown_before_it_is_charged(shop, visitor):
    bike = shop.bike(price="600.00")
    visitor.put(bike)
    visitor.go_to_review()
    shown = visitor.what_is_shown()
    shop.change_price(bike, "650.00")
    text = visitor.post("/checkout/order/", **shown)
    assert Order.objects.count() == 0 and visitor.path == "/checkout/review/"
    assert "Prices have changed since this page was shown." in text and "€650.00" in text
    visitor.press_order()
    assert Order.objects.get().gross_amount == Decimal("650.00")


@pytest.mark.parametrize("total", ["0.01", "-600.00", "NaN", "1e9", "", "600,00", "x" * 1000])
def test_a_total_somebody_made_up_orders_nothing(shop, visitor, total):
    visitor.put(shop.bike(price="600.00"))
    visitor.go_to_review()
    visitor.press_order(total=total)
    assert visitor.status == 200 and visitor.path == "/checkout/review/" and Order.objects.count() == 0


@pytest.mark.parametrize(
    "changes",
    [{"shipping": "nowhere"}, {"shipping": ""}, {"payment": "gold"}, {"key": "x"}, {"key": ""},
     {"key": "00000000-0000-7000-8000-000000000000"}, {"shipping": "' --"}, {"payment": "\0"}],
)  # fmt: skip
def test_made_up_hidden_fields_order_nothing_or_the_same(shop, visitor, changes):
    visitor.put(shop.bike(price="600.00"))
    visitor.go_to_review()
    visitor.press_order(**changes)
    assert visitor.status == 200
    assert all(order.gross_amount == Decimal("600.00") for order in Order.objects.all())


def test_the_button_pressed_twice_is_one_order(shop, visitor):
    visitor.put(shop.bike())
    visitor.go_to_review()
    shown = visitor.what_is_shown()
    visitor.post("/checkout/order/", **shown)
    first = visitor.path
    visitor.post("/checkout/order/", **shown)  # the back button, and pressed again
    assert visitor.path == first and Order.objects.count() == 1 and promises("hold") == 1


def test_two_tabs_with_one_basket_are_one_order(shop, visitor):
    bike = shop.bike()
    visitor.put(bike)
    visitor.go_to_review()
    first_tab = visitor.what_is_shown()
    visitor.get("/checkout/review/")
    second_tab = visitor.what_is_shown()
    assert first_tab == second_tab
    visitor.post("/checkout/order/", **first_tab)
    visitor.put(bike)  # goes on shopping in a new basket
    visitor.post("/checkout/order/", **second_tab)
    assert Order.objects.count() == 1 and Basket.objects.filter(ordered_at=None).count() == 1


def test_a_reservation_that_ended_is_taken_again_when_there_is_enough(shop, visitor):
    visitor.put(shop.bike(stock=1))
    visitor.go_to_review()
    Promise.objects.update(expires_at=datetime.now(UTC) - timedelta(seconds=1))
    Basket.objects.update(held_until=datetime.now(UTC) - timedelta(seconds=1))
    text = visitor.get("/checkout/review/")
    assert "Your reservation has ended." in text
    visitor.press_order()
    assert Order.objects.count() == 1


def test_a_reservation_that_ended_loses_to_who_was_faster(shop, visitor):
    bike = shop.bike(stock=1)
    visitor.put(bike)
    visitor.go_to_review()
    Promise.objects.update(expires_at=datetime.now(UTC) - timedelta(seconds=1))
    shop.trade.order((bike, 1))
    text = visitor.press_order()
    assert Order.objects.filter(channel="web").count() == 0 and visitor.path == "/basket/"
    assert "There is not enough left of: Road Bike 1" in text
    assert Party.objects.filter(email="kim.mueller@example.org").count() == 0  # nothing half done


def test_without_an_address_nothing_is_ordered(shop, visitor):
    visitor.put(shop.bike(price="600.00"))
    visitor.post("/checkout/begin/")
    basket = Basket.objects.get()
    text = visitor.post(
        "/checkout/order/", key=basket.id, total="600.00", shipping="parcel", payment="invoice"
    )
    assert "We do not know yet where to send your order." in text and visitor.path == "/checkout/"
    assert Order.objects.count() == 0


def test_a_foreign_basket_cannot_be_ordered(shop, visitor, another_visitor):
    visitor.put(shop.bike(price="600.00"))
    visitor.go_to_review()
    shown = visitor.what_is_shown()
    thief = another_visitor()
    thief.put(shop.bike())
    text = thief.post("/checkout/order/", **shown)
    assert "This basket no longer exists." in text and Order.objects.count() == 0


def test_a_form_from_elsewhere_is_refused(shop, visitor):
    bike = shop.bike()
    visitor.client.handler.enforce_csrf_checks = True
    text = visitor.put(bike)
    assert visitor.status == 403 and "This form has expired or came from another site." in text
    assert Basket.objects.count() == 0


NAUGHTY = [
    "Robert'); DROP TABLE orders_order;--", "<script>alert(1)</script>", "{{ 7*7 }}", "%s%n%(x)s",
    "\u202etest\u202c", "田中さん", "\N{PILE OF POO}", "Ω≈ç√∫˜µ≤≥÷", "../../etc/passwd",
    "=cmd|' /C calc'!A0", "\\\\", "null", "undefined", "TRUE", "1/0", "ﷺ", "\ufeff", "Ｔｈｅ",
    "\"><img src=x onerror=alert(1)>", "${jndi:ldap://x}", "\u0001", "a\u0300", "'\"`", "&lt;b&gt;",
    "\r\nBcc: x@y",
]  # fmt: skip


@pytest.mark.parametrize("words", NAUGHTY)
def test_naughty_words_are_kept_as_they_are_and_shown_as_text(shop, visitor, words):
    visitor.put(shop.bike())
    visitor.go_to_review(name=words, street=words)
    if visitor.status == 422:  # nothing but signs that cannot be seen
        assert not words.strip() or words in ("\u0001", "\ufeff", "\r\nBcc: x@y")
        return
    visitor.press_order()
    order = Order.objects.get()
    assert order.billing_name == words.strip() and order.billing_street == words.strip()
    visitor.get(visitor.path)
    assert visitor.status == 200 and "<script>alert" not in visitor.html and "<img src=x" not in visitor.html
    deliver_all()


@pytest.mark.parametrize(
    "field", ["name", "extra", "street", "postal_code", "city", "phone", "email", "country"]
)
@pytest.mark.parametrize("words", ["a\0b", "x" * 1_000_000])
def test_nul_and_a_megabyte_are_refused_with_words(shop, visitor, field, words):
    visitor.put(shop.bike())
    visitor.post("/checkout/begin/")
    visitor.post("/checkout/", **{**ADDRESS, field: words})
    assert visitor.status == 422 and Basket.objects.get().billing_name == ""
