"""Electronic invoices, as the tax office's and the buyer's machines see them."""

import csv
import json
from dataclasses import replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from kontor.bridge.documents.rendering.br_de import german_violations
from kontor.bridge.documents.rendering.einvoice import NAMESPACES, cii_xml, net_price
from kontor.bridge.documents.rendering.papers import InvoicePaper, Line, TaxSum
from kontor.bridge.documents.rendering.rules import validate, validate_en16931
from kontor.bridge.documents.tests import sample_papers
from kontor.bridge.documents.tests.sample_papers import BICYCLE, SHARED, credit_note, invoice

CENT = Decimal("0.01")
OFFICIAL = SHARED / "einvoice"
STRINGS = SHARED / "strings"
needs_official = pytest.mark.skipif(not OFFICIAL.exists(), reason="the official test material is not here")
needs_strings = pytest.mark.skipif(not STRINGS.exists(), reason="the set of hostile strings is not here")


def broken_rules(xml):
    return {violation.rule for violation in validate(xml)}


def texts(xml, path):
    return [node.text for node in etree.fromstring(xml).xpath(path, namespaces=NAMESPACES)]


@pytest.mark.parametrize(
    "paper",
    [
        invoice(),
        invoice(BICYCLE, paid_amount=Decimal("2499.00")),
        invoice(payment_means="provider", provider_name="Testbank", due_on=None),
        invoice(
            language="en",
            delivered_on=None,
            delivered_from=date(2026, 11, 1),
            delivered_until=date(2026, 11, 9),
        ),
        invoice(delivered_on=None, ship_to=sample_papers.ADDRESS),
        invoice(kind="partial"),
        invoice(kind="correction", refers_to=("RE-2026-00041", date(2026, 11, 21))),
        credit_note(),
        credit_note(refers_to=None),
    ],
    ids=[
        "plain",
        "paid",
        "provider",
        "period",
        "elsewhere",
        "partial",
        "correction",
        "credit note",
        "unlinked",
    ],
)
def test_every_kind_of_invoice_breaks_no_rule(paper):
    assert validate(cii_xml(paper)) == []


def test_the_figures_in_the_xml_are_those_of_the_paper():
    paper = invoice()
    xml = cii_xml(paper)

    sums = "//ram:SpecifiedTradeSettlementHeaderMonetarySummation/"
    assert texts(xml, f"{sums}ram:LineTotalAmount") == [f"{paper.net_amount}"]
    assert texts(xml, f"{sums}ram:TaxTotalAmount") == [f"{paper.tax_amount}"]
    assert texts(xml, f"{sums}ram:GrandTotalAmount") == ["2583.88"]
    assert texts(xml, f"{sums}ram:DuePayableAmount") == ["2583.88"]
    assert texts(
        xml, "//ram:ApplicableHeaderTradeSettlement/ram:ApplicableTradeTax/ram:RateApplicablePercent"
    ) == [
        "19",
        "7",
    ]


def test_a_credit_note_is_type_381_and_names_the_invoice_it_changes():
    xml = cii_xml(credit_note())

    assert texts(xml, "//rsm:ExchangedDocument/ram:TypeCode") == ["381"]
    assert texts(xml, "//ram:InvoiceReferencedDocument/ram:IssuerAssignedID") == ["RE-2026-00042"]
    assert texts(xml, "//ram:InvoiceReferencedDocument//*[@format='102']") == ["20261122"]


def test_a_credit_note_kept_negative_in_the_books_is_positive_when_mirrored():
    paper = credit_note()

    assert paper.mirrored().gross_amount == Decimal("-69.98")
    assert paper.mirrored().lines[0].quantity == -2
    assert paper.mirrored().mirrored() == paper


def test_only_an_xrechnung_carries_the_leitweg_id():
    paper = invoice(buyer=replace(sample_papers.BUYER, leitweg_id="04011000-1234512345-06"))

    assert texts(cii_xml(paper), "//ram:BuyerReference") == []
    as_xrechnung = cii_xml(paper, profile="xrechnung")
    assert texts(as_xrechnung, "//ram:BuyerReference") == ["04011000-1234512345-06"]
    assert validate(as_xrechnung) == []
    assert "BR-DE-15" in broken_rules(cii_xml(invoice(), profile="xrechnung"))


