"""The house's own pages, as visitors, robots and watchdogs see them."""

import pytest

from kontor.front.site.pages import PAGES


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("name", [page.slug for page in PAGES])
def test_every_page_is_there_in_both_languages(shop, visitor, name, language):
    visitor.language = language
    visitor.__post_init__()
    visitor.get(f"/site/{name}/")
    assert visitor.status == 200 and f'<html lang="{language}"' in visitor.html


def test_the_imprint_says_who_we_are(shop, visitor):
    text = visitor.get("/site/imprint/")
    assert (
        "Weserrad GmbH" in text and "Speicherhof 1" in text and "DE123456788" in text and "Ken Sander" in text
    )


def test_there_are_no_other_pages(shop, visitor):
    visitor.get("/site/secrets/")
    assert visitor.status == 404


def test_ready_answers_without_a_cookie(shop, visitor):
    assert visitor.client.get("/ready").content == b"ready\n" and not visitor.client.get("/ready").cookies


def test_robots_and_sitemap(shop, visitor):
    shop.bike()
    assert "Disallow: /checkout/" in visitor.client.get("/robots.txt").content.decode()
    sitemap = visitor.client.get("/sitemap.xml").content.decode()
    assert "/product/rennrad-1/</loc>" in sitemap and "/shop/rennraeder/</loc>" in sitemap


def test_switching_the_language_keeps_the_page(shop, visitor):
    shop.bike()
    shop.bike()
    visitor.get("/shop/rennraeder/?sort=price")
    visitor.post("/preferences/", language="de", next="/shop/rennraeder/?sort=price")
    assert visitor.path == "/shop/rennraeder/?sort=price" and "Preis aufsteigend" in visitor.text


def test_every_page_carries_the_policy_that_forbids_foreign_code(shop, visitor):
    headers = visitor.client.get("/").headers
    assert "default-src 'self'" in headers["Content-Security-Policy"] and headers["X-Frame-Options"] == "DENY"
    assert "unsafe" not in headers["Content-Security-Policy"] and headers["Referrer-Policy"] == "same-origin"


def test_no_page_has_inline_styles_or_handlers(shop, visitor):
    shop.bike()
    for path in ("/", "/shop/", "/product/rennrad-1/", "/basket/", "/account/login/", "/site/terms/"):
        visitor.get(path)
        assert " style=" not in visitor.html and " onclick=" not in visitor.html
