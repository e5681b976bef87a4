"""Offerings as somebody in product conception keeps them: drawn up, priced, shown, sold, taken off, by screens."""

import html
import io
import re
import zlib
from decimal import Decimal

import pytest
from conftest import stranger
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from PIL import Image

from kontor.bridge.catalogue.models import Category, Offering, Picture, StorefrontItem, StorefrontPicture
from kontor.bridge.promises.models import Bucket

LEAST = {"kind": "goods", "tax_code": "standard", "unit": "piece"}
PAGE = "/offerings/articles/BELL-1/"
TEXTS = {
    "kind": "goods",
    "name_de": "Klingel",
    "name_en": "Bell",
    "short_de": "Hell und laut.",
    "short_en": "Bright and loud.",
    "text_de": "Aus Messing.",
    "text_en": "Made of brass.",
    "category": "klingeln",
    "color": "",
    "size": "",
    "unit": "piece",
    "weight_g": "120",
    "tax_code": "standard",
    "cost": "3,20",
}


@pytest.fixture(autouse=True)
def pictures_folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def clerk(house, staff_client):
    Category.objects.create(slug="klingeln", name_de="Klingeln", name_en="Bells")
    return staff_client("back", "product-conception", "warehouse")


@pytest.fixture
def bell(clerk):
    made = clerk.post(
        "/offerings/new/",
        {
            "kind": "goods", "number": "BELL-1", "name_de": "Klingel", "name_en": "", "category": "klingeln",
            "price": "12,50", "tax_code": "standard", "unit": "piece",
        },
    )  # fmt: skip
    assert made.status_code == 302 and made["Location"] == PAGE
    return Offering.objects.get(number="BELL-1")


def image(kind="PNG", size=(640, 480), mode="RGB"):
    buffer = io.BytesIO()
    Image.new(mode, size, "teal" if mode == "RGB" else None).save(buffer, kind)
    return buffer.getvalue()


def upload(clerk, content, name="bell.png"):
    return clerk.post(f"{PAGE}pictures/", {"files": SimpleUploadedFile(name, content)})


def shown(clerk):
    """The page as a clerk has it open: the marks of what it shows."""
    page = clerk.get(PAGE).content.decode()
    return {"shown": html.unescape(re.search(r'name="shown" value="([^"]*)"', page)[1])}


def test_two_clerks_on_one_page_keep_what_the_other_wrote(clerk, bell):
    clerk.post(PAGE, TEXTS)
    first, second = shown(clerk), shown(clerk)
    assert clerk.post(PAGE, TEXTS | first | {"name_en": "Brass bell"}).status_code == 302
    assert clerk.post(PAGE, TEXTS | second | {"weight_g": "", "cost": "3,50"}).status_code == 302
    bell.refresh_from_db()
    assert (bell.name_en, bell.weight_g, bell.cost) == ("Brass bell", None, Decimal("3.50"))


def test_what_both_changed_is_refused_once_and_says_what_stands_there(clerk, bell):
    clerk.post(PAGE, TEXTS)
    stale = shown(clerk)
    clerk.post(PAGE, TEXTS | {"name_en": "Brass bell", "cost": "4,00"})
    refused = clerk.post(PAGE, TEXTS | stale | {"name_en": "Loud bell"})
    page = refused.content.decode()
    assert refused.status_code == 422 and "inzwischen auf „Brass bell“" in page
    assert 'value="Loud bell"' in page and 'value="4' in page  # mine is kept, and what I did not touch is new
    bell.refresh_from_db()
    assert bell.name_en == "Brass bell"

    again = {"shown": html.unescape(re.search(r'name="shown" value="([^"]*)"', page)[1])}
    assert clerk.post(PAGE, TEXTS | again | {"name_en": "Loud bell", "cost": "4,00"}).status_code == 302
    bell.refresh_from_db()
    assert (bell.name_en, bell.cost) == ("Loud bell", Decimal("4.00"))


