"""One bicycle from the shelf to the books, seen by the guest who buys it and the colleagues who do their part."""

import re
from io import BytesIO

import pytest
from pypdf import PdfReader

from tests.journeys.buying import (
    Customer,
    amount_in,
    go_to_checkout,
    order_now,
    say_who,
    total_on,
    until_confirmed,
    until_it_says,
)
from tests.journeys.looking import looks_right
from tests.journeys.open_house import files_of, links_of, words_of

pytestmark = pytest.mark.browser

GRETA = Customer("Greta Gast", "greta.gast@example.org")


@pytest.fixture(scope="module")
def phone(enter):
    return enter("de", width=360)


@pytest.fixture(scope="module")
def purchase(phone, running):
    """Greta looks for a touring bicycle, chooses colour and size, and orders it on invoice; each page looks right."""
    phone.goto(f"{running.shop}/")
    looks_right(phone)
    phone.get_by_role("link", name="Fahrräder ansehen").click()
    phone.wait_for_url("**/shop/fahrraeder/")
    looks_right(phone)
    phone.get_by_role("searchbox", name="Im Shop suchen").fill("turenrad")  # she types in a hurry
    phone.keyboard.press("Enter")
    phone.wait_for_url("**/shop/?q=turenrad")
    looks_right(phone)
    phone.get_by_role("link", name="Tourenrad Touring-1000").click()
    phone.wait_for_url("**/product/tourenrad-touring-1000/")
    phone.get_by_role("link", name="Gelb").click()
    phone.wait_for_url("**variant=**")
    phone.get_by_role("group", name="Größe").get_by_role("link", name="54").click()
    phone.locator(".swatch[aria-current]", has_text="54").wait_for()
    looks_right(phone)
    price = amount_in(phone.locator(".price-large").inner_text())
    phone.get_by_role("button", name="In den Warenkorb").click()
    phone.wait_for_url("**/basket/")
    phone.locator(".toast button").click()
    looks_right(phone)
    assert total_on(phone) == price
    go_to_checkout(phone)
    looks_right(phone)
    say_who(phone, GRETA)
    looks_right(phone)
    assert (
        phone.locator("form[action='/checkout/order/'] button").inner_text() == "Zahlungspflichtig bestellen"
    )
    return order_now(phone, GRETA)


@pytest.fixture(scope="module")
def confirmation(purchase, running):
    return running.letter(GRETA.email, f"Ihre Bestellung {purchase.number}")


def test_the_guest_is_charged_what_the_last_page_showed_and_can_come_back_by_the_mailed_link(
    phone, purchase, confirmation, enter
):
    until_confirmed(phone, "Bestätigt")
    looks_right(phone)
    assert total_on(phone) == purchase.total
    letter = words_of(confirmation)
    assert "Tourenrad Touring-1000 Gelb, 54 cm" in letter
    assert amount_in(next(line for line in letter.splitlines() if line.startswith("Summe"))) == purchase.total
    assert files_of(confirmation)[f"{purchase.number}.pdf"].startswith(b"%PDF-")

    elsewhere = enter("de", width=1280)
    elsewhere.goto(links_of(confirmation)[0])
    assert purchase.number in elsewhere.locator("h1").inner_text()
    assert total_on(elsewhere) == purchase.total


def test_nobody_else_sees_the_order(purchase, enter, running):
    stranger = enter("de", width=360)
    answer = stranger.request.get(f"{running.shop}/orders/{purchase.number}/")
    assert answer.status == 404 and GRETA.name not in answer.text()


def test_all_links_in_the_mail_lead_somewhere(confirmation, phone):
    for link in links_of(confirmation):
        assert phone.request.get(link).status == 200, link


@pytest.fixture(scope="module")
def shipped(purchase, confirmation, colleague, running):
    """Pilar in the warehouse finds the order among what is ready, and ships it."""
    page = colleague("pilar.ackerman")
    looks_right(page)
    page.goto(f"{running.back}/logistics/")
    looks_right(page)
    page.get_by_role("link", name=purchase.number).click()
    page.wait_for_url(f"**/logistics/ship/{purchase.number}/")
    looks_right(page)
    page.locator("main form.card button:not([type=button])").first.click()
    page.wait_for_url(re.compile(r"/logistics/(shipments/.+)?$"))
    return purchase


@pytest.fixture(scope="module")
def office(colleague):
    return colleague("ken.sanchez")


@pytest.fixture(scope="module")
def invoice_page(shipped, office, running):
    """What was shipped is billed by the worker; the office finds the invoice at the order."""
    office.goto(f"{running.back}/orders/{shipped.number}/")
    until_it_says(office, "RE-")
    looks_right(office)
    office.locator("main a[href*='/invoicing/']").first.click()
    office.wait_for_url("**/invoicing/RE-*/")
    return office


def test_what_is_shipped_is_billed_with_the_same_amount_as_a_pdf_with_the_electronic_invoice(
    shipped, invoice_page, running
):
    looks_right(invoice_page)
    number = invoice_page.url.rstrip("/").rsplit("/", 1)[-1]
    answer = invoice_page.request.get(f"{running.back}/invoicing/{number}/file/")
    assert answer.status == 200 and answer.headers["content-type"] == "application/pdf"
    _is_the_invoice(answer.body(), number, shipped.total)


def test_the_customer_sees_it_shipped_and_downloads_the_invoice(shipped, invoice_page, phone, confirmation):
    number = invoice_page.url.rstrip("/").rsplit("/", 1)[-1]
    phone.goto(links_of(confirmation)[0])
    until_it_says(phone, number)
    looks_right(phone)
    assert phone.locator(".timeline li", has_text="Versandt").get_attribute("class") == "is-done"
    with phone.expect_download() as waiting:
        phone.get_by_role("link", name="Rechnung").click()
    _is_the_invoice(waiting.value.path().read_bytes(), number, shipped.total)


def _is_the_invoice(file: bytes, number: str, total: object) -> None:
    reader = PdfReader(BytesIO(file))
    words = " ".join(page.extract_text() for page in reader.pages)
    assert number in words and f"{total:,}".translate(str.maketrans(",.", ".,")) in words
    (xml,) = reader.attachments["factur-x.xml"]
    assert f"<ram:GrandTotalAmount>{total}</ram:GrandTotalAmount>".encode() in xml
