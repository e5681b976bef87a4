"""A browser that runs no scripts buys just as well."""

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

pytestmark = pytest.mark.browser

PAUL = Customer("Paul Plain", "paul.plain@example.org")


@pytest.fixture
def plain(enter):
    return enter("de", width=360, has_scripts=False)


def test_the_whole_purchase_works_with_plain_links_and_forms(plain, running):
    plain.goto(f"{running.shop}/")
    plain.locator("input[name=q]").fill("Helm")
    plain.locator("input[name=q]").press("Enter")
    plain.wait_for_url("**/shop/?q=Helm")
    assert plain.get_by_role("link", name="Helm Sport-100").is_visible()
    put_into_basket(plain, running, "helm-sport-100", "HL-U509-R")
    plain.locator("main input[name^=quantity-]").fill("2")
    plain.get_by_role("button", name="Aktualisieren").click()
    plain.wait_for_load_state()
    go_to_checkout(plain)
    say_who(plain, PAUL)
    plain.locator("input[type=radio][value=prepayment]").check()
    plain.locator("form[action='/checkout/methods/'] button").click()
    plain.wait_for_load_state()
    assert plain.locator("input[type=radio][value=prepayment]").is_checked()
    purchase = order_now(plain, PAUL)
    until_confirmed(plain, "Bestätigt")
    assert total_on(plain) == purchase.total
    assert plain.locator(".girocode svg").is_visible()


def test_filters_and_sorting_work_with_buttons(plain, running):
    plain.goto(f"{running.shop}/shop/bekleidung/")
    plain.locator("details.facet-fold summary").click()
    plain.locator("main input[name=free]").check()
    plain.get_by_role("button", name="Anwenden").click()
    plain.wait_for_url("**free=1**")
    assert plain.locator("article.product").count() > 0


def test_the_language_changes_with_a_form(plain, running):
    plain.goto(f"{running.shop}/basket/")
    plain.locator("[data-menu] summary").click()
    plain.get_by_role("button", name="English").click()
    plain.wait_for_load_state()
    assert plain.url == f"{running.shop}/basket/"
    assert plain.locator("html").get_attribute("lang") == "en"
    assert plain.get_by_text("Your basket is empty").is_visible()
