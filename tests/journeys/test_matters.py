"""Something is wrong with an order: told on its page, answered without the mouse, gone on by mail, rated."""

import re
import time
from email.message import EmailMessage

import pytest

from tests.journeys.looking import looks_right
from tests.journeys.open_house import PASSWORD, words_of

pytestmark = pytest.mark.browser

ANNA = "anna.behrens@example.org"


@pytest.fixture(scope="module")
def anna(enter, running):
    """Anna is at home in her account."""
    page = enter("de", width=360)
    page.goto(f"{running.shop}/account/login/")
    page.locator("[name=email]").fill(ANNA)
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("main form button").last.click()
    page.wait_for_url("**/account/")
    return page


@pytest.fixture(scope="module")
def linda(colleague, running):
    return colleague("linda.mitchell", door=running.desk)


@pytest.fixture(scope="module")
def number(anna):
    """She opens an order and says what is wrong, with a photograph."""
    anna.locator("a.row-link").first.click()
    anna.wait_for_url("**/orders/A-*/")
    anna.get_by_role("link", name="Schreiben Sie uns").or_(anna.locator("a[href='problem/']")).first.click()
    anna.wait_for_url("**/problem/")
    looks_right(anna)
    anna.locator("main form button.button-primary").click()
    looks_right(anna)
    anna.get_by_label("Etwas stimmt nicht oder ist kaputt").check(force=True)
    anna.get_by_label("Ihre Nachricht").fill("Die Vorderradbremse quietscht bei jedem Bremsen laut.")
    photograph = {"name": "bremse.jpg", "mimeType": "image/jpeg", "buffer": b"\xff\xd8\xff\xe0" + b"0" * 2000}
    anna.locator("input[type=file]").set_input_files(photograph)
    anna.locator("main form button.button-primary").click()
    anna.wait_for_url("**/account/matters/V-*/")
    looks_right(anna)
    return anna.url.rstrip("/").rsplit("/", 1)[-1]


@pytest.fixture(scope="module")
def answered(linda, running, number):
    """Linda takes it and asks back, with nothing but keys; a reload in between loses no word."""
    linda.goto(f"{running.desk}/inbox/?view=unclaimed")
    linda.get_by_text(number).first.wait_for()
    looks_right(linda)
    linda.goto(f"{running.desk}/inbox/{number}/?view=unclaimed")
    looks_right(linda)
    linda.get_by_text("Warum dieser Termin?").click()
    linda.get_by_text(re.compile("Öffnungszeit")).first.wait_for()
    linda.locator("body").click(position={"x": 5, "y": 500})
    linda.keyboard.press("a")
    linda.get_by_text("in Arbeit bei Linda Mitchell").wait_for()
    linda.keyboard.press("r")
    linda.keyboard.type("Guten Tag Frau Behrens, ")
    linda.get_by_text("Ihr Entwurf ist aufgehoben.").wait_for()
    linda.reload()
    assert linda.locator("#answer-text").input_value() == "Guten Tag Frau Behrens, "
    linda.keyboard.press("r")
    linda.keyboard.press("Control+End")
    linda.keyboard.type("welches Baujahr hat das Rad?")
    linda.keyboard.press("Control+Enter")
    linda.get_by_text("Wartet auf den Kunden").first.wait_for()
    looks_right(linda)
    return number


def test_the_answer_reaches_the_customer_on_the_page_and_by_mail(anna, answered, running):
    anna.get_by_text(
        "welches Baujahr hat das Rad?"
    ).wait_for()  # the page that was left open shows it by itself
    receipt, reply = _letters(running, answered, 2)
    assert "Wir haben Ihre Nachricht erhalten" in receipt["Subject"] and "quietscht" in words_of(receipt)
    assert reply["In-Reply-To"] == receipt["Message-ID"] and answered.lower() in reply["Reply-To"].lower()
    looks_right(anna)
    anna.get_by_label("Ihre Nachricht").fill("Das steht in den Papieren, ich sehe nach.")
    anna.locator("#write button.button-primary").click()
    anna.locator(".thread").get_by_text("Das steht in den Papieren, ich sehe nach.").wait_for()


