"""Logins, as customers and as people who guess see them."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kontor.bridge.parties.models import Login, LoginFailure, LoginRequest, Party, Token
from kontor.front.shop.models import BasketLine
from kontor.front.shop.tests.shopping import Shopper
from kontor.kernel.events.models import Event
from kontor.kernel.membrane.session import new_token, token_hash

PASSWORD = "moin moin weser"


def mailed_link(kind: str) -> str:
    """What the worker does with the newest request: a token, and its hash beside the request."""
    token = new_token()
    request = LoginRequest.objects.filter(kind=kind).latest("id")
    request.token_hash, request.expires_at = token_hash(token), datetime.now(UTC) + timedelta(days=1)
    request.save()
    return token


def sign_up(visitor: Shopper, email: str = "kim@example.org") -> None:
    visitor.post("/account/sign-up/", name="Kim Müller", email=email, password=PASSWORD)
    visitor.post(f"/account/confirm/{mailed_link('sign_up')}/")


def log_in(visitor: Shopper, email: str = "kim@example.org", password: str = PASSWORD, **more: str) -> str:
    return visitor.post("/account/login/", email=email, password=password, **more)


def test_an_account_opens_with_the_mailed_link_and_only_then(shop, visitor):
    text = visitor.post("/account/sign-up/", name="Kim Müller", email="kim@example.org", password=PASSWORD)
    assert "Check your e-mail" in text and Login.objects.count() == 0
    assert Event.objects.filter(type="parties.LoginRequested", subject="sign_up").count() == 1
    token = mailed_link("sign_up")
    visitor.get(f"/account/confirm/{token}/")
    assert Login.objects.count() == 0  # a mail scanner that follows links confirms nothing
    text = visitor.post(f"/account/confirm/{token}/")
    assert "Your account is open." in text and "Kim Müller" in text and Login.objects.count() == 1


def test_a_mailed_link_works_once(shop, visitor, another_visitor):
    visitor.post("/account/sign-up/", name="Kim", email="kim@example.org", password=PASSWORD)
    token = mailed_link("sign_up")
    visitor.post(f"/account/confirm/{token}/")
    text = another_visitor().post(f"/account/confirm/{token}/")
    assert "This link has been used or has expired." in text


def test_in_another_browser_the_password_is_asked_for(shop, visitor, another_visitor):
    visitor.post("/account/sign-up/", name="Kim Müller", email="kim@example.org", password=PASSWORD)
    address = f"/account/confirm/{mailed_link('sign_up')}/"
    assert "One press" in visitor.get(address) and 'type="password"' not in visitor.html
    phone = another_visitor()
    assert "You asked for this account in another browser." in phone.get(address)
    for wrong in ({}, {"password": ""}, {"password": "not this one"}, {"password": "x" * 201}):
        phone.post(address, **wrong)
        assert phone.status == 422 and Login.objects.count() == 0 and Token.objects.count() == 1
    assert "Your account is open." in phone.post(address, password=PASSWORD)


def test_nobody_opens_an_account_for_somebody_else_with_a_password_of_their_own(
    shop, visitor, another_visitor
):
    """The one who is written to presses the button, and still the stranger's password opens nothing."""
    stranger, victim = visitor, another_visitor()
    stranger.post("/account/sign-up/", name="Vera", email="vera@example.org", password=PASSWORD)
    victim.post(f"/account/confirm/{mailed_link('sign_up')}/")
    assert victim.status == 422 and Login.objects.count() == 0
    log_in(stranger, "vera@example.org")
    assert stranger.status == 422 and Login.objects.count() == 0


def test_no_password_is_ever_stored_or_sent_to_the_database(shop, visitor):
    with CaptureQueriesContext(connection) as log:
        sign_up(visitor)
    assert all(PASSWORD not in entry["sql"] for entry in log.captured_queries)
    login = Login.objects.get()
    assert PASSWORD.encode() not in bytes(login.verifier) and len(bytes(login.verifier)) == 32


def test_logging_in_and_out(shop, visitor):
    sign_up(visitor)
    text = visitor.post("/account/logout/")
    assert "You are logged out." in text
    assert visitor.get("/account/").startswith("Log in")
    text = log_in(visitor)
    assert visitor.path == "/account/" and "My orders" in text
    visitor.get("/account/login/")
    assert visitor.path == "/account/"


def test_logging_in_takes_the_basket_along_and_leaves_no_visit_behind(shop, visitor, another_visitor):
    sign_up(visitor)
    bike, other = shop.bike(), shop.bike()
    visitor.put(bike, 1)
    elsewhere = another_visitor()
    elsewhere.put(bike, 2)
    elsewhere.put(other, 1)
    before = elsewhere.client.cookies["kontor_visit"].value
    log_in(elsewhere)
    party = Login.objects.get().party_id
    lines = BasketLine.objects.filter(party_id=party, basket__ordered_at=None)
    assert {(line.offering_id, line.quantity) for line in lines} == {(bike.id, 3), (other.id, 1)}
    assert elsewhere.client.cookies["kontor_visit"].value != before
    assert not Token.objects.filter(hash=token_hash(before)).exists()


def test_logging_in_goes_back_to_where_it_began_but_never_to_a_foreign_site(shop, visitor):
    sign_up(visitor)
    visitor.put(shop.bike())
    for target, path in (
        ("/basket/", "/basket/"),
        ("https://evil.example/", "/account/"),
        ("//evil.example", "/account/"),
    ):
        visitor.post("/account/logout/")
        log_in(visitor, next=target)
        assert visitor.path == path


