"""A call at the desk: an order by phone, its confirmation by mail, and a change of mind."""

import re

import pytest

from tests.journeys.buying import until_it_says
from tests.journeys.looking import looks_right
from tests.journeys.open_house import words_of

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def desk(colleague, running):
    return colleague("linda.mitchell", door=running.desk)


@pytest.fixture(scope="module")
def taken(desk, running):
    """Anna calls: Linda finds her by half a name and takes two headlights off the shelf for her."""
    looks_right(desk)
    desk.keyboard.press("/")
    desk.keyboard.type("behrens")
    desk.keyboard.press("Enter")
    desk.get_by_role("link", name="Anna Behrens").first.click()
    desk.wait_for_url("**/customers/K-*/")
    looks_right(desk)
    desk.get_by_role("link", name="Bestellung aufnehmen").click()
    desk.wait_for_url("**/sales/order/**")
    desk.locator("input[name=article]").fill("LT-H903")
    desk.locator("input[name=article]").press("Enter")
    quantity = desk.locator("main input[name^=quantity]").first
    quantity.fill("2")
    quantity.press("Enter")
    desk.locator("main").get_by_text("89,80").first.wait_for()
    looks_right(desk)
    desk.get_by_role("button", name="Bestellung aufnehmen").click()
    desk.wait_for_url("**/orders/A-*/")
    return desk.url.rstrip("/").rsplit("/", 1)[-1]


def test_an_order_by_phone_is_checked_and_confirmed_like_every_other(taken, desk, running):
    until_it_says(desk, "Auftrag bestätigt.")
    looks_right(desk)
    letter = words_of(running.letter("anna.behrens@example.org", taken))
    assert "2 × Scheinwerfer Allwetter" in letter


def test_an_order_is_cancelled_with_the_reason_and_the_customer_is_told(taken, desk, running):
    until_it_says(desk, "Auftrag bestätigt.")
    desk.get_by_role("button", name="Auftrag stornieren").click()
    looks_right(desk)
    desk.locator("dialog[open] [name=reason]").fill("Hat es sich anders überlegt.")
    desk.locator("dialog[open] button.button-danger-primary").click()
    desk.wait_for_load_state()
    until_it_says(desk, "Storniert")
    looks_right(desk)
    letters = running.letters("anna.behrens@example.org", taken)
    for _ in range(40):
        if len(letters) == 2:
            break
        desk.wait_for_timeout(500)
        letters = running.letters("anna.behrens@example.org", taken)
    assert re.search("storniert", words_of(letters[1]), re.IGNORECASE)


def test_the_desk_has_no_way_into_the_office(desk, running):
    answer = desk.request.get(f"{running.desk}/ledger/")
    assert answer.status == 404
