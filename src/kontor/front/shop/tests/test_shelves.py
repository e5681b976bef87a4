"""What a visitor finds: shelves, filters, search. Seen through the pages."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kontor.bridge.catalogue.models import Offering
from kontor.front.shop.shelves import Wish, size_order
from kontor.front.shop.tests.shopping import Shop, Shopper


@pytest.fixture
def stocked(shop):
    road = shop.group("rennrad-alpha", "Rennrad Alpha", "Road Bike Alpha")
    shop.article(road, color="red", size="52", price="1200.00", stock=3)
    shop.article(road, color="black", size="56", price="1300.00", stock=0)
    shop.article(
        shop.group("rennrad-beta", "Rennrad Beta", "Road Bike Beta"), color="red", size="44", price="80.00"
    )
    shop.article(shop.group("sattel-weich", "Sattel Weich", "Soft Saddle", "saettel"), price="49.90")
    return shop


def titles(visitor: Shopper) -> list[str]:
    return re.findall(r'<h3><a href="/product/[^"]+">([^<]+)</a></h3>', visitor.html)


def test_a_shelf_shows_what_stands_on_it_and_below_it(stocked, visitor):
    visitor.get("/shop/fahrraeder/")
    assert titles(visitor) == ["Road Bike Alpha", "Road Bike Beta", "Soft Saddle"]
    visitor.get("/shop/saettel/")
    assert titles(visitor) == ["Soft Saddle"]


@pytest.mark.parametrize("words", ["Sättel", "saettel", "SATTEL", "sattel weich", "Satel", "saddle", "Sadle"])
def test_search_forgives_umlauts_case_typing_errors_and_the_other_language(stocked, visitor, words):
    visitor.get(f"/shop/?q={words}")
    assert titles(visitor) == ["Soft Saddle"]


def test_search_finds_plurals_that_change_their_vowel(stocked, visitor):
    visitor.get("/shop/?q=Fahrrad")
    assert len(titles(visitor)) == 3


def test_search_by_article_number(stocked, visitor):
    visitor.get("/shop/?q=ART-003")
    assert titles(visitor) == ["Road Bike Beta"]


def test_a_search_without_result_says_what_to_do(stocked, visitor):
    text = visitor.get("/shop/?q=zzzzqqqq")
    assert "Nothing found" in text and "Check the spelling" in text and visitor.status == 200


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("color=red", ["Road Bike Alpha", "Road Bike Beta"]),
        ("color=black", ["Road Bike Alpha"]),
        ("color=red&size=44", ["Road Bike Beta"]),
        ("color=black&free=1", []),
        ("price=1", ["Road Bike Beta"]),
        ("price=0&price=3", ["Road Bike Alpha"]),
        ("sort=-price", ["Road Bike Alpha", "Road Bike Beta"]),
        ("sort=price", ["Road Bike Beta", "Road Bike Alpha"]),
    ],
)
def test_filters_hold_for_one_and_the_same_article(stocked, visitor, query, found):
    visitor.get(f"/shop/rennraeder/?{query}")
    assert titles(visitor) == found


def test_each_facet_counts_what_the_other_filters_leave(stocked, visitor):
    text = visitor.get("/shop/rennraeder/?color=red")
    assert "Red 2" in text and "Black 1" in text  # its own facet is not narrowed by itself
    assert "52 1" in text and "44 1" in text and "56" not in text


@pytest.mark.parametrize(
    "query",
    ["page=0", "page=-3", "page=999999999999", "page=x", "page=²", "price=9", "price=x", "sort=drop", "q=%00",
     "q=" + "x" * 5000, "q=%25_%27%22\\", "color=" + "y" * 900, "&".join(["size=1"] * 500), "shelf=%00", "q=%ff%fe"],
)  # fmt: skip
def test_a_senseless_address_shows_a_page_all_the_same(stocked, visitor, query):
    visitor.get(f"/shop/?{query}")
    assert visitor.status == 200


def test_who_asks_for_a_colour_sees_its_picture(stocked, visitor):
    for number, picture in (("ART-001", "red.webp"), ("ART-002", "black.webp")):
        Offering.objects.filter(number=number).update(picture=picture)
    stocked.publish()
    visitor.get("/shop/rennraeder/")
    assert "/pictures/red.webp" in visitor.html
    visitor.get("/shop/rennraeder/?color=black")
    assert "/pictures/black.webp" in visitor.html and "/pictures/red.webp" not in visitor.html


def test_an_unknown_shelf_does_not_exist(stocked, visitor):
    visitor.get("/shop/nowhere/")
    assert visitor.status == 404 and "This page does not exist" in visitor.text


def test_pages_of_24(shop: Shop, visitor):
    for number in range(26):
        shop.article(shop.group(f"rad-{number}", f"Rad {number:02d}", f"Bike {number:02d}"), stock=1)
    visitor.get("/shop/rennraeder/")
    assert len(titles(visitor)) == 24 and "Page 1 of 2" in visitor.text
    visitor.get("/shop/rennraeder/?page=2")
    assert titles(visitor) == ["Bike 24", "Bike 25"]


def test_a_search_without_result_leads_to_a_wish_and_every_page_to_what_delivery_costs(stocked, visitor):
    text = visitor.get("/shop/?q=klavier")
    assert "Wish for it." in text
    (wish,) = re.findall(r'href="([^"]*)"[^>]*>[^<]*Wish for it', visitor.html)
    assert visitor.client.get(wish).status_code == 200
    assert 'href="/site/shipping/">Plus delivery.</a>' in visitor.html


def test_machines_read_what_a_shelf_is_and_which_page_of_it(shop: Shop, visitor):
    for number in range(26):
        shop.article(shop.group(f"rad-{number}", f"Rad {number:02d}", f"Bike {number:02d}"), stock=1)
    visitor.get("/shop/rennraeder/?page=2")
    assert re.search(r'<meta name="description" content="Road Bikes at [^"]+">', visitor.html)
    assert re.search(r'rel="canonical" href="[^"]+/shop/rennraeder/\?page=2"', visitor.html)
    assert "<title>Road Bikes · Page 2 of 2 · " in visitor.html and '"BreadcrumbList"' in visitor.html
    visitor.get("/shop/?q=rad")
    assert 'name="description"' not in visitor.html and "noindex" in visitor.html


def statements(visitor: Shopper, path: str) -> int:
    visitor.get(path)  # the facts of a real process are kept; here they are read once more in the transaction
    with CaptureQueriesContext(connection) as log:
        visitor.get(path)
    facts = (
        "orders_shippingmethod",
        "parties_house",
        "catalogue_category",
        "SET ROLE",
        "set_config",
        "rules_taxrate",
    )
    return sum(not any(word in entry["sql"] for word in facts) for entry in log.captured_queries)


@pytest.mark.parametrize(
    "path", ["/", "/shop/rennraeder/", "/shop/?q=rad&color=red", "/product/rennrad-alpha/", "/basket/"]
)
def test_no_page_needs_more_than_six_statements(stocked, visitor, path):
    visitor.put(stocked.bike())
    assert statements(visitor, path) <= 6


def test_sizes_are_sorted_as_people_do():
    assert sorted(["XL", "62", "S", "M", "44", "70 oz"], key=size_order) == [
        "S",
        "M",
        "XL",
        "44",
        "62",
        "70 oz",
    ]


def test_a_wish_survives_its_own_address():
    wish = Wish(text="rot & groß", colors=("red",), sizes=("52",), prices=(0,), only_free=True, sort="price")
    assert wish.address() == "?q=rot+%26+gro%C3%9F&color=red&size=52&price=0&free=1&sort=price"
    assert wish.without("colors", "red") == "?q=rot+%26+gro%C3%9F&size=52&price=0&free=1&sort=price"
