"""Frozen papers, as the archive sees them: the same in ten years."""

import json
from datetime import date
from decimal import Decimal

import pytest

from kontor.bridge.documents.rendering.freezing import UnknownSchemaError, from_dict, to_dict
from kontor.bridge.documents.rendering.papers import InvoicePaper
from kontor.bridge.documents.tests import sample_papers

PAPERS = {
    "invoice": sample_papers.invoice(ship_to=sample_papers.ADDRESS, notes=("Danke.", "Bis bald.")),
    "credit note": sample_papers.credit_note(),
    "confirmation": sample_papers.confirmation(language="en"),
    "delivery note": sample_papers.delivery(),
    "label": sample_papers.label(parcel=(2, 3), shipped_on=date(2026, 11, 21)),
}


@pytest.mark.parametrize("paper", PAPERS.values(), ids=PAPERS)
def test_a_paper_comes_back_from_json_equal_and_with_every_decimal_place(paper):
    thawed = from_dict(json.loads(json.dumps(to_dict(paper))))

    assert thawed == paper
    assert repr(thawed) == repr(paper)  # Decimal("1") and Decimal("1.00") are equal, but print differently


def test_a_default_with_other_places_is_kept():
    paper = sample_papers.invoice(paid_amount=Decimal("0"))

    assert to_dict(paper)["paid_amount"] == "0"
    assert repr(from_dict(to_dict(paper))) == repr(paper)


def test_what_was_frozen_by_schema_1_still_thaws_with_the_defaults_of_schema_1():
    frozen = {
        "schema": 1,
        "paper": "invoice",
        "number": "RE-1",
        "issued_on": "2026-01-02",
        "seller": {"name": "S", "street": "", "postal_code": "", "city": ""},
        "buyer": {"name": "B"},
        "lines": [
            {
                "position": 1,
                "name": "x",
                "quantity": "1",
                "net_unit_price": "1.00",
                "net_amount": "1.00",
                "tax_rate": "19",
            }
        ],
        "taxes": [],
        "net_amount": "1.00",
        "tax_amount": "0.19",
        "gross_amount": "1.19",
    }

    paper = from_dict(frozen)

    assert isinstance(paper, InvoicePaper)
    assert (paper.kind, paper.currency, paper.language, paper.payment_means) == (
        "invoice",
        "EUR",
        "de",
        "transfer",
    )
    assert paper.prices_are_gross is True and paper.paid_amount == Decimal("0.00")
    assert (paper.lines[0].unit_code, paper.lines[0].tax_category, paper.buyer.country) == ("C62", "S", "DE")
    assert to_dict(paper) == frozen


@pytest.mark.parametrize(
    "strange", [{}, {"schema": 2, "paper": "invoice"}, {"schema": 1, "paper": "postcard"}]
)
def test_a_paper_of_an_unknown_schema_is_refused(strange):
    with pytest.raises(UnknownSchemaError):
        from_dict(strange)


def test_a_missing_field_is_refused_by_name():
    frozen = to_dict(sample_papers.invoice())
    del frozen["gross_amount"]

    with pytest.raises(KeyError, match="gross_amount"):
        from_dict(frozen)
