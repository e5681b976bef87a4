"""Paying through a provider: its message comes before the customer, after the customer, twice, late, or forged."""

import re

import pytest

from tests.journeys.buying import (
    Customer,
    amount_in,
    choose,
    go_to_checkout,
    put_into_basket,
    say_who,
    total_on,
    until_it_says,
)
from tests.journeys.looking import looks_right

pytestmark = pytest.mark.browser

OLGA = Customer("Olga Online", "olga.online@example.org")


@pytest.fixture
def at_the_provider(enter, running):
    """An order placed with online payment, and the browser on the provider's page."""
    page = enter("de", width=768)
    put_into_basket(page, running, "scheinwerfer-allwetter", "LT-H903")
    go_to_checkout(page)
    say_who(page, OLGA)
    choose(page, "payment", "provider")
    looks_right(page)
    total = total_on(page)
    page.locator("form[action='/checkout/order/'] button").click()
    page.wait_for_url(re.compile(r"/pay/co_"))  # the worker has opened the payment within two seconds
    assert amount_in(page.locator(".sum").inner_text()) == total
    return page


@pytest.mark.parametrize("manner", ["before", "after", "twice", "late"])
def test_the_order_is_paid_once_however_the_message_comes(at_the_provider, manner):
    page = at_the_provider
    page.locator(f"button[value={manner}]").click()
    page.wait_for_url("**/orders/**")
    until_it_says(page, "Bezahlt am")
    assert page.locator("main").get_by_text("Bitte bezahlen").count() == 0
    looks_right(page)


def test_a_forged_message_pays_nothing(at_the_provider):
    page = at_the_provider
    page.locator("button[value=forged]").click()
    page.wait_for_url("**/orders/**")
    page.wait_for_timeout(3000)
    page.reload()
    assert page.get_by_text("Bezahlt am").count() == 0
    assert page.get_by_role("button", name="Jetzt bezahlen").is_visible()


def test_a_customer_who_turns_back_pays_later_for_the_same_order(at_the_provider):
    page = at_the_provider
    page.locator("button[value=fail]").click()
    page.wait_for_url("**/orders/**")
    number = page.locator("h1").inner_text()
    page.get_by_role("button", name="Jetzt bezahlen").click()
    page.wait_for_url(re.compile(r"/pay/"))
    if "/pay/co_" not in page.url:  # the message of the failure was faster
        looks_right(page)
        page.locator("main form[method=post] button").click()
        page.wait_for_url(re.compile(r"/pay/co_"))
    page.locator("button[value=before]").click()
    page.wait_for_url("**/orders/**")
    until_it_says(page, "Bezahlt am")
    assert page.locator("h1").inner_text().split()[1] == number.split()[1]
