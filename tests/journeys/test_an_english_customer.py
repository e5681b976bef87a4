"""A customer who reads English, likes it dark, opens an account and comes back to her orders."""

import pytest

from tests.journeys.buying import (
    Customer,
    go_to_checkout,
    order_now,
    put_into_basket,
    say_who,
    total_on,
    until_confirmed,
)
from tests.journeys.looking import looks_right
from tests.journeys.open_house import links_of, words_of

pytestmark = pytest.mark.browser

EMMA = Customer("Emma English", "emma.english@example.org")
WORDS = "seven wet bicycles"


@pytest.fixture(scope="module")
def desktop(enter, running):
    """She signs up; the account is open when she has followed the link in the mail."""
    page = enter("en", width=1280, theme="dark")
    page.goto(f"{running.shop}/")
    looks_right(page)
    page.get_by_role("link", name="Log in").click()
    looks_right(page)
    page.get_by_role("link", name="Open an account").click()
    looks_right(page)
    page.get_by_label("First and last name").fill(EMMA.name)
    page.get_by_label("E-mail").fill(EMMA.email)
    page.get_by_label("New password").fill(WORDS)
    page.get_by_role("button", name="Send me the link").click()
    page.get_by_role("heading", name="Check your e-mail").wait_for()
    looks_right(page)
    return page


@pytest.fixture(scope="module")
def account(desktop, running):
    letter = running.letter(EMMA.email)
    desktop.goto(links_of(letter)[0])
    looks_right(desktop)
    desktop.get_by_role("button", name="Open my account").click()
    desktop.wait_for_url("**/account/")
    return desktop


def test_before_the_link_is_followed_nobody_can_log_in(desktop, enter, running):
    page = enter("en", width=1280, theme="dark")
    _log_in(page, running, WORDS)
    page.locator(".error-summary, [role=alert]").first.wait_for()
    assert page.url.endswith("/account/login/")
    looks_right(page)


def test_the_mail_is_written_in_her_language(desktop, running):
    letter = words_of(running.letter(EMMA.email))
    assert "Emma English" in letter and "account" in letter and "Konto" not in letter


def test_an_empty_account_says_what_to_do(account):
    assert "No orders yet" in account.locator("main").inner_text()
    looks_right(account)


@pytest.fixture(scope="module")
def ordered(account, running):
    """She buys a helmet; what the house knows of her it need not be told again."""
    put_into_basket(account, running, "helm-sport-100", "HL-U509")
    looks_right(account)
    go_to_checkout(account)
    assert account.locator("main input[name=name]").input_value() == EMMA.name
    say_who(account, EMMA)
    looks_right(account)
    assert account.get_by_role("button", name="Order with obligation to pay").is_visible()
    return order_now(account, EMMA)


def test_she_finds_her_order_again_after_logging_in_anew(ordered, account, running):
    until_confirmed(account, "Confirmed")
    looks_right(account)
    account.goto(f"{running.shop}/account/")
    account.get_by_role("button", name="Log out").click()
    account.wait_for_load_state()
    assert account.request.get(f"{running.shop}/orders/{ordered.number}/").status == 404
    _log_in(account, running, WORDS)
    account.wait_for_url("**/account/")
    looks_right(account)
    account.get_by_role("link", name=ordered.number).click()
    account.wait_for_url(f"**/orders/{ordered.number}/")
    assert total_on(account) == ordered.total


def test_a_forgotten_password_is_replaced_by_way_of_the_mail(ordered, account, running, enter):
    page = enter("en", width=360)
    page.goto(f"{running.shop}/account/forgotten/")
    looks_right(page)
    page.get_by_label("E-mail").fill(EMMA.email)
    page.locator("main form button").last.click()
    page.get_by_role("heading", name="Check your e-mail").wait_for()
    page.goto(links_of(running.letter(EMMA.email, "password"))[0])
    looks_right(page)
    page.get_by_label("New password").fill("eight dry bicycles")
    page.locator("main form button").last.click()
    page.wait_for_load_state()
    _log_in(page, running, "eight dry bicycles")
    page.wait_for_url("**/account/")
    assert ordered.number in page.locator("main").inner_text()


def _log_in(page, running, password):
    page.goto(f"{running.shop}/account/login/")
    if page.url.endswith("/account/"):
        return
    page.get_by_label("E-mail").fill(EMMA.email)
    page.get_by_label("Password").fill(password)
    page.locator("main form button", has_text="Log in").click()
    page.wait_for_load_state()
