"""GiroCode and bar codes, as a banking app and a parcel scanner read them."""

from decimal import Decimal
from xml.etree import ElementTree

import pytest

from kontor.bridge.documents.rendering.barcodes import code128_svg, two_dimensional_svg
from kontor.bridge.documents.rendering.girocode import NotPayableByGiroCodeError, girocode_svg, girocode_text

TRANSFER = {
    "name": "Weserrad GmbH",
    "iban": "DE75 5121 0800 1245 1261 99",
    "bic": "SOGEDEFFXXX",
    "amount": Decimal("2583.88"),
    "remittance": "RE-2026-00042",
}


def test_the_girocode_says_what_epc069_12_prescribes_line_by_line():
    assert girocode_text(**TRANSFER).split("\n") == [
        "BCD",
        "002",
        "1",
        "SCT",
        "SOGEDEFFXXX",
        "Weserrad GmbH",
        "DE75512108001245126199",
        "EUR2583.88",
        "",
        "",
        "RE-2026-00042",
    ]


def test_name_and_remittance_cannot_add_lines_and_end_where_the_standard_ends_them():
    rows = girocode_text(
        **TRANSFER | {"name": "A\nB" + "c" * 90, "remittance": "x\r\nEUR1.00 " + "y" * 200}
    ).split("\n")

    assert len(rows) == 11
    assert rows[5].startswith("A Bccc") and len(rows[5]) == 70
    assert rows[10].startswith("x EUR1.00 yyy") and len(rows[10]) == 140


@pytest.mark.parametrize(
    "change",
    [
        {"currency": "GBP"},
        {"amount": Decimal("0.00")},
        {"amount": Decimal("-1")},
        {"amount": Decimal("1000000000")},
        {"iban": " "},
        {"name": " "},
    ],
)
def test_what_a_girocode_cannot_pay_is_refused(change):
    with pytest.raises(NotPayableByGiroCodeError):
        girocode_svg(**TRANSFER | change)


def test_the_largest_girocode_stays_within_version_13():
    svg = girocode_svg(**TRANSFER | {"name": "ü" * 70, "remittance": "ß" * 140})
    side = int(float(ElementTree.fromstring(svg).get("viewBox").split()[2]))

    assert (side - 8 - 17) // 4 <= 13


def test_codes_are_single_svg_elements_without_fixed_size_that_scripts_and_styles_are_not_part_of():
    for svg in (girocode_svg(**TRANSFER), code128_svg("WKD0000012345671"), two_dimensional_svg("WKD1")):
        root = ElementTree.fromstring(svg)
        assert root.tag.endswith("svg") and root.get("viewBox") and root.get("width") is None
        assert "style" not in svg and "script" not in svg


def test_code_128_has_eleven_modules_a_character_and_a_quiet_zone():
    width = int(ElementTree.fromstring(code128_svg("ABCDEF")).get("viewBox").split()[2])

    # start, six characters, check character of 11 modules, stop of 13, twice ten of quiet zone
    assert width == 8 * 11 + 13 + 20
