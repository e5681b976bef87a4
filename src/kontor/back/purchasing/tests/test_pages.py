"""The pages of purchasing, as a buyer and others see them."""

from decimal import Decimal

import pytest

from kontor.back.purchasing.models import PurchaseLine, PurchaseOrder, Shift, Supplier
from kontor.back.warehouse.models import OnHand
from kontor.kernel.ids import uuid7


@pytest.fixture
def buyer(house, staff_client):
    return staff_client("back", "purchasing")


def new_order(offering, buying, **changes):
    data = {
        "key": str(uuid7()),
        "supplier": str(buying.supplier),
        "expected_on": "2099-12-04",
        "article_1": offering.number,
        "quantity_1": "4",
        "price_1": "12,50",
        "note": "",
    }
    return data | changes


def test_the_list_begins_with_what_is_still_to_come_and_shows_what_is_late(buyer, trade, buying):
    late, soon = buying.order((trade.offering(), 1), days=-2), buying.order((trade.offering(), 1), days=3000)
    assert buyer.get("/purchasing/").headers["Location"] == "/purchasing/?step=open"
    page = buyer.get("/purchasing/?step=open").content.decode()
    assert late.number in page and soon.number in page and "Überfällig" in page
    only = buyer.get("/purchasing/?step=late").content.decode()
    assert late.number in only and soon.number not in only
    answer = buyer.get("/purchasing/?step=all&export=csv")
    with buyer.inside():
        assert len(b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()) == 3


def test_the_statements_do_not_grow_with_the_rows(buyer, trade, buying, django_assert_max_num_queries):
    bought = buying.order((trade.offering(stock=0), 60))
    for path in ("/purchasing/?step=open", f"/purchasing/{bought.number}/", "/purchasing/suppliers/"):
        with django_assert_max_num_queries(12) as few:
            assert buyer.get(path).status_code == 200
        for _ in range(8):
            buying.order((trade.offering(), 1), (trade.offering(), 2))
        with django_assert_max_num_queries(12) as many:
            buyer.get(path)
        assert len(many) <= len(few), path


def test_goods_are_ordered_once_with_one_form(buyer, trade, buying):
    lamp, bell = trade.offering(), trade.offering()
    data = new_order(lamp, buying) | {"article_2": bell.number, "quantity_2": "3", "price_2": "1"}
    for _ in range(2):
        assert buyer.post("/purchasing/new/", data).status_code == 302
    lines = PurchaseLine.objects.order_by("position").values_list("quantity", "unit_price")
    assert list(lines) == [(4, Decimal("12.5")), (3, 1)]
    assert PurchaseOrder.objects.count() == 1


@pytest.mark.parametrize(
    "changes",
    [
        {"article_1": "NICHTS"},
        {"article_1": "VERSAND"},
        {"article_1": "a\0b"},
        {"quantity_1": "0"},
        {"quantity_1": "-1"},
        {"quantity_1": ""},
        {"price_1": "-1"},
        {"price_1": "NaN"},
        {"price_1": ""},
        {"supplier": "00000000-0000-0000-0000-000000000000"},
        {"expected_on": "morgen"},
        {"key": ""},
    ],
)
def test_a_form_with_nonsense_orders_nothing(buyer, trade, buying, changes):
    data = new_order(trade.offering(), buying, **changes)
    assert buyer.post("/purchasing/new/", data).status_code == 422
    assert not PurchaseOrder.objects.exists()


def test_a_second_line_needs_quantity_and_price(buyer, trade, buying):
    data = new_order(trade.offering(), buying, article_2=trade.offering().number)
    assert buyer.post("/purchasing/new/", data).status_code == 422


def test_a_house_without_suppliers_says_what_to_do(buyer, house):
    page = buyer.get("/purchasing/new/").content.decode()
    assert "/purchasing/suppliers/" in page and "Noch kein Lieferant" in page
    data = {"key": str(uuid7()), "name": "Acme", "email": "", "phone": "", "lead_days": "7", "note": ""}
    for _ in range(2):
        assert buyer.post("/purchasing/suppliers/", data).status_code == 302
    assert buyer.post("/purchasing/suppliers/", data | {"key": str(uuid7())}).status_code == 422
    assert Supplier.objects.get().number.startswith("L-")


