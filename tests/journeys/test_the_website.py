"""The house writes its website by itself; visitors read it, write to the house, and withdraw without a login."""

import re
from io import BytesIO

import pytest
from PIL import Image

from tests.journeys.buying import (
    Customer,
    go_to_checkout,
    order_now,
    put_into_basket,
    say_who,
    until_confirmed,
)
from tests.journeys.looking import looks_right
from tests.journeys.open_house import files_of, links_of, words_of

pytestmark = pytest.mark.browser

GRETA = Customer("Greta Glindemann", "greta.glindemann@example.org")


@pytest.fixture
def editor(colleague, running):
    return colleague("ken.sanchez", door=running.desk)


@pytest.fixture
def plain(enter):
    return enter("de", width=360, has_scripts=False)


def picture():
    drawn = BytesIO()
    Image.new("RGB", (640, 400), "darkcyan").save(drawn, "PNG")
    return {"name": "werkstatt.png", "mimeType": "image/png", "buffer": drawn.getvalue()}


def test_an_article_is_written_looked_at_published_and_read(editor, enter, running):
    editor.goto(f"{running.desk}/website/")
    looks_right(editor)
    editor.get_by_role("link", name="Neuigkeiten", exact=True).click()
    editor.get_by_role("link", name="Neuer Beitrag").click()
    editor.get_by_label("Titel auf Deutsch").fill("Nachtfahrt am Deich")
    editor.get_by_label("Titel auf Englisch").fill("A ride by night")
    editor.get_by_role("button", name="Beginnen").click()
    editor.wait_for_url("**/website/20*/")
    editor.locator("textarea[name=body_de]").fill("Wir fahren **am Freitag**.")
    # How it will look stands there a moment later, without saving.
    editor.locator("#preview .language-de strong", has_text="am Freitag").wait_for()
    editor.locator("textarea[name=body_en]").fill("We ride **on Friday**.")
    editor.locator("#upload").set_input_files(picture())
    editor.get_by_label("Was zu sehen ist, auf Deutsch").fill("Die Werkstatt bei Nacht")
    looks_right(editor)
    editor.get_by_role("button", name="Speichern und veröffentlichen").click()
    editor.wait_for_url("**/publish/")
    looks_right(editor)
    editor.get_by_role("button", name="Veröffentlichen", exact=True).click()
    editor.locator(".toasts", has_text="ist veröffentlicht").wait_for()

    reader = enter("en", width=1280, theme="dark")
    reader.goto(f"{running.shop}/")
    reader.get_by_role("link", name="A ride by night").click()
    assert reader.locator("article strong").inner_text() == "on Friday"
    assert reader.locator(".site-picture img").evaluate("picture => picture.naturalWidth") == 640
    looks_right(reader)
    for path in ("/news/", "/site/help/", "/site/about/", "/site/terms/", "/site/withdrawal/"):
        reader.goto(f"{running.shop}{path}")
        looks_right(reader)


def test_the_other_language_is_one_press_away_on_a_phone(colleague, running):
    phone = colleague("ken.sanchez", door=running.desk, width=360)
    phone.goto(f"{running.desk}/website/about/")
    assert phone.locator("input[name=title_de]").is_visible()
    assert not phone.locator("input[name=title_en]").is_visible()
    phone.locator(".language-tab", has_text="Englisch").click()
    assert phone.locator("input[name=title_en]").is_visible()
    assert not phone.locator("input[name=title_de]").is_visible()


def test_a_guest_withdraws_from_the_mailed_link_without_scripts(plain, running):
    put_into_basket(plain, running, "helm-sport-100", "HL-U509-R")
    go_to_checkout(plain)
    say_who(plain, GRETA)
    order_now(plain, GRETA)
    until_confirmed(plain, "Bestätigt")
    letter = running.letter(GRETA.email, "Ihre Bestellung")
    assert "Muster-Widerrufsformular" in words_of(letter) and files_of(letter)
    link = next(link for link in links_of(letter) if "/o/" in link)

    plain.context.clear_cookies()
    plain.goto(link)
    assert "Fassung 1" in plain.locator("main").inner_text()
    plain.locator("main").get_by_role("link", name="Vertrag widerrufen").click()
    number = plain.locator("textarea[name=contract]").input_value()
    assert re.fullmatch(r"A-\d+", number)
    assert plain.locator("input[name=email]").input_value() == GRETA.email
    plain.get_by_role("button", name="Widerruf bestätigen").click()
    plain.get_by_role("heading", name="Ihr Widerruf ist bei uns").wait_for()
    said = plain.locator("main").inner_text()
    assert number in said and re.search(r"Eingegangen am \d+\. \w+ 20\d\d, \d\d:\d\d Uhr", said)
    with plain.expect_download() as download:
        plain.get_by_role("link", name="Eingangsbestätigung speichern").click()
    assert number in download.value.path().read_text("utf-8")

    receipt = words_of(running.letter(GRETA.email, "iderruf"))
    assert number in receipt and GRETA.name in receipt and re.search(r"\d\d:\d\d", receipt)


def test_a_stranger_withdraws_with_words_of_his_own(enter, running):
    page = enter("en", width=1280, theme="dark")
    page.goto(f"{running.shop}/")
    page.locator("footer").get_by_role("link", name="Withdraw from contract").click()
    looks_right(page)
    page.get_by_role("button", name="Confirm withdrawal").click()
    assert "Nothing is written yet" in page.locator(".error-summary, [role=alert]").first.inner_text()
    page.get_by_label("Which contract?").fill("the red thing, bought in spring")
    page.get_by_role("button", name="Confirm withdrawal").click()
    page.get_by_role("heading", name="Your withdrawal is with us").wait_for()
    assert "save or print this page" in page.locator("main").inner_text()
    looks_right(page)


def test_a_stranger_writes_and_hears_that_it_arrived(enter, running):
    page = enter("de", width=360)
    page.goto(f"{running.shop}/site/contact/")
    looks_right(page)
    page.get_by_label("Etwas stimmt nicht").check()
    page.get_by_label("Ihre Nachricht").fill("Die Klingel klingt nicht.")
    page.get_by_label("Ihr Name").fill("Otto Offen")
    page.get_by_role("button", name="Nachricht senden").click()
    assert "E-Mail" in page.locator(".error-summary, [role=alert]").first.inner_text()
    page.get_by_label("Ihre E-Mail-Adresse").fill("otto.offen@example.org")
    page.get_by_role("button", name="Nachricht senden").click()
    page.get_by_role("heading", name="Ihre Nachricht ist bei uns").wait_for()
    looks_right(page)
    receipt = words_of(running.letter("otto.offen@example.org"))
    assert "V-1" in receipt
    assert "Klingel" not in receipt  # nobody has his words mailed to an address that the house does not know