def free_of_tax(category: Any, reason: str, **changes: Any) -> InvoicePaper:
    line = Line(
        position=1,
        name="Rennrad",
        quantity=Decimal(2),
        net_unit_price=Decimal("1000.00"),
        net_amount=Decimal("2000.00"),
        tax_category=category,
        tax_rate=Decimal(0),
    )
    tax = TaxSum(
        category=category,
        rate=Decimal(0),
        net_amount=Decimal("2000.00"),
        tax_amount=Decimal("0.00"),
        exemption_reason=reason,
    )
    figures = {"net_amount": tax.net_amount, "tax_amount": tax.tax_amount, "gross_amount": tax.net_amount}
    return invoice(prices_are_gross=False, **figures, **changes | {"lines": (line,), "taxes": (tax,)})


@pytest.mark.parametrize(
    "paper",
    [
        free_of_tax(
            "K",
            "Innergemeinschaftliche Lieferung",
            buyer=replace(sample_papers.BUYER, country="AT", vat_id="ATU12345675"),
        ),
        free_of_tax("G", "Ausfuhrlieferung", buyer=replace(sample_papers.BUYER, country="CH")),
        free_of_tax(
            "AE",
            "Steuerschuldnerschaft des Leistungsempfängers",
            buyer=replace(sample_papers.BUYER, vat_id="DE136695976"),
        ),
        free_of_tax("E", "Kein Ausweis von Umsatzsteuer nach § 19 UStG"),
        free_of_tax("Z", ""),
        free_of_tax("O", "Nicht steuerbar"),
        free_of_tax(
            "O",
            "Outside the scope of VAT",
            currency="GBP",
            seller=replace(sample_papers.SELLER, country="GB", iban=""),
        ),
    ],
    ids=[
        "intra-community",
        "export",
        "reverse charge",
        "small business",
        "zero",
        "outside",
        "outside, in pounds",
    ],
)
def test_deliveries_without_tax_break_no_rule(paper):
    assert validate(cii_xml(paper)) == []


def test_an_allowance_and_a_line_that_takes_money_off_break_no_rule():
    paper = invoice(("Rennrad", "1", "100.00", "19"), ("Gutschein", "-1", "10.00", "19"))
    first, second = paper.lines
    first = replace(first, net_allowance=Decimal("7.00"), allowance_reason="Treuerabatt")
    xml = cii_xml(replace(paper, lines=(first, second)))

    assert validate(xml) == []
    assert texts(xml, "//ram:SpecifiedLineTradeSettlement//ram:ActualAmount") == ["7.00"]
    assert texts(xml, "//ram:BilledQuantity") == ["1", "-1"]
    assert all(Decimal(price) >= 0 for price in texts(xml, "//ram:ChargeAmount"))