@pytest.mark.parametrize("marks", ["", "no json", "[]", '{"name_en": 7}', '{"nothing": "x"}'])
def test_marks_that_are_none_are_as_no_marks(clerk, bell, marks):
    assert clerk.post(PAGE, TEXTS | {"shown": marks, "cost": "5"}).status_code in (302, 422)
    assert clerk.post(PAGE, TEXTS | {"cost": "5"}).status_code == 302
    bell.refresh_from_db()
    assert bell.cost == Decimal(5)


def test_from_nothing_to_a_sold_article_by_screens_only(clerk, bell):
    assert not bell.is_published and StorefrontItem.objects.filter(number="BELL-1").count() == 0
    assert clerk.post(PAGE, TEXTS).status_code == 302
    upload(clerk, image())
    assert clerk.post(f"{PAGE}sale/").status_code == 302
    page = clerk.get(PAGE).content.decode()
    key = page.split('name="opening-key" value="')[1][:36]
    stock = {
        "opening-key": key,
        "opening-quantity": "7",
        "opening-location": page.split('<option value="')[-1][:36],
    }
    location = page.split('id="id_opening-location"')[1].split('<option value="')[1][:36]
    for _click in range(2):
        clerk.post(f"{PAGE}opening/", stock | {"opening-location": location})
    assert Bucket.objects.get(pool__offering=bell).capacity == 7
    shop = stranger()
    shown = shop.get("/product/klingel/").content.decode()
    assert "Hell und laut." in shown or "Bright and loud." in shown
    assert "12" in shown and "3,20" not in shown and "3.20" not in shown
    assert StorefrontPicture.objects.get().name in shown


def test_a_number_is_used_once(clerk, bell):
    again = clerk.post(
        "/offerings/new/",
        LEAST | {"number": "BELL-1", "name_de": "Andere"},
    )
    assert again.status_code == 422 and "BELL-1" in again.content.decode()
    assert Offering.objects.get(number="BELL-1").name_de == "Klingel"


def test_what_lacks_a_price_or_a_category_does_not_go_on_sale(clerk):
    clerk.post(
        "/offerings/new/",
        LEAST | {"number": "BARE", "name_de": "Nackt"},
    )
    refused = clerk.post("/offerings/articles/BARE/sale/")
    assert refused.status_code == 422 and not Offering.objects.get(number="BARE").is_published


def test_saving_twice_changes_nothing_the_second_time(clerk, bell):
    clerk.post(PAGE, TEXTS)
    before = Offering.objects.values().get(number="BELL-1")
    clerk.post(PAGE, TEXTS)
    assert Offering.objects.values().get(number="BELL-1") == before
    assert before["cost"] == Decimal("3.20") and before["weight_g"] == 120


def test_empty_weight_and_cost_are_taken_away(clerk, bell):
    clerk.post(PAGE, TEXTS)
    clerk.post(PAGE, TEXTS | {"weight_g": "", "cost": ""})
    bell.refresh_from_db()
    assert bell.weight_g is None and bell.cost is None


def test_a_variant_shares_the_page_and_takes_the_price(clerk, bell):
    assert (
        clerk.post(f"{PAGE}variants/", {"variant-number": "BELL-2", "variant-color": "rot"}).status_code
        == 302
    )
    other = Offering.objects.get(number="BELL-2")
    assert other.group_id == bell.group_id and other.name_de == "Klingel, rot"
    assert other.prices.get().amount == Decimal("12.50")


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
def test_a_picture_is_drawn_anew_and_made_smaller(clerk, bell, settings, kind):
    upload(clerk, image(kind, (2400, 1200)), "huge.anything")
    row = Picture.objects.get()
    stored = (settings.MEDIA_ROOT / row.name).read_bytes()
    assert (row.width, row.height) == (1600, 800) and stored[8:12] == b"WEBP"
    assert clerk.get(f"/offerings/pictures/{row.name}").status_code == 200


