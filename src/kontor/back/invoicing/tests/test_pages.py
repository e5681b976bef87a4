"""The pages of billing, as a bookkeeper and others see them."""

import re
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kontor.back.invoicing.models import Invoice
from kontor.back.invoicing.printing import print_documents
from kontor.kernel.actor.identity import the_house
from kontor.kernel.events.dispatching import deliver_all
from kontor.kernel.ids import uuid7
from tests.trade import NOW, Trade


@pytest.fixture
def invoice(trade: Trade) -> Invoice:
    order = trade.order((trade.offering(price="100.00", name="Rad"), 3))
    trade.ship(order)
    return Invoice.objects.get(order=order)


def test_a_bookkeeper_sees_the_list_the_page_and_the_ranges(
    invoice, staff_client, django_assert_max_num_queries
):
    back = staff_client("back", "accounting")
    with django_assert_max_num_queries(12):
        page = back.get("/invoicing/")
    assert page.status_code == 200
    assert b"RE-000001" in page.content
    for query in (
        "?state=open",
        "?state=overdue",
        "?state=settled",
        "?kind=credit_note",
        "?q=RE-",
        "?export=csv",
    ):
        assert back.get("/invoicing/" + query).status_code == 200
    with django_assert_max_num_queries(12):
        page = back.get("/invoicing/RE-000001/")
    assert page.status_code == 200
    assert "305,95" in page.content.decode()
    assert "Lückenlos" in back.get("/invoicing/ranges/").content.decode()
    assert back.get("/invoicing/to-bill/").status_code == 200
    assert back.get("/invoicing/RE-999999/").status_code == 404


@pytest.mark.parametrize(
    ("department", "status"),
    [("accounting", 200), ("order-administration", 200), ("warehouse", 403), ("personnel", 403)],
)
def test_only_who_may_see_invoices_sees_them(invoice, staff_client, department, status):
    back = staff_client("back", department)
    for path in ("/invoicing/", "/invoicing/RE-000001/", "/invoicing/RE-000001/file/", "/invoicing/ranges/"):
        assert back.get(path).status_code == status, path


def test_order_administration_sees_but_neither_bills_nor_credits(invoice, staff_client):
    back = staff_client("back", "order-administration")
    assert back.get("/invoicing/RE-000001/credit/").status_code == 403
    assert back.post("/invoicing/RE-000001/credit/", {}).status_code == 403
    assert back.post(f"/invoicing/to-bill/{invoice.order.number}/", {}).status_code == 403


def test_a_file_that_is_missing_is_asked_for_once_and_then_opens(invoice, staff_client):
    back = staff_client("back", "accounting")
    page = back.get("/invoicing/RE-000001/file/")
    assert page.status_code == 200
    assert page.headers["Refresh"] == "2; url=/invoicing/RE-000001/file/?asked=1"

    print_documents(ids=[invoice.id], asked_for=True, by=the_house(), at=NOW)
    page = back.get("/invoicing/RE-000001/file/?asked=1")
    assert page.headers["Content-Type"] == "application/pdf"
    assert page.content.startswith(b"%PDF-")


def test_two_pieces_are_credited_by_form_and_a_second_click_credits_nothing_more(invoice, staff_client):
    back = staff_client("back", "accounting")
    page = back.get("/invoicing/RE-000001/credit/").content.decode()
    key = re.search(r'name="key" value="([0-9a-f-]{36})"', page)[1]
    line = invoice.lines.get(position=1)
    form = {"key": key, f"quantity_{line.id}": "2", "reason": "Kratzer im Lack"}

    answer = back.post("/invoicing/RE-000001/credit/", form)
    assert (answer.status_code, answer.headers["Location"]) == (302, "/invoicing/GS-000001/")
    assert back.post("/invoicing/RE-000001/credit/", form).status_code == 302
    deliver_all()

    note = Invoice.objects.get(kind="credit_note")
    assert (note.gross_amount, note.tax_amount, note.reason, note.refers_to_id) == (
        Decimal("-200.00"),
        Decimal("-31.93"),
        "Kratzer im Lack",
        invoice.id,
    )
    page = back.get("/invoicing/RE-000001/").content.decode()
    assert "GS-000001" in page
    assert "105,95" in page