@pytest.mark.parametrize(
    ("email", "password"),
    [("kim@example.org", "wrong password"), ("nobody@example.org", PASSWORD), ("kim@example.org", "x" * 200),
     ("kim@example.org", " " + PASSWORD), ("KIM@example.org ", "ﷺ" * 50)],
)  # fmt: skip
def test_a_wrong_login_says_the_same_whether_the_e_mail_is_known_or_not(shop, visitor, email, password):
    sign_up(visitor)
    visitor.post("/account/logout/")
    text = log_in(visitor, email, password)
    assert visitor.status == 422 and "E-mail and password do not fit together." in text


def test_known_and_unknown_e_mails_take_the_same_statements(shop, visitor):
    sign_up(visitor)
    visitor.post("/account/logout/")
    counts = []
    for email in ("kim@example.org", "nobody@example.org"):
        with CaptureQueriesContext(connection) as log:
            log_in(visitor, email, "wrong password")
        counts.append(len(log))
    assert counts[0] == counts[1]


def test_guessing_is_slowed_down_for_this_e_mail_only(shop, visitor):
    sign_up(visitor)
    visitor.post("/account/logout/")
    for _ in range(10):
        log_in(visitor, password="wrong password")
    text = log_in(visitor)
    assert "Too many failed logins." in text and LoginFailure.objects.count() == 10
    assert "do not fit together" in log_in(visitor, "other@example.org")


def test_a_new_password_ends_all_other_sessions(shop, visitor, another_visitor):
    sign_up(visitor)
    forgetful = another_visitor()
    text = forgetful.post("/account/forgotten/", email="kim@example.org")
    assert "Check your e-mail" in text
    text = forgetful.post(f"/account/reset/{mailed_link('reset')}/", password="ganz neu und lang")
    assert "Your new password holds from now on." in text and forgetful.path == "/account/"
    assert visitor.get("/account/").startswith("Log in")
    assert "do not fit together" in log_in(visitor)
    assert log_in(visitor, password="ganz neu und lang").startswith("My orders")


def test_a_new_password_ends_the_mailed_links_to_orders_too(shop, visitor):
    """Whoever could read the mails before can read the orders behind their links no longer."""
    sign_up(visitor)
    party = Party.objects.get(email="kim@example.org")
    token = new_token()
    Token.objects.create(
        hash=token_hash(token),
        party_id=party.id,
        kind="link",
        expires_at=datetime.now(UTC) + timedelta(days=1),
    )
    visitor.post("/account/forgotten/", email="kim@example.org")
    visitor.post(f"/account/reset/{mailed_link('reset')}/", password="ganz neu und lang")
    assert list(Token.objects.filter(party_id=party.id).values_list("kind", flat=True)) == ["session"]


def test_asking_for_a_password_tells_nothing_about_who_is_known(shop, visitor):
    sign_up(visitor)
    known = visitor.post("/account/forgotten/", email="kim@example.org")
    unknown = visitor.post("/account/forgotten/", email="nobody@example.org")
    assert known.replace("kim@", "") == unknown.replace("nobody@", "")


def test_a_short_password_is_refused(shop, visitor):
    text = visitor.post("/account/sign-up/", name="Kim", email="kim@example.org", password="kurz")
    assert "Choose a password of at least ten characters." in text and LoginRequest.objects.count() == 0


@pytest.mark.parametrize("field", ["name", "email", "password"])
@pytest.mark.parametrize("words", ["a\0bcdefghijkl@example.org", "x" * 1_000_000, ""])
def test_nul_a_megabyte_and_nothing_are_refused(shop, visitor, field, words):
    values = {"name": "Kim", "email": "kim@example.org", "password": PASSWORD, field: words}
    visitor.post("/account/sign-up/", **values)
    assert visitor.status == 422 and LoginRequest.objects.count() == 0


@pytest.mark.parametrize("cookie", ["", "x", "a" * 43, "'; DROP TABLE--", "ä", "a" * 5000])
def test_a_guessed_cookie_is_a_stranger(shop, visitor, cookie):
    visitor.client.cookies["kontor_visit"] = cookie
    visitor.get("/account/")
    assert visitor.text.startswith("Log in")
    visitor.get("/basket/")
    assert "Your basket is empty" in visitor.text


def test_an_expired_session_is_a_stranger(shop, visitor):
    sign_up(visitor)
    Token.objects.update(expires_at=datetime.now(UTC) - timedelta(hours=1))
    assert visitor.get("/account/").startswith("Log in")


def test_my_details_are_kept_and_prefill_the_checkout(shop, visitor):
    sign_up(visitor)
    values = {
        "name": "Kim A. Müller",
        "street": "Osterdeich 1",
        "postal_code": "28203",
        "city": "Bremen",
        "country": "DE",
    }
    text = visitor.post("/account/details/", **values, extra="", phone="+49 421 1")
    assert (
        "Your details have been saved." in text
        and Party.objects.get(email="kim@example.org").given_name == "Kim A."
    )
    visitor.put(shop.bike())
    visitor.post("/checkout/begin/")
    assert (
        re.search(r'name="street" value="Osterdeich 1"', visitor.html)
        and 'value="kim@example.org"' in visitor.html
    )


def test_what_a_customer_orders_keeps_their_name(shop, visitor):
    sign_up(visitor)
    number = visitor.buy(shop.bike())
    assert number in visitor.get("/account/")
    assert Party.objects.get(email="kim@example.org").name == "Kim Müller"
