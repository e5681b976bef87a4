"""The import, as the bookkeeper and the warehouse see it: every kind of document the file knows, to the penny."""

import csv
import gzip
import json
from datetime import UTC, date, datetime
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import pytest
from django.db import connection
from django.db.models import F

from kontor.back.invoicing.models import Invoice, InvoiceLine
from kontor.back.invoicing.printing import print_documents
from kontor.back.ledger.models import Entry, EntryLine, Match
from kontor.back.logistics.models import Shipment
from kontor.back.warehouse.models import Move, OnHand
from kontor.bridge.catalogue.models import Offering, Price
from kontor.bridge.documents.models import Document
from kontor.bridge.orders.models import Order, OrderLine
from kontor.bridge.parties.models import House, Party
from kontor.bridge.payments.models import Payment
from kontor.kernel.actor.identity import the_house
from kontor.kernel.events.models import Event
from kontor.kernel.tasks.models import Task
from tests.importing.conftest import HEADER, NOW, ODD_ORDERS, Importer, agrees

SHARED = Path(__file__).resolve().parents[3] / "shared" / "data"


def test_the_house_agrees_with_the_file_to_the_penny(take_over: Importer) -> None:
    report = take_over(ODD_ORDERS)

    assert agrees(report), report["differences"]
    # 39.90 + 8.40 + 25.50 + 100.00 + 0.00 + 2.55 + 1.26 + 20.00 + 43.33 less 5.10 + 21.30 + 8.00 + 2.55
    assert report["net_revenue"] == "203.99"
    assert report["net_revenue_by_month"] == {"2011-01": "140.66", "2011-02": "20.00", "2011-03": "43.33"}
    assert report["net_revenue_by_country"] == {
        "EIRE": "100.00",
        "France": "12.21",
        "Germany": "0.00",
        "Spain": "12.00",
        "United Kingdom": "36.45",
        "Unspecified": "43.33",
    }
    assert (report["invoices"], report["credit_notes"], report["unlinked_credit_notes"]) == (9, 4, 2)
    assert (report["stock_corrections"], report["bad_debts"], report["rejected"]) == (1, 2, 0)


def test_opening_stock_is_each_articles_smallest_deficit_and_no_more(take_over: Importer) -> None:
    take_over(ODD_ORDERS)

    opening = dict(Move.objects.filter(kind="opening").values_list("offering__number", "quantity"))
    # 20001 sells 6 + 4 + 10, gets 2 back and sells 1: never more than 20 are needed. 20005: 2 came back before 5 left.
    assert opening == {"20001": 20, "20002A": 5, "20002a": 1, "20003": 4, "20004": 1, "20005": 3, "20006": 1}
    assert dict(OnHand.objects.values_list("offering__number", "quantity")) == {
        "20001": 2,
        "20002A": 1,
        "20002a": 0,
        "20003": 0,
        "20004": 0,
        "20005": 0,
        "20006": 0,
    }


def test_an_invoice_keeps_its_number_and_the_day_of_its_earliest_line(take_over: Importer) -> None:
    take_over(ODD_ORDERS)

    invoice = Invoice.objects.get(number="500008")
    assert (invoice.issued_on, invoice.gross_amount, invoice.tax_amount, invoice.currency) == (
        date(2011, 1, 3),
        Decimal("1.26"),
        0,
        "GBP",
    )
    order = Order.objects.get(number="500008")
    assert (order.placed_at, order.channel) == (datetime(2011, 1, 3, 23, 59, tzinfo=UTC), "import")
    # In summer London is an hour ahead of UTC: half past eleven at night on March 31st is still March.
    assert Invoice.objects.get(number="500016").issued_on == date(2011, 3, 31)


def test_every_order_is_delivered_billed_and_paid_on_its_day(take_over: Importer) -> None:
    take_over(ODD_ORDERS)

    assert not Order.objects.filter(paid_at=None).exists()
    assert not OrderLine.objects.exclude(delivered_quantity=F("quantity")).exists()
    assert Shipment.objects.count() == 8
    assert not Shipment.objects.filter(delivered_at=None).exists()
    assert set(Order.objects.values_list("state", flat=True)) == {"done"}
    payment = Payment.objects.get(reference="500001")
    assert (payment.amount, payment.received_on) == (Decimal("39.90"), date(2011, 1, 3))
    assert not Payment.objects.filter(amount=0).exists()
    assert Order.objects.get(number="500005").gross_amount == 0


def test_services_have_no_stock_and_are_delivered_all_the_same(take_over: Importer) -> None:
    take_over(ODD_ORDERS)

    services = Offering.objects.filter(kind="service").values_list("number", flat=True)
    assert sorted(services) == ["B", "M", "POST", "gift_0001_20"]
    line = OrderLine.objects.get(order__number="500004")
    assert (line.demand_id, line.delivered_quantity) == (None, 1)
    assert not Move.objects.filter(offering__kind="service").exists()


def test_a_cancellation_refers_to_the_earlier_sale_where_there_is_one(take_over: Importer) -> None:
    take_over(ODD_ORDERS)

    linked = Invoice.objects.get(number="C500006")
    assert linked.refers_to is not None
    assert (linked.kind, linked.refers_to.number, linked.gross_amount) == (
        "credit_note",
        "500001",
        Decimal("-5.10"),
    )
    assert OrderLine.objects.get(order__number="500001", number="20001").returned_quantity == 2
    assert InvoiceLine.objects.filter(invoice__number="C500010", charge=None).count() == 0
    for number in ("C500011", "C500012"):
        unlinked = Invoice.objects.get(number=number)
        assert (unlinked.refers_to, unlinked.order) == (None, None)
    assert Payment.objects.get(reference="C500011").amount == Decimal("-8.00")
    assert Match.objects.filter(credit__document_number="C500011").get().debit.document_number == "C500011"