@pytest.mark.parametrize("quantity", ["4", "-1", "0,00001", "viel", "1e9", "NaN", "99999999999999999"])
def test_what_cannot_be_credited_is_refused_on_the_form_and_changes_nothing(invoice, staff_client, quantity):
    back = staff_client("back", "accounting")
    line = invoice.lines.get(position=1)
    answer = back.post(
        "/invoicing/RE-000001/credit/",
        {"key": "0192f0c0-0000-7000-8000-000000000001", f"quantity_{line.id}": quantity, "reason": "x"},
    )
    assert answer.status_code == 422
    assert not Invoice.objects.filter(kind="credit_note").exists()


def test_a_credit_note_without_reason_or_quantity_is_refused(invoice, staff_client):
    back = staff_client("back", "accounting")
    for form in (
        {"key": "0192f0c0-0000-7000-8000-000000000001", "reason": "x"},
        {"key": "0192f0c0-0000-7000-8000-000000000001", f"quantity_{invoice.lines.get(position=1).id}": "1"},
        {},
    ):
        assert back.post("/invoicing/RE-000001/credit/", form).status_code == 422
    assert not Invoice.objects.filter(kind="credit_note").exists()


def test_part_of_an_order_is_billed_before_it_is_shipped_and_not_billed_again(trade, staff_client):
    order = trade.order((trade.offering(price="100.00"), 3))
    back = staff_client("back", "accounting")
    page = back.get(f"/invoicing/to-bill/{order.number}/").content.decode()
    key = re.search(r'name="key" value="([0-9a-f-]{36})"', page)[1]
    first = re.search(r'name="(quantity_[0-9a-f-]{36})"', page)[1]

    answer = back.post(f"/invoicing/to-bill/{order.number}/", {"key": key, first: "1"})
    assert answer.headers["Location"] == "/invoicing/RE-000001/"
    back.post(f"/invoicing/to-bill/{order.number}/", {"key": key, first: "1"})
    trade.ship(order)

    amounts = list(Invoice.objects.order_by("number").values_list("gross_amount", "delivered_on"))
    assert amounts == [(Decimal("100.00"), None), (Decimal("205.95"), NOW.date())]


def test_more_than_ordered_is_not_billed(trade, staff_client):
    order = trade.order((trade.offering(price="100.00"), 3))
    back = staff_client("back", "accounting")
    page = back.get(f"/invoicing/to-bill/{order.number}/").content.decode()
    first = re.search(r'name="(quantity_[0-9a-f-]{36})"', page)[1]
    form = {"key": "0192f0c0-0000-7000-8000-000000000001", first: "4"}
    assert back.post(f"/invoicing/to-bill/{order.number}/", form).status_code == 422
    assert not Invoice.objects.exists()


def _count(client, path):
    with CaptureQueriesContext(connection) as asked:
        assert client.get(path).status_code == 200
    return len(asked.captured_queries)


def test_the_list_asks_no_more_for_many_rows_than_for_one(invoice, staff_client):
    back = staff_client("back", "accounting")
    one = _count(back, "/invoicing/")
    Invoice.objects.bulk_create(
        Invoice(
            key=uuid7(),
            number=f"ALT-{place:04d}",
            kind="invoice",
            order=invoice.order,
            party_id=invoice.party_id,
            issued_on=invoice.issued_on,
            due_on=invoice.due_on,
            currency="EUR",
            net_amount=place,
            tax_amount=0,
            gross_amount=place,
            issued_at=NOW,
            house_id=invoice.house_id,
        )
        for place in range(1000)
    )

    # One more counts the rows, once there is more than one page.
    assert _count(back, "/invoicing/") <= one + 1
    assert _count(back, "/invoicing/?state=settled&sort=amount") <= one + 1