def test_a_day_is_confirmed_moved_and_the_goods_received_in_parts(buyer, trade, buying):
    lamp, bell = trade.offering(stock=0), trade.offering(stock=0)
    bought = buying.order((lamp, 10), (bell, 5))
    url = f"/purchasing/{bought.number}/"
    buyer.post(f"{url}confirm/", {"day": "irgendwann"})
    buyer.post(f"{url}confirm/", {"day": "2099-05-05"})
    bought.refresh_from_db()
    assert bought.state == "confirmed" and Shift.objects.count() == 2
    line = bought.lines.get(offering=lamp)
    deed = {
        "ids": [str(line.id)],
        "next": url,
        "move": "1",
        "day": "2099-06-01",
        "reason": "transport",
        "note": "Zoll",
    }
    assert buyer.post("/purchasing/move/", deed).status_code == 302
    assert Shift.objects.filter(line=line).count() == 2
    text = buyer.get(url).content.decode()
    assert "Zoll" in text and "Der Weg zu uns dauert länger als geplant." in text
    came = {
        "key": str(uuid7()),
        "location": str(trade.location.id),
        "reference": "LS 7",
        f"came_{line.id.hex}": "4",
        f"came_{bought.lines.get(offering=bell).id.hex}": "",
    }
    for _ in range(2):
        assert buyer.post(f"{url}receive/", came).status_code == 302
    assert OnHand.objects.get().quantity == 4
    bought.refresh_from_db()
    assert bought.state == "partly"
    assert "LS 7" in buyer.get(url).content.decode()
    buyer.post(f"{url}cancel/", {"reason": "Rest nicht mehr nötig"})
    bought.refresh_from_db()
    assert bought.state == "received"
    assert "Alles" in buyer.get(url).content.decode()
    assert buyer.get(f"{url}receive/").status_code == 200


def test_what_came_of_a_line_closed_meanwhile_is_not_passed_over(buyer, trade, buying):
    lamp, bell = trade.offering(stock=0), trade.offering(stock=0)
    bought = buying.order((lamp, 10), (bell, 5))
    first, second = bought.lines.get(offering=lamp), bought.lines.get(offering=bell)
    came = {
        "key": str(uuid7()),
        "location": str(trade.location.id),
        "reference": "LS 7",
        f"came_{first.id.hex}": "4",
        f"came_{second.id.hex}": "5",
    }
    buying.receive(bought, {first: 1}, last=True)  # a colleague, while the page is open
    url = f"/purchasing/{bought.number}/receive/"
    refused = buyer.post(url, came)
    assert refused.status_code == 422 and lamp.number in refused.content.decode()
    assert "Es wurde nichts gebucht" in refused.content.decode()
    assert not OnHand.objects.filter(offering=bell).exists()
    for _ in range(2):
        assert buyer.post(url, {**came, f"came_{first.id.hex}": ""}).status_code == 302
    assert OnHand.objects.get(offering=bell).quantity == 5 and OnHand.objects.get(offering=lamp).quantity == 1


@pytest.mark.parametrize("ids", [[], ["x"], ["00000000-0000-0000-0000-000000000000"]])
def test_moving_nothing_or_nonsense_changes_nothing(buyer, house, ids):
    deed = {"ids": ids, "move": "1", "day": "2099-06-01", "reason": "capacity"}
    assert buyer.post("/purchasing/move/", deed).status_code == 302


def test_the_warehouse_page_receives_a_part_of_a_purchase_and_nothing_of_production(
    staff_client, trade, buying
):
    lamp = trade.offering(stock=0)
    line = buying.order((lamp, 10)).lines.get()
    storekeeper = staff_client("back", "warehouse")
    data = {
        "key": str(uuid7()),
        "quantity": "4",
        "location": str(trade.location.id),
        "receipt": str(line.bucket_id),
        "reference": "",
    }
    assert storekeeper.post(f"/warehouse/articles/{lamp.number}/receive/", data).status_code == 302
    line.bucket.refresh_from_db()
    assert (line.bucket.capacity, line.bucket.closed_at) == (6, None)
    line.bucket.made_by = "production"
    line.bucket.save(update_fields=["made_by"])
    again = data | {"key": str(uuid7())}
    assert storekeeper.post(f"/warehouse/articles/{lamp.number}/receive/", again).status_code == 422


def test_the_palette_finds_an_order_by_its_number_and_the_first_page_tells_what_is_late(buyer, trade, buying):
    bought = buying.order((trade.offering(), 1), days=-2)
    assert buyer.get(f"/search/?q={bought.number}").url == f"/purchasing/{bought.number}/"
    assert "/purchasing/?step=late" in buyer.get("/").content.decode()


@pytest.mark.parametrize("path", ["/purchasing/BE-0/", "/purchasing/%00/", "/purchasing/BE-0/receive/"])
def test_a_number_that_is_none_is_not_found(buyer, house, path):
    assert buyer.get(path).status_code == 404
