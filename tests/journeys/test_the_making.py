"""A bicycle that must first be built: planned, ordered with its day, moved with a reason, built, on the shelf."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.journeys.buying import (
    Customer,
    go_to_checkout,
    order_now,
    put_into_basket,
    say_who,
    until_confirmed,
    until_it_says,
)
from tests.journeys.looking import looks_right
from tests.journeys.open_house import words_of

pytestmark = pytest.mark.browser

WILMA = Customer("Wilma Warte", "wilma.warte@example.org")
SLUG, BIKE = "mountainbike-mountain-300", "BK-M47B-48"
NOTE = "Stahlwerk Süd liefert die Ausfallenden nicht"
TODAY = datetime.now(UTC).date()


@pytest.fixture(scope="module")
def phone(enter):
    return enter("de", width=360)


@pytest.fixture(scope="module")
def works(colleague):
    """Peter, who heads the works."""
    return colleague("peter.krebs")


@pytest.fixture(scope="module")
def planned(phone, works, running):
    """The shop is out of it; Peter plans three."""
    phone.goto(f"{running.shop}/product/{SLUG}/?variant={BIKE}")
    assert phone.locator("form[action='/basket/put/']").count() == 0
    works.goto(f"{running.back}/production/")
    looks_right(works)
    works.get_by_role("link", name="Fertigungsauftrag planen").click()
    looks_right(works)
    works.get_by_label("Zu fertigender Artikel").fill(BIKE)
    works.get_by_label("Zu fertigende Menge").fill("3")
    works.get_by_label("Beginn").fill((TODAY + timedelta(days=10)).isoformat())
    works.get_by_label("Fertig am").fill((TODAY + timedelta(days=20)).isoformat())
    works.get_by_role("button", name="Einplanen").click()
    works.wait_for_url("**/production/FA-*/")
    return works.locator("h1").inner_text()


@pytest.fixture(scope="module")
def ordered(phone, planned, running):
    """Wilma orders one, with the day on which it is built."""
    put_into_basket(phone, running, SLUG, BIKE)
    go_to_checkout(phone)
    say_who(phone, WILMA)
    purchase = order_now(phone, WILMA)
    until_confirmed(phone, "Bestätigt")
    return purchase


@pytest.fixture(scope="module")
def moved(ordered, phone, works):
    """Peter begins, then moves it to another day; Wilma sees another day than before."""
    before = phone.locator(".promise .date").inner_text()
    works.reload()
    assert ordered.number in works.locator("main").inner_text()
    works.get_by_role("button", name="Beginnen").first.click()
    works.wait_for_load_state()
    works.get_by_role("button", name="Verschieben …").click()
    works.wait_for_url("**/production/move/")
    assert "1 Zusage in 1 Kundenauftrag" in works.locator("main").inner_text()
    looks_right(works)
    works.get_by_label("Fertig am").fill((TODAY + timedelta(days=34)).isoformat())
    works.get_by_label("Warum es sich verschiebt").select_option("material_late")
    works.get_by_label("Notiz für das Backoffice").fill(NOTE)
    works.get_by_role("button", name="Verschieben", exact=True).click()
    works.wait_for_url("**/production/FA-*/")
    return before


def test_the_customer_reads_the_new_day_and_why_and_nothing_else(moved, phone):
    until_it_says(phone, "Ein Bauteil kommt später als geplant.")
    assert phone.locator(".promise .date").inner_text() != moved
    said = phone.locator("main").inner_text()
    assert "Stahlwerk" not in said and "FA-" not in said
    looks_right(phone)


def test_the_works_keep_the_note_and_what_customers_read(moved, works):
    said = works.locator("main").inner_text()
    assert NOTE in said and "Ein Bauteil kommt später als geplant." in said


def test_what_is_built_lies_on_the_shelf_and_the_order_can_leave(moved, works, ordered, colleague, running):
    while (
        works.get_by_role("button", name="Beenden …")
        .or_(works.locator("form[action*='/steps/'] button[name=begin]"))
        .count()
    ):
        begin = works.locator("form[action*='/steps/'] button[name=begin]").first
        if begin.count():
            begin.click()
            works.wait_for_load_state()
        works.get_by_role("button", name="Beenden …").first.click()
        dialog = works.locator("dialog[open]")
        dialog.get_by_label("Gutmenge").fill("3")
        dialog.get_by_role("button", name="Arbeitsgang beenden").click()
        works.wait_for_load_state()
    works.get_by_role("link", name="Einlagern").click()
    looks_right(works)
    works.get_by_role("button", name="Einlagern").click()
    works.wait_for_url("**/production/FA-*/")
    looks_right(works)
    clerk = colleague("stephen.jiang")
    clerk.goto(f"{running.back}/orders/{ordered.number}/")
    until_it_says(clerk, "1 bereit zum Packen")


def test_goods_of_a_supplier_are_confirmed_and_received_in_parts(colleague, running):
    buyer = colleague("sheela.word")
    buyer.goto(f"{running.back}/purchasing/")
    looks_right(buyer)
    buyer.goto(f"{running.back}/purchasing/suppliers/")
    looks_right(buyer)
    buyer.goto(f"{running.back}/purchasing/new/")
    looks_right(buyer)
    buyer.goto(f"{running.back}/purchasing/?step=ordered")
    buyer.locator("main tbody a.row-link").last.click()
    buyer.wait_for_url("**/purchasing/BE-*/")
    looks_right(buyer)
    buyer.get_by_role("button", name="Bestätigt …").click()
    buyer.locator("dialog[open]").get_by_role("button", name="Tag vermerken").click()
    buyer.wait_for_load_state()
    until_it_says(buyer, "Vom Lieferanten bestätigt")
    buyer.get_by_role("link", name="Ware einbuchen").click()
    looks_right(buyer)
    buyer.locator("main input[name^=came_]").first.fill("2")
    buyer.get_by_role("button", name="Einlagern").click()
    buyer.wait_for_url("**/purchasing/BE-*/")
    until_it_says(buyer, "Teilweise eingegangen")
    looks_right(buyer)


def test_one_letter_tells_of_the_new_day_and_why(moved, works, running, ordered):
    about = f"Bestellung {ordered.number} kommt an einem anderen Tag"
    # A new day stands for a minute before anybody is told: it might move once more.
    for _ in range(120):
        if running.letters(WILMA.email, about):
            break
        works.wait_for_timeout(1000)
    letter = words_of(running.letter(WILMA.email, about))
    assert "Ein Bauteil kommt später als geplant." in letter
    assert "Stahlwerk" not in letter and "FA-" not in letter
