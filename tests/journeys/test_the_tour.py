"""The house and the way through it: as a stranger who has read no more than what ``up`` prints, and as staff."""

import re

import pytest
from playwright.sync_api import Page, expect

from kontor.config.demo.tour import TOUR
from tests.journeys.buying import Customer, go_to_checkout, order_now, put_into_basket, say_who
from tests.journeys.looking import looks_right
from tests.journeys.open_house import PASSWORD, OpenHouse

pytestmark = pytest.mark.browser

BUSY = 20_000  # milliseconds; the goal is five seconds, a machine under load may be slower than a house
THEO = Customer("Theo Tester", "theo.tester@example.org")
SLUG, BICYCLE = "tourenrad-touring-1000", "BK-T79U-60"


@pytest.fixture(scope="module")
def stranger(enter, running) -> Page:
    """Somebody who has no login, before the tour."""
    page: Page = enter("de", width=1280)
    page.goto(f"{running.desk}/tour/")
    return page


def log_in(page: Page, email: str) -> None:
    page.locator("main input[name=email]").fill(email)
    page.locator("main input[type=password]").fill(PASSWORD)
    page.locator("main form button:not([name])").last.click()
    page.wait_for_url(lambda address: "/login/" not in address)


def count_of(page: Page, code: str) -> int:
    return int(page.locator(f"[data-live-mark={code}]").inner_text())


def test_a_stranger_sees_both_sides_and_every_link_leads_somewhere(stranger, running):
    expect(stranger.locator(".tour-steps > li")).to_have_count(5)
    for words in ("Vorn", "Hinten", "Das Fenster", "Das Ohr", TOUR.password):
        expect(stranger.locator("main")).to_contain_text(words)
    assert stranger.locator("[data-live-mark], [data-live], .is-locked").count() == 0
    looks_right(stranger)
    links = set(stranger.locator("main a").evaluate_all("links => links.map(link => link.href)"))
    assert len(links) > 45
    assert {link.split("/")[2] for link in links} == {
        site.partition("//")[2] for site in (running.shop, running.desk, running.back)
    }
    dead = {link: answer.status for link in links if not (answer := stranger.request.get(link)).ok}
    assert dead == {}


def test_a_step_leads_to_its_very_place_with_the_login_it_names(stranger):
    step = stranger.locator(".tour-steps > li").nth(1)
    expect(step).to_contain_text("Ken Sánchez")
    with stranger.expect_popup() as opened:
        step.get_by_role("link").click()
    orders = opened.value
    log_in(orders, TOUR.guests["staff"].email)
    orders.wait_for_url("**/orders/")
    orders.close()


@pytest.fixture(scope="module")
def watcher(stranger: Page, running: OpenHouse) -> Page:
    """The stranger has taken the login that the tour names; the tour is there again, with counts."""
    stranger.goto(f"{running.desk}/tour/")
    stranger.get_by_role("link", name="Anmelden für die Zahlen von heute").click()
    log_in(stranger, TOUR.guests["staff"].email)
    stranger.wait_for_url("**/tour/")
    return stranger


def test_an_order_in_the_shop_moves_the_counts_of_both_directions(watcher, enter, running):
    looks_right(watcher)
    before = {code: count_of(watcher, code) for code in ("orders", "confirmed")}
    buyer = enter("de", width=360)
    put_into_basket(buyer, running, SLUG, BICYCLE)
    go_to_checkout(buyer)
    say_who(buyer, THEO)
    order_now(buyer, THEO)
    for code, count in before.items():
        moved = watcher.locator(f"[data-live-mark={code}]")
        expect(moved).to_have_text(str(count + 1), timeout=BUSY)
    expect(watcher.locator(".is-fresh").first).to_be_attached()


def test_a_complaint_moves_what_comes_in(watcher, enter, running):
    before = {code: count_of(watcher, code) for code in ("matters", "problems")}
    anna = enter("de", width=360)
    anna.goto(f"{running.shop}/account/login/")
    log_in(anna, TOUR.guests["customer"].email)
    anna.goto(f"{running.shop}/account/")
    number = anna.locator("main a[href^='/orders/A-']").first.get_attribute("href")
    anna.goto(f"{running.shop}{number}problem/")
    anna.locator("label[for=id_what_0]").click()
    anna.locator("main textarea").fill("Das Schutzblech klappert auf jedem Pflaster.")
    anna.locator("main form button.button-primary").click()
    for code, count in before.items():
        expect(watcher.locator(f"[data-live-mark={code}]")).to_have_text(str(count + 1), timeout=BUSY)


def test_one_who_works_in_one_department_reaches_every_place_or_reads_why_not(colleague, running: OpenHouse):
    """Pilar, of the warehouse, reads the house in the office: her own pages, another's, and one at the counter."""
    pilar = colleague("pilar.ackerman", language="en")
    pilar.goto(f"{running.back}/house/")
    looks_right(pilar)
    room = pilar.locator("#room-warehouse")
    assert room.locator(".is-locked").count() == 0
    room.get_by_role("link", name=re.compile("^(Pick list|Pickliste)")).click()
    pilar.wait_for_url("**/warehouse/pick*/")
    pilar.goto(f"{running.back}/house/")
    pilar.locator("#room-production .house-pages .is-locked").first.click()
    expect(pilar.locator("main")).to_contain_text("production.read")
    pilar.goto(f"{running.back}/house/")
    pilar.locator("#room-care .house-pages .is-locked").nth(1).click()
    log_in(pilar, "linda.mitchell@weserrad.example")
    pilar.wait_for_url(f"{running.desk}/inbox/")
