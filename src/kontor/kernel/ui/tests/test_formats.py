"""The reader's view: amounts, quantities and dates as one writes them in Bremen and in London."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.utils.translation import override

from kontor.kernel.money import Money
from kontor.kernel.ui import formats

NBSP = "\N{NO-BREAK SPACE}"
MINUS = "\N{MINUS SIGN}"


@pytest.mark.parametrize(
    ("language", "amount", "currency", "text"),
    [
        ("de", "1234567.5", "EUR", f"1.234.567,50{NBSP}€"),
        ("de", "-0.5", "EUR", f"{MINUS}0,50{NBSP}€"),
        ("de", "-0.001", "EUR", f"0,00{NBSP}€"),
        ("de", "99.995", "GBP", f"100,00{NBSP}£"),
        ("en", "1234.5", "EUR", "€1,234.50"),
        ("en", "-12", "GBP", f"{MINUS}£12.00"),
        ("en", "7", "CHF", f"CHF{NBSP}7.00"),
    ],
)
def test_an_amount_of_money(language, amount, currency, text):
    with override(language):
        assert formats.money(Money(Decimal(amount), currency)) == text
        assert formats.money(Decimal(amount), currency) == text


def test_an_account_is_read_in_fours():
    assert (
        formats.iban("DE02120300000000202051").replace(formats.NO_BREAK, " ") == "DE02 1203 0000 0000 2020 51"
    )
    assert formats.iban("de02 1203") == f"de02{formats.NO_BREAK}1203"
    assert formats.iban("") == ""


def test_quantities_lose_zeros_but_no_figures():
    with override("de"):
        assert formats.quantity(Decimal("1234567.2500"), "kg") == f"1.234.567,25{NBSP}kg"
        assert formats.quantity(Decimal("100.0000")) == "100"
        assert formats.quantity(1480) == "1.480"
        assert formats.percent(Decimal("19.00")) == f"19{NBSP}%"
        assert formats.percent(Decimal("5.5"), 2) == f"5,50{NBSP}%"
    with override("en"):
        assert formats.quantity(Decimal("0.0625")) == "0.0625"
        assert formats.percent(Decimal(19)) == "19%"


def test_days_and_instants_are_those_of_the_house():
    late = datetime(2026, 6, 30, 22, 30, tzinfo=UTC)  # in Bremen it is already July
    with override("de"):
        assert formats.day(late) == "01.07.2026"
        assert formats.instant(late) == "01.07.2026, 00:30"
        assert formats.instant(late, "time") == "00:30"
        assert formats.day(date(2026, 11, 26), "weekday") == "Donnerstag, 26. November"
        assert formats.day(date(2026, 11, 26), "long") == "26. November 2026"
    with override("en"):
        assert formats.day(late) == "1 Jul 2026"
        assert formats.day(date(2026, 11, 26), "weekday") == "Thursday, 26 November"
        assert formats.day(date(2026, 11, 26), "brief") == "Thu, 26 Nov"


def test_nothing_is_shown_for_what_is_not_known():
    assert formats.money(None) == formats.quantity(None) == formats.day(None) == formats.instant(None) == ""
