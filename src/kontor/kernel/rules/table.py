"""The tax rates Kontor ships: what the statutes of Germany, Austria and Switzerland say, from 2007 on.

A new rate is a new line, and its predecessor gets an end; a line that held once is never removed. Which class an
article belongs to is the catalogue's matter, not this table's.
"""

from datetime import date
from decimal import Decimal
from typing import NamedTuple

EVERYWHERE = "ZZ"


class Line(NamedTuple):
    """One dated rate: percent, first day, first day no longer, and the statute in German and English."""

    jurisdiction: str
    code: str
    rate: Decimal
    valid_from: date
    valid_until: date | None
    source_de: str
    source_en: str


def _line(
    jurisdiction: str, code: str, rate: str, held: tuple[date, date | None], source: tuple[str, str]
) -> Line:
    return Line(jurisdiction, code, Decimal(rate), *held, *source)


_START = date(2007, 1, 1)
_CORONA = date(2020, 7, 1)
_CORONA_END = date(2021, 1, 1)

# Haushaltbegleitgesetz 2006 (BGBl. I 2006 S. 1402), Zweites Corona-Steuerhilfegesetz (BGBl. I 2020 S. 1512),
# Jahressteuergesetz 2022 (BGBl. I 2022 S. 2294).
_GERMANY = [
    _line("DE", "standard", "19", (_START, _CORONA), ("§ 12 Abs. 1 UStG", "Section 12(1) UStG")),
    _line(
        "DE",
        "standard",
        "16",
        (_CORONA, _CORONA_END),
        (
            "§ 28 Abs. 1 UStG, Zweites Corona-Steuerhilfegesetz",
            "Section 28(1) UStG, Second Coronavirus Tax Assistance Act",
        ),
    ),
    _line("DE", "standard", "19", (_CORONA_END, None), ("§ 12 Abs. 1 UStG", "Section 12(1) UStG")),
    _line("DE", "reduced", "7", (_START, _CORONA), ("§ 12 Abs. 2 UStG", "Section 12(2) UStG")),
    _line(
        "DE",
        "reduced",
        "5",
        (_CORONA, _CORONA_END),
        (
            "§ 28 Abs. 2 UStG, Zweites Corona-Steuerhilfegesetz",
            "Section 28(2) UStG, Second Coronavirus Tax Assistance Act",
        ),
    ),
    _line("DE", "reduced", "7", (_CORONA_END, None), ("§ 12 Abs. 2 UStG", "Section 12(2) UStG")),
    _line("DE", "zero", "0", (date(2023, 1, 1), None), ("§ 12 Abs. 3 UStG", "Section 12(3) UStG")),
    _line("DE", "exempt", "0", (_START, None), ("§ 4 UStG", "Section 4 UStG")),
    # What a small business supplies: chosen by the house for a time, never by an article.
    _line("DE", "small", "0", (_START, None), ("§ 19 Abs. 1 UStG", "Section 19(1) UStG")),
]

_AUSTRIA = [
    _line("AT", "standard", "20", (_START, None), ("§ 10 Abs. 1 UStG 1994", "Section 10(1) UStG 1994")),
    _line("AT", "reduced", "10", (_START, None), ("§ 10 Abs. 2 UStG 1994", "Section 10(2) UStG 1994")),
    _line(
        "AT", "special", "13", (date(2016, 1, 1), None), ("§ 10 Abs. 3 UStG 1994", "Section 10(3) UStG 1994")
    ),
    _line("AT", "exempt", "0", (_START, None), ("§ 6 Abs. 1 UStG 1994", "Section 6(1) UStG 1994")),
]

_SWISS_PERIODS = [
    (_START, date(2010, 1, 1), "7.6", "2.4", "3.6", "Art. 36 aMWSTG", "Article 36 of the former VAT Act"),
    (date(2010, 1, 1), date(2011, 1, 1), "7.6", "2.4", "3.6", "Art. 25 MWSTG", "Article 25 VAT Act"),
    (date(2011, 1, 1), date(2018, 1, 1), "8.0", "2.5", "3.8", "Art. 25 MWSTG", "Article 25 VAT Act"),
    (date(2018, 1, 1), date(2024, 1, 1), "7.7", "2.5", "3.7", "Art. 25 MWSTG", "Article 25 VAT Act"),
    (date(2024, 1, 1), None, "8.1", "2.6", "3.8", "Art. 25 MWSTG", "Article 25 VAT Act"),
]
_SWITZERLAND = [
    _line("CH", code, rate, (begins, ends), (german, english))
    for begins, ends, standard, reduced, special, german, english in _SWISS_PERIODS
    for code, rate in (("standard", standard), ("reduced", reduced), ("special", special))
] + [
    _line("CH", "zero", "0", (date(2010, 1, 1), None), ("Art. 23 MWSTG", "Article 23 VAT Act")),
    _line("CH", "exempt", "0", (date(2010, 1, 1), None), ("Art. 21 MWSTG", "Article 21 VAT Act")),
]

_UNTAXED = [
    _line(
        EVERYWHERE,
        "none",
        "0",
        (date(1970, 1, 1), None),
        (
            "Kein steuerbarer Umsatz nach Angabe des Hauses",
            "Outside the scope of the tax, as the house declares",
        ),
    )
]

TAX_RATES = [*_GERMANY, *_AUSTRIA, *_SWITZERLAND, *_UNTAXED]
