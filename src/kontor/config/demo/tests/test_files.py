"""The files of the demo house, seen by whoever changes them: nothing dangles, nobody real is named."""

import re
from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest

from kontor.config.demo import reading

SHOP_ART = Path(__file__).resolve().parents[3] / "front" / "shop" / "static" / "shop" / "art"
DRAWINGS = sorted(SHOP_ART.glob("*.svg"))
RESERVED = re.compile(r"@([a-z0-9-]+\.)*(example\.(org|com|net)|example)$")
FICTION = re.compile(r"^\+49 (30 23125 \d{3}|40 66969 \d{3}|69 90009 \d{3}|221 4710 \d{3}|89 99998 \d{3})$")


def test_every_article_stands_in_a_model_and_every_model_in_a_category():
    categories = {row["code"] for row in reading.rows("categories")}
    models = {row["model"]: row for row in reading.rows("models")}
    assert len(reading.rows("offerings")) == 295 and len(models) == 119 and len(categories) == 41
    assert {row["model"] for row in reading.rows("offerings")} == set(models)
    assert {row["category"] for row in models.values()} <= categories
    assert {row["parent"] for row in reading.rows("categories")} - {""} <= categories


def test_every_name_and_text_is_there_in_both_languages():
    for row in reading.rows("models"):
        assert row["name_de"] and row["name_en"] and row["text_de"] != row["text_en"]
        assert row["text_de"].endswith((".", "!")) and row["text_en"].endswith((".", "!"))
    for name in ("categories", "models", "offerings"):
        for row in reading.rows(name):
            assert row["name_de"] and row["name_en"]


@pytest.mark.parametrize(
    ("name", "column"), [("categories", "slug_de"), ("models", "slug_de"), ("offerings", "number")]
)
def test_what_addresses_are_made_of_is_unique(name: str, column: str):
    assert [
        value for value, count in Counter(row[column] for row in reading.rows(name)).items() if count > 1
    ] == []


def test_every_illustration_and_picture_named_exists():
    arts = {row["art"] for name in ("categories", "models") for row in reading.rows(name)}
    assert arts <= {file.stem for file in DRAWINGS}
    with reading.pictures() as files:
        assert {row["picture"] for row in reading.rows("offerings")} - {""} == {file.stem for file in files}
        assert max(file.stat().st_size for file in files) <= 8192


def test_every_price_ends_as_a_shop_would_write_it():
    for name in ("offerings", "older_prices"):
        for row in reading.rows(name):
            price = Decimal(row["gross_price"])
            ending = ".95" if price < 20 else ".90" if price < 200 else "9.00"
            assert row["gross_price"].endswith(ending), row["number"]


def test_nobody_real_can_be_written_to_or_called():
    for row in reading.rows("customers"):
        assert RESERVED.search(row["email"]), row["email"]
        assert not row["phone"] or FICTION.match(row["phone"]), row["phone"]
    assert all(RESERVED.search(row["email"]) for row in reading.rows("staff"))


def test_orders_and_stock_name_what_exists():
    numbers = {row["number"] for row in reading.rows("offerings")}
    places = {row["code"] for row in reading.rows("locations")}
    customers = {row["key"] for row in reading.rows("customers")}
    assert {row["number"] for row in reading.rows("stock")} == numbers
    assert {row["location"] for row in reading.rows("stock")} <= places
    assert {row["number"] for row in reading.rows("orders")} <= numbers
    assert {row["customer"] for row in reading.rows("orders")} <= customers
    assert {row["number"] for row in reading.rows("receipts")} <= numbers


@pytest.mark.parametrize("drawing", DRAWINGS, ids=lambda file: file.stem)
def test_a_drawing_is_small_and_refers_to_nothing(drawing: Path):
    text = drawing.read_text("utf-8")
    assert text.startswith("<svg ") and 'viewBox="' in text and 'id="art"' in text
    assert not re.search(r"<script|<style|<image|<title|style=|href|url\(|\son\w+=", text)
    assert len(text) <= (17 if drawing.stem.startswith("hero") else 12) * 1024