def test_corrections_are_moves_with_the_files_words_as_reason(take_over: Importer) -> None:
    take_over(ODD_ORDERS)

    move = Move.objects.get(kind="count")
    assert (move.quantity, move.reason, move.reference) == (-3, "damages", "500009")
    assert not Invoice.objects.filter(number="500009").exists()


def test_bad_debts_are_entries_of_their_own(take_over: Importer) -> None:
    take_over(ODD_ORDERS)

    entries = Entry.objects.filter(source="bad_debt")
    sides = EntryLine.objects.filter(entry__in=entries).values_list("account_id", "amount")
    assert sorted(sides) == [
        ("1400", Decimal("-11.06")),
        ("1400", Decimal("1.06")),
        ("2400", Decimal("-1.06")),
        ("2400", Decimal("11.06")),
    ]


def test_who_has_no_number_is_one_collective_party_per_country(take_over: Importer) -> None:
    take_over(ODD_ORDERS)

    collective = Party.objects.filter(organisation="Customers without a number")
    assert sorted(collective.values_list("addresses__country", flat=True)) == ["GB", "IE"]
    assert Party.objects.filter(organisation="Customer 10002").count() == 2  # in France and in Spain
    house = House.objects.get()
    assert (house.currency, house.time_zone) == ("GBP", "Europe/London")


def test_names_are_stored_as_they_are_written(take_over: Importer) -> None:
    take_over(ODD_ORDERS)

    line = OrderLine.objects.get(number="20006")
    assert line.name == "=cmd|' /C calc'!A0 <b>'); DROP TABLE orders_order;--"
    assert OrderLine.objects.get(number="20002A").name == 'BELL, BRASS "OLD"'
    assert OrderLine.objects.get(order__number="500003", number="20001").name == "TEA COSY"


def test_prices_are_dated_by_month(take_over: Importer, tmp_path: Path) -> None:
    file = tmp_path / "prices.csv"
    file.write_bytes(
        HEADER
        + b"600001,20001,COSY,1,2011-01-03 08:00,2.55,1,Spain\n600002,20001,COSY,1,2011-01-04 08:00,2.55,1,Spain\n"
        + b"600003,20001,COSY,1,2011-01-05 08:00,9.00,1,Spain\n600004,20001,COSY,1,2011-03-05 08:00,2.95,1,Spain\n"
    )
    assert agrees(take_over(file))
    prices = Price.objects.filter(offering__number="20001").order_by("valid")
    assert [(price.amount, price.valid.upper) for price in prices] == [
        (Decimal("2.55"), datetime(2011, 3, 1, tzinfo=UTC)),
        (Decimal("2.95"), None),
    ]


def test_a_second_run_changes_nothing(take_over: Importer) -> None:
    take_over(ODD_ORDERS)
    before = _counts()

    report = take_over(ODD_ORDERS)

    assert report["documents_carried"] == 0
    assert agrees(report)
    assert _counts() == before


def test_nobody_is_told_about_the_past(take_over: Importer) -> None:
    take_over(ODD_ORDERS)

    assert set(Event.objects.values_list("actor_kind", flat=True)) == {"takeover"}
    assert Event.objects.filter(type="orders.OrderPlaced").count() == 9


def test_papers_of_the_past_are_printed_when_somebody_asks(take_over: Importer) -> None:
    take_over(ODD_ORDERS)
    asked = Invoice.objects.filter(number__in=["500001", "500005", "C500006", "C500011"])

    assert not Document.objects.exists()
    numbers = print_documents(ids=[paper.id for paper in asked], asked_for=True, by=the_house(), at=NOW)

    assert sorted(numbers) == ["500001", "500005", "C500006", "C500011"]
    assert not Task.objects.exists()


def test_a_longer_file_adds_what_is_new(take_over: Importer, tmp_path: Path) -> None:
    take_over(ODD_ORDERS)
    longer = tmp_path / "longer.csv"
    longer.write_bytes(
        ODD_ORDERS.read_bytes() + b"500020,20001,TEA COSY,5,2011-04-01 08:00,2.55,10001,United Kingdom\n"
    )

    report = take_over(longer)

    assert report["documents_carried"] == 1
    assert report["net_revenue"] == "216.74"
    # Two lay there; three must have been there besides.
    assert OnHand.objects.get(offering__number="20001").quantity == 0
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM warehouse_move WHERE kind = 'opening'")
        assert cursor.fetchone()[0] == 8
    assert agrees(report)


@pytest.mark.shared
@pytest.mark.slow
@pytest.mark.skipif(not SHARED.exists(), reason="the shared data are not here")
def test_the_first_week_of_the_real_file_agrees_to_the_penny(take_over: Importer, tmp_path: Path) -> None:
    file = tmp_path / "week.csv"
    with gzip.open(SHARED / "online_retail" / "online_retail.csv.gz", "rt", encoding="utf-8") as stream:
        file.write_text("".join(line for line, _ in zip(stream, range(12_000), strict=False)), "utf-8")

    report = take_over(file)

    assert agrees(report)
    with file.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    cents = sum(
        (Decimal(row["UnitPrice"]) * int(row["Quantity"])).quantize(Decimal("0.01"), ROUND_HALF_UP)
        for row in rows
    )
    assert Decimal(report["net_revenue"]) == cents
    assert json.dumps(report)


def _counts() -> dict[str, int]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = current_schema()::regnamespace"
        )
        tables = [row[0] for row in cursor.fetchall()]
        counts = {}
        for table in tables:
            cursor.execute(f'SELECT count(*) FROM "{table}"')
            counts[table] = cursor.fetchone()[0]
    return counts
