"""A wish is left on the page of an article, declined with a reason, and its author is told: once, in their language."""

import pytest

from tests.journeys.buying import until_it_says
from tests.journeys.looking import looks_right
from tests.journeys.open_house import links_of, words_of

pytestmark = pytest.mark.browser

AUTHOR = "wilhelmina.wish@example.net"
WISH = "Please sell a trailer hitch for cargo kayaks"
TITLE = "Kupplung für Kajakanhänger"
REASON_DE = "Die Ausfallenden sind für eine solche Last nicht freigegeben."
REASON_EN = "The dropouts are not approved for such a load."


@pytest.fixture(scope="module")
def author(enter, running):
    """Somebody without an account, in English, on a telephone."""
    page = enter("en", width=360)
    page.goto(f"{running.shop}/shop/")
    page.locator("article.product h3 a").first.click()
    page.get_by_role("link", name="Idea or wish?").click()
    page.locator("main textarea").fill(WISH)
    page.locator("main input[type=email]").fill(AUTHOR)
    page.locator("main form button.button-primary").click()
    page.get_by_text("Your idea is with those who make our products.").wait_for()
    looks_right(page)
    return page


@pytest.fixture(scope="module")
def declined(colleague, running, author):
    """Ken takes the wish from the suggestions and declines it, which is possible at once but not without a reason."""
    page = colleague("ken.sanchez")
    page.goto(f"{running.back}/improvement/suggestions/?kind=need")
    until_it_says(page, WISH)
    page.locator(".suggestions > li").filter(has_text=WISH).get_by_role("link").first.click()
    page.wait_for_url("**/improvement/suggestions/*/")
    looks_right(page)
    page.get_by_label("Was ist es, in wenigen Worten?").fill(TITLE)
    page.get_by_role("button", name="Anlegen").click()
    page.wait_for_url("**/improvement/VB-*/")
    page.get_by_role("link", name="Mit Grund ablehnen").click()
    form = page.locator("#act form")
    verdicts = form.locator("[name=verdict]")
    assert verdicts.evaluate_all("choices => choices.map(one => one.value)") == ["declined"]
    form.get_by_label("Auf Deutsch").fill(REASON_DE)
    form.get_by_role("button", name="Antworten und abschließen").click()
    page.get_by_text("Schreiben Sie die Antwort auch auf Englisch.").first.wait_for()
    looks_right(page)
    form.get_by_label("Auf Englisch").fill(REASON_EN)
    form.get_by_role("button", name="Antworten und abschließen").click()
    until_it_says(page, "1 Person wurde benachrichtigt")
    looks_right(page)
    return page


def test_its_author_is_told_the_reason_once_and_in_english(declined, running):
    letter = running.letter(AUTHOR, "About your idea")  # one, or it fails
    said = words_of(letter)
    assert REASON_EN in said and REASON_DE not in said
    assert "you told us an idea or a wish about" in said


def test_the_office_reads_the_wish_as_declined_and_not_who_wished(declined, running):
    said = declined.locator("main").inner_text()
    assert TITLE in said and "Abgelehnt" in said
    assert AUTHOR not in declined.content() and "ilhelmina" not in declined.content()
    declined.goto(f"{running.back}/improvement/?state=closed")
    assert TITLE in declined.locator("main").inner_text()


def test_the_author_reads_it_again_on_a_page_of_their_own(declined, author, running):
    link = next(url for url in links_of(running.letter(AUTHOR, "About your idea")) if "/answers/" in url)
    author.goto(link)
    author.get_by_text(REASON_EN).wait_for()
    looks_right(author)
