"""A small business (§ 19 UStG): what it sells from a day on bears no tax, on the page, the paper and in the books."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
import time_machine
from conftest import stranger

from kontor.back.invoicing.models import Invoice, InvoiceTax
from kontor.back.invoicing.printing import print_documents
from kontor.back.ledger.models import EntryLine
from kontor.bridge.documents.models import Document
from kontor.bridge.documents.rendering.freezing import from_dict
from kontor.bridge.orders.models import Order
from kontor.bridge.parties.furnishing import change_house
from kontor.bridge.parties.queries import forget_house_terms
from kontor.kernel.actor.identity import the_house
from kontor.kernel.events.dispatching import deliver_all
from kontor.kernel.rules.tax import tax_on
from tests.trade import NOW, Trade

BY = the_house()


@pytest.fixture
def small(trade: Trade, house):
    """The house is a small business from the day of the test on, for a year."""
    days = {"small_business_from": NOW.date(), "small_business_until": NOW.date() + timedelta(days=365)}
    change_house(changes=days, seen=house.id, by=BY, at=NOW)
    forget_house_terms()
    return trade


def test_the_rule_says_why_and_holds_for_its_days_only(small):
    rule = tax_on("standard", "DE", NOW.date())
    assert (rule.code, rule.rate, rule.category) == ("small", 0, "E")
    assert "Quelle: § 19 Abs. 1 UStG." in rule.why("de")
    assert tax_on("standard", "DE", date(2026, 11, 19)).rate == 19
    assert tax_on("reduced", "DE", NOW.date() + timedelta(days=365)).rate == 7
    assert tax_on("none", "DE", NOW.date()).code == "none"  # what bears no tax anyway stays what it is
    assert tax_on("standard", "AT", NOW.date()).rate == 20


def _order(small: Trade, *, code: str, rate: str) -> Order:
    wanted = small.new_order((small.offering(price="119.00"), 1))
    lines = [replace(line, tax_code=code, tax_rate=Decimal(rate)) for line in wanted.lines]
    placed = small.place(replace(wanted, lines=lines))
    deliver_all()
    placed.refresh_from_db()
    return placed


def test_an_order_is_billed_and_posted_without_tax_and_the_paper_says_why(small):
    order = _order(small, code="small", rate="0")
    assert (order.state, order.tax_amount, order.gross_amount) == (
        "confirmed",
        Decimal("0.00"),
        Decimal("124.95"),
    )
    small.ship(order)
    invoice = Invoice.objects.get(order=order)
    tax = InvoiceTax.objects.get(invoice=invoice)
    assert (tax.tax_code, tax.tax_amount, tax.net_amount) == ("small", Decimal("0.00"), Decimal("124.95"))
    posted = EntryLine.objects.get(entry__document_number=invoice.number, account__number="8195")
    assert abs(posted.amount) == Decimal("124.95")
    with time_machine.travel(NOW):
        # Printed means: the official rules of EN 16931 have found nothing.
        assert print_documents(ids=[invoice.id], asked_for=False, by=BY, at=NOW) == [invoice.number]
    paper = from_dict(Document.objects.get(kind="invoice", number=invoice.number).frozen)
    assert "§ 19 UStG" in paper.taxes[0].exemption_reason


def test_an_order_with_tax_is_held_while_the_house_is_one(small):
    assert _order(small, code="standard", rate="19").state == "held"


def test_the_shop_says_so(small):
    page = stranger().get("/").content.decode()
    with time_machine.travel(NOW):
        page = stranger().get("/").content.decode()
    assert "§ 19 UStG" in page and "inkl. MwSt" not in page
