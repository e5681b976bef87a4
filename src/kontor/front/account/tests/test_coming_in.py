"""Logging in, signing up and choosing a new password with a basket in hand: nothing that was held gets lost."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from kontor.bridge.parties.models import Login, Token
from kontor.bridge.promises.models import Promise
from kontor.front.account.tests.test_login import PASSWORD, log_in, mailed_link, sign_up
from kontor.front.shop.models import Basket, BasketLine
from kontor.front.shop.tests.shopping import ADDRESS
from kontor.kernel.membrane.session import token_hash

EXPIRED, HELD = "Your reservation has ended.", "Held for you for"


@pytest.fixture
def customer(shop, visitor):
    """Kim has an account and is logged out."""
    sign_up(visitor)
    visitor.post("/account/logout/")
    return visitor


@pytest.fixture
def last_one(shop):
    return shop.bike(stock=1)


def begin(visitor, *offerings) -> None:
    for offering in offerings:
        visitor.put(offering)
    visitor.post("/checkout/begin/")
    assert visitor.path == "/checkout/" and HELD in visitor.text


def held() -> dict[str, Decimal]:
    """What is held now, by the party that holds it."""
    rows = Promise.objects.filter(state="hold", expires_at__gt=datetime.now(UTC)).select_related("demand")
    found: dict[str, Decimal] = {}
    for row in rows:
        party = str(row.demand.party_id)
        found[party] = found.get(party, Decimal(0)) + row.quantity
    return found


def own_lines() -> dict[object, object]:
    lines = BasketLine.objects.filter(party_id=Login.objects.get().party_id, basket__ordered_at=None)
    return {line.offering_id: line.quantity for line in lines}


def test_logging_in_during_the_checkout_keeps_the_last_piece(customer, last_one):
    begin(customer, last_one)
    text = log_in(customer, next="/checkout/")
    assert customer.path == "/checkout/" and HELD in text and EXPIRED not in text
    assert held() == {str(Login.objects.get().party_id): 1}
    customer.go_to_review()
    customer.post("/checkout/methods/", shipping="parcel", payment="invoice")
    customer.press_order()
    assert "A-" in customer.path, customer.text


def test_what_lay_in_the_accounts_basket_comes_into_the_checkout(shop, customer, another_visitor, last_one):
    own = shop.bike()
    log_in(customer)
    customer.put(own)
    guest = another_visitor()
    begin(guest, last_one)
    log_in(guest, next="/checkout/")
    assert HELD in guest.text and own_lines() == {own.id: 1, last_one.id: 1}
    assert held() == {str(Login.objects.get().party_id): 2}


def test_the_same_last_piece_in_both_baskets_is_wanted_once(customer, another_visitor, last_one):
    log_in(customer)
    customer.put(last_one)
    guest = another_visitor()
    begin(guest, last_one)
    log_in(guest, next="/checkout/")
    assert HELD in guest.text and own_lines() == {last_one.id: 1}


def test_where_the_accounts_own_things_are_sold_out_the_reason_is_said(
    shop, customer, another_visitor, last_one
):
    gone = shop.bike(stock=1)
    log_in(customer)
    customer.put(gone)
    another_visitor().buy(gone)
    guest = another_visitor()
    begin(guest, last_one)
    text = log_in(guest, next="/checkout/")
    assert guest.path == "/basket/" and gone.name_en in text
    assert own_lines() == {gone.id: 1, last_one.id: 1} and held() == {}


def test_a_wrong_password_keeps_the_hold(customer, last_one):
    begin(customer, last_one)
    before = held()
    assert "do not fit together" in log_in(customer, password="wrong password", next="/checkout/")
    assert before == held() != {}
    assert HELD in customer.get("/checkout/")


def test_a_second_tab_that_logs_in_again_doubles_nothing(customer, last_one):
    begin(customer, last_one)
    log_in(customer, next="/checkout/")
    text = log_in(customer, next="/checkout/")  # the login page was open there, too
    assert HELD in text and own_lines() == {last_one.id: 1}
    assert held() == {str(Login.objects.get().party_id): 1}


def test_a_login_with_the_visit_that_has_ended_brings_nothing_twice(customer, another_visitor, last_one):
    begin(customer, last_one)
    late = another_visitor()
    late.client.cookies["kontor_visit"] = customer.client.cookies["kontor_visit"].value
    log_in(customer, next="/checkout/")
    log_in(late, next="/checkout/")
    assert own_lines() == {last_one.id: 1} and HELD in late.text


def test_a_basket_that_was_not_held_is_not_held_afterwards(shop, customer):
    customer.put(shop.bike())
    log_in(customer, next="/basket/")
    assert held() == {} and "Your basket is empty" not in customer.text


def test_a_reservation_that_had_expired_is_not_renewed_by_logging_in(shop, customer, last_one):
    begin(customer, last_one)
    Basket.objects.update(held_until=datetime.now(UTC) - timedelta(minutes=1))
    assert EXPIRED in log_in(customer, next="/checkout/")


def test_another_accounts_basket_stays_with_that_account(shop, visitor, another_visitor, last_one):
    sign_up(visitor)
    other = another_visitor()
    sign_up(other, "robin@example.org")
    other.put(last_one)
    robins = Login.objects.get(email="robin@example.org").party_id
    log_in(other)  # Kim, on Robin's device
    assert "Your basket is empty" in other.get("/basket/")
    assert BasketLine.objects.get().party_id == robins


def test_the_basket_left_behind_is_empty(customer, last_one):
    """Nobody is reminded of a checkout that went on under another name."""
    begin(customer, last_one)
    log_in(customer, next="/checkout/")
    left = Basket.objects.exclude(party_id=Login.objects.get().party_id)
    assert [(basket.held_until, basket.lines.count()) for basket in left] == [(None, 0)]


def test_signing_up_in_the_checkout_goes_on_there(visitor, last_one):
    begin(visitor, last_one)
    before = visitor.client.cookies["kontor_visit"].value
    visitor.post("/account/sign-up/", name="Kim Müller", email="kim@example.org", password=PASSWORD)
    text = visitor.post(f"/account/confirm/{mailed_link('sign_up')}/")
    assert visitor.path == "/checkout/" and "Your account is open." in text and HELD in text
    assert own_lines() == {last_one.id: 1} and held() == {str(Login.objects.get().party_id): 1}
    assert not Token.objects.filter(hash=token_hash(before)).exists()


def test_signing_up_after_the_address_was_given_keeps_it(visitor, last_one):
    begin(visitor, last_one)
    visitor.post("/checkout/", **ADDRESS)
    visitor.post("/account/sign-up/", name="Kim Müller", email="kim@example.org", password=PASSWORD)
    visitor.post(f"/account/confirm/{mailed_link('sign_up')}/")
    assert 'value="Am Deich 5"' in visitor.html and "kim@example.org" in visitor.html
    assert HELD in visitor.get("/checkout/review/")


def test_signing_up_where_the_visit_becomes_the_account_keeps_basket_and_hold(shop, visitor, last_one):
    """Who ordered as a guest and signs up with the same e-mail keeps the party, and with it the basket."""
    visitor.buy(shop.bike())
    begin(visitor, last_one)
    email = ADDRESS["email"]
    visitor.post("/account/sign-up/", name="Kim Müller", email=email, password=PASSWORD)
    visitor.post(f"/account/confirm/{mailed_link('sign_up')}/")
    assert visitor.path == "/checkout/" and HELD in visitor.text and own_lines() == {last_one.id: 1}


def test_confirming_elsewhere_brings_that_browsers_basket_only(shop, visitor, another_visitor, last_one):
    begin(visitor, last_one)
    visitor.post("/account/sign-up/", name="Kim Müller", email="kim@example.org", password=PASSWORD)
    phone = another_visitor()
    phone.post(f"/account/confirm/{mailed_link('sign_up')}/", password=PASSWORD)
    assert phone.path == "/account/" and own_lines() == {}
    assert HELD in visitor.get("/checkout/"), "the guest's own basket is still held"
    log_in(visitor, next="/checkout/")
    assert HELD in visitor.text and own_lines() == {last_one.id: 1}


def test_a_new_password_during_the_checkout_keeps_basket_and_hold(customer, last_one):
    begin(customer, last_one)
    customer.post("/account/forgotten/", email="kim@example.org")
    text = customer.post(f"/account/reset/{mailed_link('reset')}/", password="ganz neu und lang")
    assert customer.path == "/checkout/" and "Your new password holds from now on." in text
    assert HELD in text and own_lines() == {last_one.id: 1}


def test_a_used_up_link_keeps_the_hold(customer, last_one):
    customer.post("/account/forgotten/", email="kim@example.org")
    link = mailed_link("reset")
    customer.post(f"/account/reset/{link}/", password="ganz neu und lang")
    customer.post("/account/logout/")
    begin(customer, last_one)
    before = held()
    assert "This link has been used" in customer.post(f"/account/reset/{link}/", password="noch ein neues")
    assert before == held() != {} and HELD in customer.get("/checkout/")


def test_a_full_basket_takes_along_what_fits(shop, customer, another_visitor, last_one, monkeypatch):
    monkeypatch.setattr("kontor.front.shop.actions.MOST_LINES", 2)
    one, two = shop.bike(), shop.bike()
    log_in(customer)
    customer.put(one)
    guest = another_visitor()
    begin(guest, last_one, two)
    log_in(guest, next="/checkout/")
    assert set(own_lines()) == {one.id, last_one.id} and HELD in guest.text
