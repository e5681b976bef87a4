"""One bicycle from the shelf to the books, seen by the guest who buys it and the colleagues who do their part."""

import re
from decimal import Decimal
from io import BytesIO

import pytest
from pypdf import PdfReader

from tests.journeys.buying import (
    Customer,
    amount_in,
    go_to_checkout,
    in_german,
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
    below_the_lines = letter.split("-" * 60)[2].strip()
    assert amount_in(below_the_lines.splitlines()[0]) == purchase.total
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


@pytest.fixture(scope="module")
def paid(shipped, invoice_page, colleague, running):
    """Deborah books what the statement shows: the reference names the order, and the house proposes it."""
    page = colleague("deborah.poe")
    page.goto(f"{running.back}/banking/")
    looks_right(page)
    page.locator("main a[href$='/banking/record/']").first.click()
    page.wait_for_url("**/banking/record/")
    looks_right(page)
    page.locator("input[name=amount]").fill(in_german(shipped.total))
    page.locator("input[name=reference]").fill(f"Fahrrad {shipped.number} danke")
    page.locator("input[name=payer]").fill(GRETA.name)
    page.locator("main form.card button.button-primary").click()
    page.locator("input[type=radio][name=assign]").first.wait_for()
    looks_right(page)
    assert shipped.number in page.locator(".choice:has(input:checked)").inner_text()
    page.locator("main form.card button.button-primary").click()
    page.wait_for_url(re.compile("/banking/(payments/.+)?$"))
    return page


def test_the_bookkeeper_s_payment_settles_the_invoice_and_the_order_is_paid(
    paid, shipped, running, invoice_page
):
    number = invoice_page.url.rstrip("/").rsplit("/", 1)[-1]
    until_it_says(paid, number)
    looks_right(paid)
    paid.goto(f"{running.back}/ledger/open-items/?q={number}")
    assert paid.locator("main table").get_by_text(number).count() == 0
    looks_right(paid)


def test_the_customer_sees_it_paid(paid, phone, confirmation):
    phone.goto(links_of(confirmation)[0])
    until_it_says(phone, "Bezahlt am")
    assert phone.get_by_text("Bitte bezahlen").count() == 0
    looks_right(phone)


def test_the_books_are_whole_afterwards(paid, running):
    for page in ("", "lines/", "accounts/", "verify/"):
        paid.goto(f"{running.back}/ledger/{page}")
        looks_right(paid)
    assert paid.locator("main .tone-ok").count() > 0 and paid.locator("main .tone-bad").count() == 0


def _is_the_invoice(file: bytes, number: str, total: Decimal) -> None:
    reader = PdfReader(BytesIO(file))
    words = " ".join(page.extract_text() for page in reader.pages)
    assert number in words and in_german(total) in words
    (xml,) = reader.attachments["factur-x.xml"]
    assert f"<ram:GrandTotalAmount>{total}</ram:GrandTotalAmount>".encode() in xml
