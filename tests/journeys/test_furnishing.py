"""An empty house is furnished by screens alone and makes its first sale: ordered, shipped, billed, posted.

The founder begins with the link that ``up --empty`` prints. Nothing here touches the database or a file of the house.
"""

import json
import time
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.journeys import looking
from tests.journeys.buying import Customer, go_to_checkout, order_now, put_into_basket, say_who, until_it_says
from tests.journeys.open_house import OpenHouse, open_house

pytestmark = [pytest.mark.browser, pytest.mark.slow]

TEN_MINUTES = 600
LOGO = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 30 30"><script>alert(1)</script>
<rect width="30" height="30" rx="7" fill="#27456b"/><path d="M4 20c6-8 16-8 22 0z" fill="#e9b44c"/></svg>"""
ORGANISATION = {
    "name": "Deichblick Keramik GmbH",
    "brand": "Deichblick",
    "street": "Am Deich 7",
    "postal_code": "26506",
    "city": "Norden",
    "email": "moin@deichblick.example",
    "phone": "+49 4931 1234",
    "managing_director": "Jule Harms",
    "iban": "DE89 3704 0044 0532 0130 00",
}


class Clock:
    """How long the work takes, without the time in which its pages are inspected."""

    inspected = 0.0


def looks_right(page: Page) -> None:
    """Inspect a page, beside the clock."""
    began = time.monotonic()
    looking.looks_right(page)
    Clock.inspected += time.monotonic() - began


@pytest.fixture(scope="module")
def empty() -> Iterator[OpenHouse]:
    """A house with nothing in it."""
    with open_house("--empty") as house:
        yield house


def fill(page: Page, **values: str) -> None:
    for name, value in values.items():
        page.locator(f"main [name={name}]").fill(value)


def press(page: Page, words: str) -> None:
    """Press a button of the page, which sends its form."""
    with page.expect_navigation():
        page.locator("main").get_by_role("button", name=words, exact=True).first.click()


def begin(page: Page, house: OpenHouse) -> None:
    token = json.loads((house.folder / "settings.json").read_text())["begin"]
    page.goto(f"{house.back}/welcome/{token}/")
    looks_right(page)
    fill(page, house="Deichblick Keramik", name="Jule Harms", email="jule@deichblick.example")
    fill(page, password="ein Kahn auf der Weser")
    press(page, "Ihr Haus betreten")
    page.wait_for_url("**/setup/")
    expect(page.locator("main")).to_contain_text("0 von 8 Schritten")
    looks_right(page)


def say_who_we_are(page: Page, house: OpenHouse, folder: Path) -> None:
    page.goto(f"{house.back}/administration/organisation/")
    fill(page, **ORGANISATION, vat_id="DE136695977")
    page.locator("main [name=land]").select_option("NI")
    press(page, "Speichern")
    expect(page.locator("main")).to_contain_text("Prüfziffern")  # two digits exchanged
    fill(page, vat_id="DE136695976")
    press(page, "Speichern")
    looks_right(page)
    page.goto(f"{house.back}/administration/look/")
    for name, value in (("hue", "250"), ("hue_accent", "30")):
        page.locator(f"[name={name}]").fill(value)
    assert page.evaluate("document.documentElement.style.getPropertyValue('--hue')") == "250"  # shown at once
    press(page, "Aussehen speichern")
    logo = folder / "logo.svg"
    logo.write_text(LOGO)
    page.locator("[name=logo]").set_input_files(str(logo))
    press(page, "Logo aufhängen")
    looks_right(page)


def say_where_we_are(page: Page, house: OpenHouse) -> None:
    page.goto(f"{house.back}/administration/places/")
    looks_right(page)
    page.goto(f"{house.back}/administration/places/new/")
    fill(page, name_de="Laden am Deich", day_2="9–12, 14–18:30", day_5="10–14 Uhr")
    press(page, "Standort speichern")
    fill(page, on="2030-12-05", hours="10-22", reason_de="Werkstattfest")
    press(page, "Tag eintragen")
    expect(page.locator("main")).to_contain_text("Werkstattfest")
    looks_right(page)


def say_how_goods_travel(page: Page, house: OpenHouse) -> None:
    page.goto(f"{house.back}/administration/shipping/new/")
    fill(page, price="4,90", free_from="60,00")
    press(page, "Versandart speichern")
    page.goto(f"{house.back}/administration/money/invoice/")
    fill(page, begins_with="R26-", next_value="300")
    press(page, "Speichern")
    expect(page.locator("main")).to_contain_text("R26-000300")
    looks_right(page)


def put_something_on_sale(page: Page, house: OpenHouse) -> None:
    page.goto(f"{house.back}/offerings/categories/")
    page.locator("main input[name$=name_de]").first.fill("Becher")
    press(page, "Kategorie anlegen")
    page.goto(f"{house.back}/offerings/new/")
    fill(page, number="BE-1", name_de="Becher Nordsee", price="24,00")
    page.locator("main [name=category]").select_option(index=1)
    press(page, "Anlegen")
    page.wait_for_url("**/articles/BE-1/")
    page.locator("main [name=opening-quantity]").fill("12")
    press(page, "Verbuchen")
    press(page, "Jetzt in den Verkauf geben")


def take_a_colleague_on(page: Page, house: OpenHouse) -> str:
    page.goto(f"{house.back}/people/new/")
    fill(page, name="Ole Petersen", email="ole@deichblick.example", job_title_de="Töpfer")
    page.locator("[name=departments][value=logistics]").check()
    press(page, "Zugang anlegen")
    return page.locator("#one-time-link").inner_text()


def test_an_empty_house_is_furnished_and_makes_its_first_sale(empty, enter, tmp_path):
    began = time.monotonic()
    founder = enter("de", width=1280)
    begin(founder, empty)
    say_who_we_are(founder, empty, tmp_path)
    say_where_we_are(founder, empty)
    say_how_goods_travel(founder, empty)
    put_something_on_sale(founder, empty)
    link = take_a_colleague_on(founder, empty)

    customer = enter("de", width=360)
    customer.goto(f"{empty.shop}/")
    expect(customer.locator("header")).to_contain_text("Deichblick")
    customer.goto(f"{empty.shop}/shop/")
    customer.get_by_role("link", name="Becher Nordsee").first.click()
    put_into_basket(customer, empty, customer.url.split("/product/")[1].split("/")[0], "BE-1")
    go_to_checkout(customer)
    anna = Customer("Anna Behrens", "anna@example.org")
    say_who(customer, anna)
    bought = order_now(customer, anna)
    assert bought.total == Decimal("28.90")  # 24.00 and 4.90 to travel

    # Somebody looks at the whole house meanwhile, and touches nothing.
    watcher = founder.context.new_page()
    watcher.goto(f"{empty.back}/house/")
    shipped = watcher.locator("#house-window li", has_text="versandt").locator("strong")
    expect(shipped).to_have_text("0")

    # The colleague chooses a password and ships it.
    colleague = enter("de", width=1280)
    colleague.goto(link)
    fill(colleague, password="zwei Boote vor Vegesack")
    press(colleague, "Passwort setzen und eintreten")
    ship(colleague, empty, bought.number)
    expect(shipped).to_have_text("1", timeout=10_000)

    # The invoice writes, prints and posts itself.
    founder.goto(f"{empty.back}/invoicing/")
    until_it_says(founder, "R26-000300")
    founder.goto(f"{empty.back}/ledger/")
    until_it_says(founder, "R26-000300")
    assert time.monotonic() - began - Clock.inspected < TEN_MINUTES
    founder.goto(f"{empty.back}/setup/")
    expect(founder.locator("main")).to_contain_text("Ihr Haus steht")
    founder.goto(f"{empty.back}/house/")
    looks_right(founder)


def ship(page: Page, house: OpenHouse, number: str) -> None:
    """The order is confirmed by the worker; then it can go."""
    for _ in range(60):
        page.goto(f"{house.back}/logistics/ship/{number}/")
        button = page.locator("main form[method=post] button.button-primary")
        if button.count():
            break
        page.wait_for_timeout(500)
    with page.expect_navigation():
        button.first.click()


def test_a_door_is_shut_while_somebody_looks_in(empty, enter):
    founder, visitor = enter("de", width=1280), enter("de", width=1280)
    founder.goto(f"{empty.back}/login/?next=/administration/doors/")
    fill(founder, email="jule@deichblick.example", password="ein Kahn auf der Weser")
    press(founder, "Anmelden")
    looks_right(founder)
    assert visitor.goto(f"{empty.shop}/shop/").status == 200
    press(founder, "Schließen Online-Shop")
    expect(founder.locator("main")).to_contain_text("Zu")
    patience = time.monotonic() + 5
    while visitor.goto(f"{empty.shop}/shop/").status != 404:
        assert time.monotonic() < patience, "a shut door is still open after five seconds"
        visitor.wait_for_timeout(200)
    visitor.goto(f"{empty.shop}/")
    expect(visitor.locator("body")).not_to_contain_text("Warenkorb")
    press(founder, "Öffnen Online-Shop")
    patience = time.monotonic() + 5
    while visitor.goto(f"{empty.shop}/shop/").status != 200:
        assert time.monotonic() < patience
        visitor.wait_for_timeout(200)
