"""Printing invoices, as the worker and the customer who gets the file see it."""

from decimal import Decimal
from uuid import uuid4

import pytest
import time_machine
from django.db import DatabaseError, connection, transaction

from kontor.back.invoicing.correcting import credit_cancelled
from kontor.back.invoicing.models import Invoice
from kontor.back.invoicing.printing import paper_of, print_documents
from kontor.back.invoicing.queries import documents_to_print
from kontor.bridge.documents.models import Document, DocumentFile
from kontor.bridge.documents.rendering.freezing import from_dict
from kontor.bridge.documents.rendering.press import Printed
from kontor.bridge.documents.rendering.violation import Violation
from kontor.bridge.orders.actions import cancel_order
from kontor.kernel.actor.identity import the_house
from kontor.kernel.events.dispatching import deliver_all
from kontor.kernel.events.models import Event
from kontor.kernel.tasks.models import Mail, Task
from tests.trade import NOW, Trade

BY = the_house()


def jobs() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT args ->> 'path' FROM procrastinate_jobs ORDER BY id")
        return [row[0] for row in cursor.fetchall()]


@pytest.fixture
def invoice(trade: Trade) -> Invoice:
    """A shipped and billed order of a bicycle and two bells."""
    bicycle, bell = trade.offering(price="1099.00"), trade.offering(price="9.95")
    order = trade.order((bicycle, 1), (bell, 2))
    trade.ship(order)
    return Invoice.objects.get(order=order)


def test_an_issued_invoice_is_printed_checked_stored_and_mailed_once(invoice):
    with time_machine.travel(NOW):
        assert print_documents(ids=[invoice.id], asked_for=False, by=BY, at=NOW) == [invoice.number]
        assert print_documents(ids=[invoice.id], asked_for=False, by=BY, at=NOW) == []
        deliver_all()

    document = Document.objects.get(kind="invoice", number=invoice.number)
    assert (document.party_id, document.subject_id, document.is_public) == (
        invoice.party_id,
        invoice.order_id,
        True,
    )
    assert bytes(document.file.content).startswith(b"%PDF-")
    paper = from_dict(document.frozen)
    assert (paper.number, paper.gross_amount, paper.tax_amount) == (
        "RE-000001",
        Decimal("1118.90"),
        Decimal("178.65"),
    )
    assert [line.gross_amount for line in paper.lines] == [
        Decimal("1099.00"),
        Decimal("19.90"),
        Decimal("0.00"),
    ]
    assert Event.objects.filter(type="documents.DocumentReady").count() == 1
    mail = Mail.objects.get(key=f"documents.ready:{document.id}")
    assert (mail.recipient, mail.attachment_name) == ("anna.behrens@example.org", "RE-000001.pdf")
    assert "RE-000001" in mail.subject


def test_printing_is_a_job_of_the_worker_and_not_part_of_billing(trade):
    with time_machine.travel(NOW):
        order = trade.order((trade.offering(), 1))
        trade.ship(order)

    assert "kontor.back.invoicing.printing.print_invoices" in jobs()
    assert not Document.objects.filter(kind="invoice").exists()


def test_an_old_invoice_is_printed_only_when_somebody_asks(trade):
    with time_machine.travel(NOW.replace(year=2027)):
        order = trade.order((trade.offering(), 1))
        trade.ship(order)

    assert "kontor.back.invoicing.printing.print_invoices" not in jobs()


def test_an_invoice_that_breaks_a_rule_is_kept_back_and_accounting_is_asked(invoice, monkeypatch):
    broken = Printed(b"%PDF-", b"<x/>", (Violation("BR-CO-15", "The sum is wrong.", "/"),))
    monkeypatch.setattr("kontor.bridge.documents.rendering.press.Press.printed", lambda _self, _paper: broken)

    assert print_documents(ids=[invoice.id], asked_for=False, by=BY, at=NOW) == []
    deliver_all()

    task = Task.objects.get(kind="invoicing.violations")
    assert (task.department, task.subject, task.detail["violations"][0]["rule"]) == (
        "accounting",
        "RE-000001",
        "BR-CO-15",
    )
    assert not Document.objects.filter(kind="invoice").exists()
    assert not Mail.objects.filter(key__startswith="documents").exists()


def test_a_credit_note_is_positive_on_paper_and_names_the_invoice_and_the_reason(trade):
    order = trade.order((trade.offering(price="100.00"), 2), payment_method="prepayment")
    cancel_order(order_id=order.id, reason="Geirrt", by=BY, at=NOW)
    deliver_all()

    (note,) = documents_to_print(Invoice.objects.filter(kind="credit_note").values_list("id", flat=True))
    paper = paper_of(note)
    assert (paper.number, paper.kind, paper.refers_to[0]) == ("GS-000001", "credit_note", "RE-000001")
    assert paper.gross_amount == Decimal("205.95")
    assert [line.quantity for line in paper.lines] == [Decimal(2), Decimal(1)]
    assert paper.notes == ("Grund: Der Auftrag wurde storniert.",)
    assert print_documents(ids=[note.id], asked_for=False, by=BY, at=NOW) == ["GS-000001"]


def test_what_was_printed_is_never_changed(invoice):
    print_documents(ids=[invoice.id], asked_for=False, by=BY, at=NOW)

    for change in (
        lambda: Document.objects.update(number="X"),
        lambda: DocumentFile.objects.update(content=b"x"),
        lambda: DocumentFile.objects.all().delete(),
    ):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            change()


def test_money_that_came_first_stands_on_the_invoice_as_paid(trade):
    order = trade.order((trade.offering(price="100.00"), 1))
    trade.pay(order, Decimal("50.00"))
    trade.ship(order, at=NOW)
    invoice = Invoice.objects.get(order=order)

    print_documents(ids=[invoice.id], asked_for=False, by=BY, at=NOW)

    paper = from_dict(Document.objects.get(kind="invoice").frozen)
    assert (paper.gross_amount, paper.paid_amount, paper.due_amount) == (
        Decimal("105.95"),
        Decimal("50.00"),
        Decimal("55.95"),
    )


def test_cancelling_twice_credits_once(trade):
    order = trade.order((trade.offering(price="100.00"), 2), payment_method="prepayment")
    cancel_order(order_id=order.id, reason="Geirrt", by=BY, at=NOW)
    deliver_all()

    assert credit_cancelled(orders=[order.id, uuid4()], issued_on=NOW.date(), by=BY, at=NOW) == []
    assert Invoice.objects.filter(kind="credit_note").count() == 1
