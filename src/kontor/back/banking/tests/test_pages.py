"""The pages of payments, as bookkeepers and others see them."""

import re
from datetime import date, timedelta
from decimal import Decimal

import pytest

from kontor.back.banking.models import Refund
from kontor.back.ledger.models import OpenItem
from kontor.bridge.payments.models import Payment
from kontor.kernel.events.dispatching import deliver_all
from tests.trade import Trade

TODAY = date.today().isoformat()
KEY = "0192f0c0-0000-7000-8000-000000000001"
PAGES = (
    "/banking/",
    "/banking/record/",
    "/banking/refunds/",
    "/banking/online/",
    "/banking/online/messages/",
)


@pytest.fixture
def order(trade: Trade):
    order = trade.order((trade.offering(price="100.00"), 1))
    trade.ship(order)
    return order


def form(**changes):
    return {
        "key": KEY,
        "amount": "105,95",
        "received_on": TODAY,
        "method": "transfer",
        "reference": "Danke",
        "payer": "A. Behrens",
        "assign": "",
        **changes,
    }


@pytest.mark.parametrize("path", PAGES)
def test_a_bookkeeper_opens_every_page_in_few_statements(
    order, staff_client, path, django_assert_max_num_queries
):
    back = staff_client("back", "accounting")
    with django_assert_max_num_queries(12):
        assert back.get(path).status_code == 200


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("department", ["warehouse", "order-administration"])
def test_others_do_not_see_payments(house, staff_client, path, department):
    assert staff_client("back", department).get(path).status_code == 403


def test_an_order_named_in_the_reference_is_proposed_and_settled(order, staff_client):
    back = staff_client("back", "accounting")
    page = back.post("/banking/record/", form(reference=f"Rechnung zu {order.number.lower()}, danke"))
    assert page.status_code == 200
    assert not Payment.objects.exists()
    assert str(order.id) in page.content.decode()

    answer = back.post("/banking/record/", form(reference=order.number, assign=str(order.id)))
    payment = Payment.objects.get()
    assert answer.headers["Location"] == f"/banking/payments/{payment.id}/"
    assert (payment.amount, payment.order_id, payment.party_id) == (
        Decimal("105.95"),
        order.id,
        order.party_id,
    )
    deliver_all()
    order.refresh_from_db()
    assert order.paid_at is not None
    assert back.get(answer.headers["Location"]).status_code == 200


def test_an_invoice_number_in_the_reference_is_found_too(order, staff_client):
    page = staff_client("back", "accounting").post("/banking/record/", form(reference="RE-000001"))
    assert order.number in page.content.decode()


@pytest.mark.parametrize(
    ("written", "amount"),
    [
        ("1.000,00", "1000.00"),
        ("1.000", "1000.00"),
        ("12,5", "12.50"),
        ("12.50", "12.50"),
        ("1 234,56 €", "1234.56"),
    ],
)
def test_amounts_are_read_as_people_write_them(order, staff_client, written, amount):
    staff_client("back", "accounting").post("/banking/record/", form(amount=written))
    assert Payment.objects.get().amount == Decimal(amount)


def test_a_second_click_records_nothing_more(order, staff_client):
    back = staff_client("back", "accounting")
    for _ in range(2):
        assert back.post("/banking/record/", form()).status_code == 302
    assert Payment.objects.count() == 1


@pytest.mark.parametrize(
    "changes",
    [
        {"amount": "0"},
        {"amount": "-5"},
        {"amount": "viel"},
        {"amount": "NaN"},
        {"amount": "1e30"},
        {"amount": "1,999"},
        {"amount": ""},
        {"received_on": "2999-01-01"},
        {"received_on": "0001-01-01"},
        {"received_on": "gestern"},
        {"method": "provider"},
        {"reference": "x" * 201},
        {"reference": "a\0b"},
        {"payer": "x" * 1_000_000},
        {"key": "keiner"},
        {"assign": KEY},
    ],
)
def test_what_makes_no_sense_is_refused_on_the_form_and_nothing_is_recorded(order, staff_client, changes):
    answer = staff_client("back", "accounting").post("/banking/record/", form(**changes))
    assert answer.status_code == 422
    assert not Payment.objects.exists()