def test_a_mail_goes_on_with_the_matter_and_a_link_in_a_mail_rates_it(linda, answered, running, enter):
    reply = _letters(running, answered, 2)[1]
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = (
        f"Anna Behrens <{ANNA}>",
        reply["Reply-To"],
        f"Re: {reply['Subject']}",
    )
    mail["Message-ID"], mail["In-Reply-To"] = "<answer@example.org>", reply["Message-ID"]
    mail.set_content("Baujahr 2025.\n\nAm 22.11.2026 um 15:00 schrieb Weserrad:\n> Guten Tag Frau Behrens")
    drop = running.folder / "mail-in"
    drop.mkdir(exist_ok=True)
    (drop / ".1.eml").write_bytes(mail.as_bytes())
    (drop / ".1.eml").rename(drop / "1.eml")

    linda.get_by_text("Baujahr 2025.").wait_for(
        timeout=60_000
    )  # live, with what the mail repeats folded away
    linda.get_by_text("Zitierter Text").wait_for()
    looks_right(linda)
    linda.keyboard.press("Escape")
    linda.locator("body").click(position={"x": 5, "y": 500})
    linda.keyboard.press("e")
    linda.locator("dialog[open]").get_by_label("Gelöst").check()
    looks_right(linda)
    linda.locator("dialog[open] button.button-primary").click()
    linda.get_by_text("Abgeschlossen").first.wait_for()

    settled = _letters(running, answered, 3)[2]
    link = re.search(r"https?://\S+/rate/5/", words_of(settled))
    assert link is not None
    # A mail scanner, or somebody without scripts, has kept nothing by opening the link, and finds a button.
    scanner = enter("de", width=360, has_scripts=False)
    scanner.goto(link[0])
    scanner.get_by_role("button", name="Bewertung senden").wait_for()
    scanner.goto(link[0].removesuffix("rate/5/"))
    scanner.get_by_text("Wie war es? Bewerten Sie uns").wait_for()

    reader = enter("de", width=360)
    reader.goto(link[0])
    reader.get_by_text("Ihre Bewertung ist gespeichert").wait_for()
    reader.get_by_text("Sie haben uns 5 von 5 Sternen gegeben").wait_for()
    looks_right(reader)
    reader.get_by_role("link", name="Ändern").click()
    reader.wait_for_url("**/rate/")
    looks_right(reader)
    reader.get_by_role("radio", name="★★★★☆ gut").check(force=True)
    reader.get_by_role("button", name="Bewertung senden").click()
    reader.get_by_text("Sie haben uns 4 von 5 Sternen gegeben").wait_for()
    reader.goto(link[0])  # the mail is opened again: what was changed since stays
    looks_right(reader)
    reader.goto(link[0].removesuffix("rate/5/"))
    reader.get_by_text("Sie haben uns 4 von 5 Sternen gegeben").wait_for()


def test_a_phone_note_and_the_pages_around_the_inbox(linda, running, answered):
    for page in (
        "/inbox/new/",
        "/inbox/snippets/",
        "/inbox/kept/",
        "/inbox/?view=closed",
        "/inbox/?view=mine",
    ):
        linda.goto(f"{running.desk}{page}")
        looks_right(linda)
    linda.goto(f"{running.desk}/inbox/snippets/")
    linda.get_by_label("Titel").fill("Dank")
    linda.get_by_label("Text auf Deutsch").fill("Vielen Dank, {name}.")
    linda.get_by_role("button", name="Textbaustein speichern").click()
    linda.get_by_role("link", name="Dank").wait_for()
    linda.goto(f"{running.desk}/inbox/new/?customer=K-10001")
    linda.get_by_label("Betreff").fill("Anruf wegen Licht")
    linda.get_by_label("Was gesagt oder geschrieben wurde").fill("Das Licht flackert.")
    linda.get_by_role("button", name="Anliegen vermerken").click()
    linda.wait_for_url("**/inbox/V-*/")
    linda.get_by_text("Textbausteine").click()
    linda.get_by_role("button", name="Dank").click()
    assert linda.locator("#answer-text").input_value().startswith("Vielen Dank, Anna Behrens.")
    linda.keyboard.press("Control+Enter")
    linda.get_by_text(re.compile("Die Antwort zu .* ist unterwegs")).wait_for()


def _letters(running, number, count):
    for _ in range(120):
        found = sorted(running.letters(ANNA, number), key=lambda letter: letter["Date"].datetime)
        if len(found) >= count:
            return found
        time.sleep(0.5)
    raise AssertionError(f"fewer than {count} letters about {number}")