carts = st.lists(
    st.tuples(
        st.just("Ware"),
        st.decimals("0.001", "9999", places=3).map(str),
        st.decimals("0.01", "9999.99", places=2).map(str),
        st.sampled_from(["19", "7"]),
    ).filter(lambda bought: (Decimal(bought[1]) * Decimal(bought[2])).quantize(CENT) > 0),
    min_size=1,
    max_size=30,
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(cart=carts, refund=st.booleans(), paid=st.booleans())
def test_any_cart_of_gross_prices_becomes_an_invoice_without_a_violation(cart, refund, paid):
    paper = credit_note(*cart) if refund else invoice(*cart)
    if paid:
        paper = replace(paper, paid_amount=paper.gross_amount)

    assert validate(cii_xml(paper)) == []
    for line in paper.lines:
        quantity, price, base = net_price(line)
        assert (quantity * price / base).quantize(CENT, rounding=ROUND_HALF_UP) == line.net_amount


@given(
    quantity=st.decimals("0.0001", "1000000", places=4),
    net_amount=st.decimals("-99999999.99", "99999999.99", places=2),
)
def test_quantity_times_price_is_always_exactly_the_net_amount_and_no_price_is_negative(quantity, net_amount):
    line = Line(
        position=1,
        name="x",
        quantity=quantity,
        net_unit_price=Decimal(0),
        net_amount=net_amount,
        tax_rate=Decimal(19),
    )

    count, price, base = net_price(line)

    assert price >= 0
    assert (count * price / base).quantize(CENT, rounding=ROUND_HALF_UP) == net_amount


@pytest.mark.parametrize(
    ("spoil", "rule"),
    [
        (lambda paper: replace(paper, gross_amount=paper.gross_amount + CENT), "BR-CO-15"),
        (lambda paper: replace(paper, net_amount=paper.net_amount - CENT), "BR-CO-13"),
        (lambda paper: replace(paper, tax_amount=paper.tax_amount + CENT), "BR-CO-14"),
        (lambda paper: replace(paper, taxes=paper.taxes[:1]), "BR-CO-14"),
        (
            lambda paper: replace(
                paper, lines=(replace(paper.lines[0], net_amount=Decimal("1.00")), *paper.lines[1:])
            ),
            "BR-S-08",
        ),
        (lambda paper: replace(paper, seller=replace(paper.seller, vat_id="", tax_number="")), "BR-S-02"),
        (lambda paper: replace(paper, seller=replace(paper.seller, vat_id="811111114")), "BR-CO-09"),
        (lambda paper: replace(paper, seller=replace(paper.seller, phone="")), "BR-DE-6"),
        (lambda paper: replace(paper, seller=replace(paper.seller, email="")), "BR-DE-7"),
        (lambda paper: replace(paper, buyer=replace(paper.buyer, city="")), "BR-DE-8"),
        (lambda paper: replace(paper, currency="XXY"), "FX-SCH-A-000595"),  # BR-CL-04 of the profile
    ],
)
def test_a_spoilt_invoice_is_reported_by_the_official_rule(spoil, rule):
    assert rule in broken_rules(cii_xml(spoil(invoice())))


def test_what_is_no_invoice_is_reported_and_not_crashed_upon():
    assert broken_rules(b"") == {"XML"}
    assert broken_rules(b"<a>") == {"XML"}
    assert broken_rules(b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>') == {"XML"}
    assert "XSD" in broken_rules(b"<a/>")


@pytest.mark.parametrize(
    "text", ["a\x00b", "\x1b[31m", "\ufffe", "\x0b", "   ", "\u200b", "#eval(1)$x$", "]]>&lt;<b>"]
)
def test_characters_that_xml_forbids_are_replaced_and_blank_names_become_a_dash(text):
    xml = cii_xml(invoice(buyer=replace(sample_papers.BUYER, name=text)))

    assert validate(xml) == []
    (name,) = texts(xml, "//ram:BuyerTradeParty/ram:Name")
    expected = "".join("\ufffd" if character in "\x00\x1b\ufffe\x0b" else character for character in text)
    assert name == (expected if text.strip() else "–")


@needs_strings
@pytest.mark.shared
def test_hostile_names_arrive_in_the_xml_unchanged():
    strings = json.loads((STRINGS / "blns.json").read_text())
    names = [text for text in strings if text.strip() and "\r" not in text]
    forbidden = set(map(chr, range(32))) - {"\t", "\n", "\r"} | {"\ufffe", "\uffff"}

    for start in range(0, len(names), 30):
        some = names[start : start + 30]
        paper = invoice(*((name, "1", "1.00", "19") for name in some))
        xml = cii_xml(paper)
        assert validate(xml) == []
        arrived = texts(xml, "//ram:SpecifiedTradeProduct/ram:Name")
        expected = ["".join("\ufffd" if part in forbidden else part for part in name) for name in some]
        assert arrived == expected


def official_cases():
    if not OFFICIAL.exists():
        return []
    with (OFFICIAL / "official_verdicts.csv").open(newline="") as listed:
        return [
            row for row in csv.DictReader(listed) if row["syntax"] == "CII" and row["file"].endswith(".xml")
        ]


@needs_official
@pytest.mark.shared
def test_our_german_rules_agree_with_the_official_verdicts():
    ours = {f"BR-DE-{number}" for number in range(1, 17)}
    for case in official_cases():
        root = etree.parse(OFFICIAL / case["file"]).getroot()
        expected = ours & set(case["xrechnung_fatal"].split())
        found = {violation.rule for violation in german_violations(root, always=True)} & ours
        assert found == expected, case["file"]


@needs_official
@pytest.mark.shared
def test_the_official_invoices_of_our_profile_are_valid_here_too():
    checked = 0
    for case in official_cases():
        xml = (OFFICIAL / case["file"]).read_bytes()
        profile = texts(xml, "//ram:GuidelineSpecifiedDocumentContextParameter/ram:ID")
        if case["en16931_fatal"] == "valid" and profile == ["urn:cen.eu:en16931:2017"]:
            # What is left are rules of the ZUGFeRD profile alone, such as a missing type of a reference.
            broken = [rule for rule, _, _ in validate_en16931(xml) if not rule.startswith("FX-SCH")]
            assert broken == [], case["file"]
            checked += 1
    assert checked >= 10
