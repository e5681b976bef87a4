"""What customers say alike becomes a problem with cause, action and effect; its answer reaches each, once."""

import pytest

from tests.journeys.buying import until_it_says
from tests.journeys.looking import looks_right
from tests.journeys.open_house import links_of, words_of

pytestmark = pytest.mark.browser

WRITERS = ("frieda.fahrer@example.org", "gustav.gabel@example.org", "hanna.helm@example.org")
WORDS = (
    "Das Schutzblech klappert bei jeder Bordsteinkante",
    "Schutzblech klappert laut, schon nach einer Woche",
    "Seit dem Kauf klappert das Schutzblech",
)


@pytest.fixture(scope="module")
def phone(enter):
    return enter("de", width=360)


@pytest.fixture(scope="module")
def conception(colleague):
    return colleague("ken.sanchez")


@pytest.fixture(scope="module")
def complained(phone, running):
    """Three people write by the contact form."""
    for email, words in zip(WRITERS, WORDS, strict=True):
        phone.goto(f"{running.shop}/site/contact/")
        form = phone.locator("main form").filter(has=phone.locator("textarea"))
        form.locator("input[type=email]").fill(email)
        name = form.locator("input[name=name]")
        if name.count():
            name.fill(email.partition(".")[0].title())
        kind = form.locator("select[name=kind], input[name=kind][value=complaint]")
        if kind.count() and kind.first.evaluate("one => one.tagName") == "SELECT":
            kind.first.select_option("complaint")
        elif kind.count():
            kind.first.check()
        subject = form.locator("input[name=subject]")
        if subject.count():
            subject.fill("Schutzblech")
        form.locator("textarea").fill(words)
        form.locator("button.button-primary").click()
        phone.wait_for_load_state()


@pytest.fixture(scope="module")
def answered(conception, running, complained):
    """Ken finds them grouped, walks the four steps, and answers."""
    page = conception
    page.goto(f"{running.back}/improvement/suggestions/")
    until_it_says(page, "Schutzblech")
    looks_right(page)
    card = page.locator(".suggestions .card").filter(has_text="Schutzblech").first
    card.get_by_role("link", name="Ansehen").click()
    page.wait_for_url("**/improvement/suggestions/*/")
    looks_right(page)
    page.get_by_label("Was ist es, in wenigen Worten?").fill("Schutzblech klappert")
    page.get_by_role("button", name="Anlegen").click()
    page.wait_for_url("**/improvement/VB-*/")
    looks_right(page)
    page.locator("#plan").get_by_label("Die Ursache ist also").fill("Die Strebe ist zu weich.")
    page.locator("#plan").get_by_label("Art der Ursache").select_option("material")
    page.get_by_role("button", name="Das ist die Ursache").click()
    page.wait_for_load_state()
    page.locator("#do").get_by_label("Was geändert wird").fill("Strebe aus Edelstahl.")
    page.locator("#do").get_by_label("Bis", exact=True).fill("2099-01-15")
    page.get_by_role("button", name="So machen wir es").click()
    page.wait_for_load_state()
    looks_right(page)
    page.get_by_role("button", name="Die Änderung ist umgesetzt").click()
    page.wait_for_load_state()
    looks_right(page)
    page.get_by_text("Es wirkt", exact=True).first.click()
    page.get_by_role("button", name="Das ist die Wirkung").click()
    page.wait_for_load_state()
    page.locator("#act").get_by_label("Auf Deutsch").fill("Ihr Schutzblech bekommt eine neue Strebe.")
    page.locator("#act").get_by_label("Auf Englisch").fill("Your mudguard gets a new stay.")
    looks_right(page)
    page.get_by_role("button", name="Antworten und abschließen").click()
    page.wait_for_load_state()
    until_it_says(page, "3 Personen wurden benachrichtigt")
    return page.url


def test_the_answer_reaches_all_three_once(answered, running):
    for email in WRITERS:
        letter = running.letter(email, "behoben")
        assert "Ihr Schutzblech bekommt eine neue Strebe." in words_of(letter)


def test_one_says_that_it_is_still_broken_and_the_problem_is_open_again(answered, running, phone, conception):
    link = next(url for url in links_of(running.letter(WRITERS[1], "behoben")) if "/answers/" in url)
    phone.goto(link)
    looks_right(phone)
    phone.locator("textarea").fill("Es klappert weiter")
    phone.get_by_role("button", name="Noch nicht behoben").click()
    phone.get_by_text("weiterhin fehlerhaft ist").wait_for()
    looks_right(phone)
    conception.goto(answered)
    until_it_says(conception, "Wieder geöffnet: weiterhin fehlerhaft")
    looks_right(conception)
    conception.goto(f"{running.back}/improvement/?need=open")
    assert "Schutzblech klappert" in conception.locator("main").inner_text()
    looks_right(conception)
