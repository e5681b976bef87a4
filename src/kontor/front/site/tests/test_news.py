"""News, the start page and what search engines read, as visitors see them."""

import json
import re
from datetime import UTC, datetime, timedelta
from xml.etree import ElementTree

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kontor.front.site.actions import begin_news, publish_page
from kontor.kernel.ids import uuid7

NOW = datetime.now(UTC)
DAY = timedelta(days=1)
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def article(editor):
    def write(title_de, title_en="", *, at, **words):
        draft = begin_news(key=uuid7(), title_de=title_de, title_en=title_en, by=editor, at=at)
        for name, value in words.items():
            setattr(draft, name, value)
        draft.save()
        return publish_page(
            draft_id=draft.id, version=1, valid_from=None, valid_until=None, note="", by=editor, at=at
        )

    return write


def test_news_stand_on_their_page_on_the_start_page_and_in_the_feed(shop, visitor, article):
    old = article("Alt", "Old news", at=NOW - 5 * DAY, body_de="Text", body_en="An **old** text")
    article("Neu", "New news", at=NOW - DAY, teaser_en="In short")
    text = visitor.get("/news/")
    assert text.index("New news") < text.index("Old news") and "In short" in text
    assert "New news" in visitor.get("/")
    assert "An old text" in visitor.get(f"/news/{old.slug}/")
    feed = ElementTree.fromstring(visitor.client.get("/news/feed.en.xml").content)
    assert [entry.findtext(f"{ATOM}title") for entry in feed.iter(f"{ATOM}entry")] == ["New news", "Old news"]
    assert "<strong>old</strong>" in feed.findall(f"{ATOM}entry")[1].findtext(f"{ATOM}content")
    german = visitor.client.get("/news/feed.de.xml").content.decode()
    assert ">Neu<" in german and visitor.client.get("/news/feed.fr.xml").status_code == 404


def test_what_nobody_has_translated_is_read_in_german_and_marked_so(shop, visitor, article):
    edition = article("Nur deutsch", at=NOW - DAY, body_de="Moin")
    visitor.get(f"/news/{edition.slug}/")
    assert "Nur deutsch" in visitor.text and 'lang="de"' in visitor.html


def test_articles_that_are_not_shown_are_not_found(shop, visitor):
    visitor.get("/news/2026-01-01-nothing/")
    assert visitor.status == 404


def test_an_empty_house_has_no_news_and_says_so(shop, visitor):
    assert "No news yet" in visitor.get("/news/")


def test_both_languages_have_addresses_of_their_own(shop, visitor):
    visitor.get("/site/imprint/?lang=de")
    assert '<html lang="de"' in visitor.html and "Impressum" in visitor.text
    assert 'hreflang="en" href="http://testserver/site/imprint/?lang=en"' in visitor.html
    assert 'rel="canonical" href="http://testserver/site/imprint/?lang=de"' in visitor.html
    visitor.get("/site/imprint/?lang=xx")
    assert '<html lang="en"' in visitor.html


def test_the_sitemap_knows_pages_and_news(shop, visitor, article):
    edition = article("Neu", at=NOW - DAY)
    sitemap = visitor.client.get("/sitemap.xml").content
    ElementTree.fromstring(sitemap)
    for path in ("/site/help/", "/withdraw/", "/news/", f"/news/{edition.slug}/"):
        assert f"<loc>http://testserver{path}</loc>" in sitemap.decode()


def test_machines_read_what_people_read(shop, visitor, article):
    edition = article("</script>", "</script>", at=NOW - DAY)
    for path, kind in (
        ("/", "Organization"),
        ("/site/help/", "FAQPage"),
        (f"/news/{edition.slug}/", "NewsArticle"),
    ):
        visitor.get(path)
        data = json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', visitor.html)[1])
        assert data["@type"] == kind


def test_the_start_page_shows_the_parts_that_were_chosen(shop, visitor, published):
    shop.bike()
    assert "What we sell" in visitor.get("/")
    published("home", at=NOW, title_de="Nur ein Satz", title_en="One sentence only")
    text = visitor.get("/")
    assert "One sentence only" in text and "What we sell" not in text and "Fourteen days" not in text


@pytest.mark.parametrize("path", ["/", "/site/terms/", "/site/about/", "/site/contact/", "/news/"])
def test_pages_ask_at_most_six_statements(shop, visitor, article, published, path):
    shop.bike()
    for number in range(4):
        article(f"Nr. {number}", at=NOW - DAY)
    published("terms", at=NOW - DAY)
    visitor.get(path)
    with CaptureQueriesContext(connection) as asked:
        visitor.get(path)
    # What the shop keeps for a minute (a test's transaction keeps nothing) and the test's own roles do not count.
    kept = (
        "FROM parties_house",
        '"parties_house"',
        "FROM catalogue_category",
        "shippingmethod",
        "SET ROLE",
        "RESET ROLE",
    )
    own = [one["sql"] for one in asked if not any(words in one["sql"] for words in kept)]
    assert len(own) <= 6, [sql[:90] for sql in own]
