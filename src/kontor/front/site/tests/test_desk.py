"""Writing the website at the counter, through the pages themselves."""

import io
import re
from datetime import UTC, datetime, timedelta
from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from kontor.front.site.models import Draft, Edition
from kontor.kernel.ids import uuid7
from tests.trade import Trade

NOW = datetime.now(UTC)


@pytest.fixture
def press(trade: Trade, staff_client):
    client = staff_client("desk", "press")
    client.cookies["kontor_language"] = "en"
    return client


def text_of(response):
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", response.content.decode())).split())


def test_an_empty_house_lists_every_page_with_its_starting_text(press):
    text = text_of(press.get("/website/"))
    assert text.count("Starting text") == 9 and text.count("To be checked") == 4
    assert "4 legal texts have not been checked" in text
    assert "No articles yet" in text_of(press.get("/website/news/"))


def test_from_the_starting_text_to_a_published_page(press):
    page = press.get("/website/about/").content.decode()
    assert "Wir sind [[name]] in [[city]]." in page and 'name="version" value="0"' in page
    saved = press.post(
        "/website/about/",
        {
            "version": 0,
            "title_de": "Wir",
            "title_en": "Us",
            "body_de": "Moin",
            "body_en": "Hi",
            "publish": "1",
        },
    )
    assert saved.url == "/website/about/publish/" and Draft.objects.get().body_de == "Moin"
    assert "Moin" in text_of(press.get(saved.url))
    done = press.post(saved.url, {"version": 1, "valid_from": "", "valid_until": "", "note": "Kürzer"})
    assert done.url == "/website/about/"
    text = text_of(press.get(done.url))
    assert "Version 1" in text and "Kürzer" in text and "Shown since" in text


def test_dates_are_read_on_the_houses_clock(press):
    press.post("/website/about/", {"version": 0, "title_de": "Wir"})
    press.post("/website/about/publish/", {"version": 1, "valid_from": "2099-07-01T08:00", "valid_until": ""})
    assert Edition.objects.get().valid_from == datetime(2099, 7, 1, 6, 0, tzinfo=UTC)
    assert "Planned for" in text_of(press.get("/website/"))


def test_a_colleagues_words_are_not_lost_and_neither_are_mine(press):
    press.post("/website/about/", {"version": 0, "title_de": "Erste"})
    answer = press.post("/website/about/", {"version": 0, "title_de": "Zweite", "body_de": "Mein Text"})
    assert answer.status_code == 422 and "has changed this text meanwhile" in text_of(answer)
    assert "Mein Text" in answer.content.decode() and Draft.objects.get().title_de == "Erste"


def test_the_preview_shows_both_languages_and_keeps_nothing(press):
    answer = press.post(
        "/website/about/preview/",
        {"version": 0, "title_de": "Wir", "body_de": "**fett** <script>", "body_en": "bold"},
    )
    html = answer.content.decode()
    assert "<strong>fett</strong>" in html and "<script>" not in html and "bold" in html
    assert not Draft.objects.exists()


def test_an_article_from_its_title_to_the_website_and_off_it(press):
    begun = press.post("/website/news/new/", {"key": str(uuid7()), "title_de": "Tag der offenen Tür"})
    slug = Draft.objects.get().slug
    assert begun.url == f"/website/{slug}/" and slug.endswith("tag-der-offenen-tuer")
    assert "Not shown yet" in text_of(press.get("/website/news/"))
    press.post(f"/website/{slug}/publish/", {"version": 1})
    assert "Shown since" in text_of(press.get("/website/news/"))
    press.post(f"/website/{slug}/1/take-back/")
    assert "No longer shown" in text_of(press.get("/website/news/"))


def test_a_legal_text_is_not_taken_off(press):
    press.post("/website/terms/", {"version": 0, "title_de": "AGB", "is_checked": "on"})
    press.post("/website/terms/publish/", {"version": 1})
    press.post("/website/terms/1/take-back/")
    assert Edition.objects.get().valid_until is None
    assert "To be checked" not in text_of(press.get("/website/terms/"))


def test_too_long_texts_are_refused_and_stay_on_the_page(press):
    answer = press.post("/website/about/", {"version": 0, "title_de": "x" * 200})
    assert answer.status_code == 422 and "x" * 200 in answer.content.decode()
    assert not Draft.objects.exists()


def test_a_picture_is_looked_at_kept_and_shown(press, settings, tmp_path):
    settings.MEDIA_ROOT = str(tmp_path)
    drawn = io.BytesIO()
    Image.new("RGB", (400, 300), "teal").save(drawn, "PNG")
    file = SimpleUploadedFile("workshop.png", drawn.getvalue(), content_type="image/png")
    press.post("/website/about/", {"version": 0, "title_de": "Wir", "upload": file})
    name = Draft.objects.get().picture
    assert name.startswith("site-") and (tmp_path / name).is_file()
    assert f"/website/pictures/{name}" in press.get("/website/about/").content.decode()
    assert press.get(f"/website/pictures/{name}")["Content-Type"] == "image/webp"


def test_a_file_that_is_no_picture_is_refused_and_the_words_stay(press):
    file = SimpleUploadedFile("workshop.png", b"<script>", content_type="image/png")
    answer = press.post("/website/about/", {"version": 0, "title_de": "Wir", "upload": file})
    assert answer.status_code == 422 and "is no picture that can be shown" in text_of(answer)
    assert 'value="Wir"' in answer.content.decode() and not Draft.objects.exists()


def test_unknown_pages_and_pictures_are_not_found(press):
    for path in (
        "/website/nothing/",
        "/website/about/7/",
        "/website/pictures/..%2Fsecret",
        "/website/about/publish/",
    ):
        assert press.get(path).status_code in (404, 409), path


def test_lists_ask_the_same_number_of_statements_for_one_and_for_many_articles(
    press, django_assert_max_num_queries
):
    for number in range(14):
        Edition.objects.create(
            slug=f"n-{number}", kind="news", number=1, title_de=f"Nr. {number}",
            valid_from=NOW + timedelta(seconds=number), published_at=NOW, published_by="Ken",
        )  # fmt: skip
    for path in ("/website/", "/website/news/", "/website/news/?page=2", "/website/n-1/"):
        with django_assert_max_num_queries(12):
            assert press.get(path).status_code == 200
