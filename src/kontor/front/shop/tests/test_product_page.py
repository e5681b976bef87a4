"""The article page, as a visitor and as a search engine see it."""

import json
import re
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from kontor.bridge.promises.actions import plan_receipts
from kontor.bridge.voice.models import SearchMiss
from kontor.kernel.actor.identity import the_house


@pytest.fixture
def alpha(shop):
    group = shop.group("rennrad-alpha", "Rennrad Alpha", "Road Bike Alpha")
    shop.article(group, color="red", size="52", price="1200.00", stock=3)
    shop.article(group, color="red", size="56", price="1250.00", stock=9)
    shop.article(group, color="black", size="56", price="1300.00", stock=0)
    return group


def test_price_tax_stock_and_arrival_stand_on_the_page(shop, alpha, visitor):
    text = visitor.get("/product/rennrad-alpha/?variant=ART-002")
    assert "€1,250.00" in text and "including 19% VAT" in text and "delivery is free" in text
    assert "In stock" in text and "with you by" in text
    assert "Packing takes 1 working day" in text  # the reason, unfolded by “Why?”
    assert "The standard rate of value added tax in Germany is 19 %." in text


def test_few_pieces_are_said_many_are_not(shop, alpha, visitor):
    assert "Only 3 left" in visitor.get("/product/rennrad-alpha/?variant=ART-001")
    text = visitor.get("/product/rennrad-alpha/?variant=ART-002")
    assert "In stock with you by" in text and "9 left" not in text


def test_what_is_sold_out_cannot_be_bought_and_points_to_the_others(shop, alpha, visitor):
    text = visitor.get("/product/rennrad-alpha/?variant=ART-003")
    assert "Sold out" in text and "Choose another colour or size" in text and "Add to basket" not in text


def test_what_is_on_its_way_says_when_it_comes(shop, alpha, visitor):
    at = datetime.now(UTC)
    offering = alpha.offerings.get(number="ART-003")
    shop.trade.stock(offering, 1)
    shop.trade.order((offering, 1))
    plan_receipts(
        receipts=[(offering.id, at + timedelta(days=30), Decimal(4), "FA-1")], by=the_house(), at=at
    )
    text = visitor.get("/product/rennrad-alpha/?variant=ART-003")
    assert "Back in stock on" in text and "with you by" in text and "Add to basket" in text


def test_colours_and_sizes_are_links(shop, alpha, visitor):
    visitor.get("/product/rennrad-alpha/?variant=ART-002")
    links = re.findall(r'<a class="swatch([^"]*)" href="([^"]+)"( aria-current="true")?', visitor.html)
    assert links == [
        ("", "?variant=ART-002", ' aria-current="true"'),
        (" is-out", "?variant=ART-003", ""),
        ("", "?variant=ART-001", ""),
        ("", "?variant=ART-002", ' aria-current="true"'),
    ]


def test_an_unknown_variant_shows_one_that_is_there(shop, alpha, visitor):
    visitor.get("/product/rennrad-alpha/?variant=nonsense%00")
    assert visitor.status == 200 and "ART-001" in visitor.text


def test_structured_data_is_what_the_page_says_and_cannot_end_its_script(shop, visitor):
    group = shop.group("boese", "x", "</script><script>alert(1)</script>")
    shop.article(group, price="10.00")
    visitor.get("/product/boese/")
    text = re.search(r'<script type="application/ld\+json">(.*?)</script>', visitor.html)[1]
    page = json.loads(text)
    assert page["name"] == "</script><script>alert(1)</script>"
    assert (
        page["offers"]["price"] == "10.00" and page["offers"]["availability"] == "https://schema.org/InStock"
    )
    assert "<script>alert" not in visitor.html


def test_both_languages(shop, alpha, visitor):
    visitor.language = "de"
    visitor.__post_init__()
    text = visitor.get("/product/rennrad-alpha/?variant=ART-002")
    assert (
        "Rennrad Alpha" in text
        and "1.250,00 €" in text
        and "inkl. 19 % MwSt." in text
        and "In den Warenkorb" in text
    )


def test_an_unpublished_article_is_no_page(shop, alpha, visitor):
    for offering in alpha.offerings.all():
        shop.take_off(offering)
    text = visitor.get("/product/rennrad-alpha/")
    assert visitor.status == 404 and "This page does not exist" in text and "This comes close" not in text


def test_what_is_gone_leads_to_what_comes_close_and_is_no_search_in_vain(shop, alpha, visitor):
    text = visitor.get("/product/rennrad-alpha-2019/")
    assert visitor.status == 404 and "This comes close" in text and "/product/rennrad-alpha/" in visitor.html
    visitor.get("/product/zzzzqqqq/")
    assert visitor.status == 404 and not SearchMiss.objects.exists()


def test_machines_read_the_way_to_the_page_and_what_to_show_of_it(shop, alpha, visitor):
    visitor.get("/product/rennrad-alpha/")
    _product, way = re.findall(r'<script type="application/ld\+json">(.*?)</script>', visitor.html)
    steps = json.loads(way)["itemListElement"]
    assert [step["name"] for step in steps][-1] == "Road Bike Alpha"
    assert [step["position"] for step in steps] == list(range(1, len(steps) + 1))
    assert all(step["item"].startswith("http") for step in steps)
    assert '<meta property="og:title" content="Road Bike Alpha">' in visitor.html


def test_pictures_are_served_from_the_house_and_from_nowhere_else(shop, visitor, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    (tmp_path / "101.webp").write_bytes(b"RIFFxxxxWEBP")
    assert visitor.client.get("/pictures/101.webp").headers["Content-Type"] == "image/webp"
    for name in (
        "../settings.py",
        "..%2fsecrets%2fx",
        "none.webp",
        "101.webp%00.png",
        ".hidden.webp",
        "x.exe",
    ):
        assert visitor.client.get(f"/pictures/{name}").status_code == 404