def test_money_of_an_unknown_payer_is_assigned_by_hand(order, staff_client, django_assert_max_num_queries):
    back = staff_client("back", "accounting")
    back.post("/banking/record/", form())
    deliver_all()
    payment = Payment.objects.get()
    credit, debit = OpenItem.objects.get(source="payment"), OpenItem.objects.get(source="invoice")
    with django_assert_max_num_queries(12):
        page = back.get(f"/banking/payments/{payment.id}/").content.decode()
    assert f"amount_{debit.id}" in page, "the amount fits, so the document is proposed"
    key = re.search(r'name="key" value="([0-9a-f-]{36})"', page)[1]

    wrong = back.post(f"/banking/credits/{credit.id}/match/", {"key": key, f"amount_{debit.id}": "200"})
    assert wrong.status_code == 422
    right = back.post(f"/banking/credits/{credit.id}/match/", {"key": key, f"amount_{debit.id}": "100,00"})
    assert right.status_code == 302
    debit.refresh_from_db()
    assert debit.open_amount == Decimal("5.95")
    page = back.get(f"/banking/payments/{payment.id}/?words=RE-").content.decode()
    assert "RE-000001" in page
    assert back.get("/banking/?state=unmatched").status_code == 200


def test_a_refund_goes_through_the_pages_of_two_people(order, trade, staff_client):
    trade.pay(order, Decimal("125.95"))
    credit = OpenItem.objects.get(source="payment")
    maker, checker = staff_client("back", "accounting"), staff_client("back", "accounting")
    asked = {
        "key": KEY,
        "amount": "20,00",
        "iban": "DE02 1203 0000 0000 2020 51",
        "reason": "Zu viel gezahlt",
    }

    wrong = maker.post(
        f"/banking/credits/{credit.id}/refund/", asked | {"iban": "DE02 1203 0000 0000 2020 52"}
    )
    assert wrong.status_code == 422
    maker.post(f"/banking/credits/{credit.id}/refund/", asked)
    refund = Refund.objects.get()
    assert refund.iban == "DE02120300000000202051"
    assert (
        f"/banking/refunds/{refund.id}/approve/"
        not in maker.get(f"/banking/refunds/{refund.id}/").content.decode()
    )
    maker.post(f"/banking/refunds/{refund.id}/approve/")
    assert not Payment.objects.filter(amount__lt=0).exists()

    checker.post(f"/banking/refunds/{refund.id}/approve/")
    assert Payment.objects.get(amount__lt=0).amount == Decimal("-20.00")
    assert checker.get(f"/banking/refunds/{refund.id}/").status_code == 200
    assert checker.get("/banking/?state=out").status_code == 200


def test_the_form_of_an_invoice_begins_with_what_is_open(order, staff_client):
    page = staff_client("back", "accounting").get("/banking/record/?document=RE-000001").content.decode()
    assert 'value="105,95"' in page
    assert str(order.id) in page


def test_what_is_not_there_is_not_found(house, staff_client):
    back = staff_client("back", "accounting")
    for path in (f"/banking/payments/{KEY}/", f"/banking/credits/{KEY}/", f"/banking/refunds/{KEY}/"):
        assert back.get(path).status_code == 404
    for path in (f"/banking/credits/{KEY}/match/", f"/banking/credits/{KEY}/refund/"):
        assert back.post(path, {"key": KEY}).status_code == 404


def test_tomorrow_is_refused(order, staff_client):
    tomorrow = (date.today() + timedelta(days=2)).isoformat()
    assert (
        staff_client("back", "accounting").post("/banking/record/", form(received_on=tomorrow)).status_code
        == 422
    )