def bomb():
    """A PNG that says it has 30,000 × 30,000 pixels."""

    def chunk(kind, body):
        return len(body).to_bytes(4) + kind + body + zlib.crc32(kind + body).to_bytes(4)

    head = (30_000).to_bytes(4) * 2 + bytes([8, 0, 0, 0, 0])
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(b"\0" * 1000))
        + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
        b"GIF89a" + b"\0" * 500,
        b"%PDF-1.7",
        image()[:200],
        image(size=(40, 40)),
        bomb(),
    ],
    ids=["empty", "svg", "gif", "pdf", "cut off", "tiny", "bomb"],
)  # fmt: skip
def test_what_is_no_picture_is_refused_and_nothing_is_kept(clerk, bell, settings, content):
    assert upload(clerk, content, "picture.png").status_code == 302
    assert Picture.objects.count() == 0 and list(settings.MEDIA_ROOT.iterdir()) == []


def test_pictures_have_words_and_an_order_and_can_be_removed(clerk, bell, settings):
    for _picture in range(2):
        upload(clerk, image())
    first, second = Picture.objects.order_by("position")
    fields = {}
    for row, position in ((first, 2), (second, 1)):
        fields |= {
            f"alt_de_{row.id.hex}": "Von vorn",
            f"alt_en_{row.id.hex}": "Front",
            f"position_{row.id.hex}": position,
        }
    clerk.post(f"{PAGE}pictures/", fields)
    assert list(Picture.objects.order_by("position").values_list("id", flat=True)) == [second.id, first.id]
    clerk.post(f"{PAGE}pictures/", fields | {"remove": str(first.id)})
    assert Picture.objects.get().id == second.id and not (settings.MEDIA_ROOT / first.name).exists()


def test_a_price_for_later_is_shown_and_can_be_taken_back(clerk, bell):
    clerk.post(
        f"{PAGE}prices/",
        {"price-amount": "9,90", "price-customer_group": "list", "price-valid_from": "2999-01-01"},
    )
    later = bell.prices.order_by("-valid").first()
    assert later.amount == Decimal("9.90") and bell.prices.count() == 2
    clerk.post(
        f"{PAGE}prices/end/",
        {"customer_group": "list", "min_quantity": "0", "valid_from": later.valid.lower.isoformat()},
    )
    assert [price.amount for price in bell.prices.filter(valid__endswith=None)] == [Decimal("12.50")]
    assert bell.prices.count() == 1


def test_the_list_costs_the_same_for_few_and_for_many(clerk, trade):
    def statements():
        with CaptureQueriesContext(connection) as log:
            assert clerk.get("/offerings/").status_code == 200
        return len(log)

    trade.offering()
    few = statements()
    for _article in range(30):
        trade.offering(stock=0)
    assert statements() <= few + 1  # the count, when there is more than one page


def test_who_may_only_read_changes_nothing(bell, staff_client):
    reader = staff_client("back", "purchasing")
    assert reader.get(PAGE).status_code == 200
    assert reader.post(PAGE, TEXTS).status_code == 403
    assert reader.post(f"{PAGE}sale/").status_code == 403
    bell.refresh_from_db()
    assert not bell.is_published


def test_a_new_offering_stands_in_the_only_category_and_has_the_next_number(clerk, bell):
    page = clerk.get("/offerings/new/").content.decode()
    assert re.search(r'name="number"[^>]*value="BELL-2"|value="BELL-2"[^>]*name="number"', page)
    assert '<option value="klingeln" selected>' in page
    Offering.objects.create(number="BELL-2", name_de="Zwei", name_en="Two")
    assert 'value="BELL-3"' in clerk.get("/offerings/new/").content.decode()


def test_the_first_number_is_given_and_a_second_category_must_be_chosen(clerk):
    Category.objects.create(slug="lampen", name_de="Lampen", name_en="Lamps")
    page = clerk.get("/offerings/new/").content.decode()
    assert 'value="1001"' in page and '<option value="" selected>' in page


def test_a_price_shows_the_last_day_that_was_asked_for(clerk, bell):
    asked = {"price-amount": "9", "price-customer_group": "list", "price-min_quantity": ""}
    days = {"price-valid_from": "2099-12-24", "price-valid_until": "2099-12-24"}
    assert clerk.post(f"{PAGE}prices/", asked | days).status_code == 302
    page = re.sub(r"\s+", " ", clerk.get(PAGE).content.decode())
    assert "24.12.2099 – 24.12.2099" in page and "25.12.2099 –" in page
    assert "– 23.12.2099" in page, "the price before it ends the day before"
