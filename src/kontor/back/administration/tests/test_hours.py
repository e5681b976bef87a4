"""Opening hours and tax numbers as people write them."""

import pytest
from django.utils.translation import override

from kontor.back.administration.setting_up import checking, errors
from kontor.back.administration.setting_up.hours import spans_of, written
from kontor.bridge.parties.errors import HoursOverlap


@pytest.fixture(autouse=True)
def _in_german():
    with override("de"):
        yield


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("10–18", [(600, 1080)]),
        ("10-13, 14-18:30", [(600, 780), (840, 1110)]),
        ("14:00–18:00; 9.30 - 12.15 Uhr", [(570, 735), (840, 1080)]),
        ("8 bis 12 und 13 bis 17", [(480, 720), (780, 1020)]),
        ("0–24", [(0, 1440)]),
        ("", []),
        ("–", []),
    ],
)
def test_hours_are_read_as_they_are_meant(text, read):
    assert spans_of(text) == read
    assert spans_of(written(read)) == read


@pytest.mark.parametrize(
    "text", ["vormittags", "10", "25–26", "10–12:75", "10-", "1–2,3–4,5–6,7–8,9–10,11–12,13–14"]
)
def test_what_cannot_be_read_is_said_with_an_example(text):
    with pytest.raises(errors.UnreadableHours, match="10–13, 14–18:30"):
        spans_of(text)


@pytest.mark.parametrize("text", ["18–10", "10–13, 12–15", "10–10"])
def test_overlapping_hours_are_refused(text):
    with pytest.raises(HoursOverlap):
        spans_of(text)


def test_numbers_are_checked_with_the_reason():
    assert checking.vat_id("de 136 695 976") == "DE136695976" and checking.vat_id(" ") == ""
    with pytest.raises(errors.WrongVatId, match="Prüfziffern"):
        checking.vat_id("DE136695977")
    with pytest.raises(errors.WrongVatId, match="zu viele oder zu wenige"):
        checking.vat_id("DE12345")
    assert checking.iban("DE89 3704 0044 0532 0130 00") == "DE89370400440532013000"
    with pytest.raises(errors.WrongIban, match="Prüfziffern"):
        checking.iban("DE89370400440532013001")
    with pytest.raises(errors.WrongIban, match="zu viele oder zu wenige"):
        checking.iban("DE8937040044053201300")
    assert checking.bic("", "DE89370400440532013000") == "COBADEFFXXX"
    with pytest.raises(errors.WrongBic):
        checking.bic("COBA", "")
    assert checking.tax_number("60/123/45678", "DE") == "60/123/45678"
    with pytest.raises(errors.WrongTaxNumber):
        checking.tax_number("12", "DE")
