"""Quantities as people in Bremen and in London type them."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import override

from kontor.kernel.ui.quantities import QuantityField, WholeNumberField


@pytest.mark.parametrize(
    ("language", "typed", "meant"),
    [
        ("de", "1.000", "1000"),
        ("de", "12.345,5", "12345.5"),
        ("de", "1.000.000", "1000000"),
        ("de", "3,5", "3.5"),
        ("de", "3.5", "3.5"),
        ("de", "1,125", "1.125"),
        ("de", "1 000", "1000"),
        ("de", "1'000", "1000"),
        ("de", "1.0000", "1"),
        ("en", "1,000", "1000"),
        ("en", "12,345.5", "12345.5"),
        ("en", "1.125", "1.125"),
        ("en", "3,5", "3.5"),
        ("en", "7", "7"),
    ],
)
def test_group_marks_only_help_reading(language, typed, meant):
    with override(language):
        assert QuantityField().clean(typed) == Decimal(meant)


@pytest.mark.parametrize(
    "typed", ["1.00.0", "1,2,3", "1.000,5,5", "viel", "1.000.00", "-1", "1,00001", "1.000,5.5"]
)
def test_what_is_no_quantity_is_refused(typed):
    with override("de"), pytest.raises(ValidationError):
        QuantityField().clean(typed)


@pytest.mark.parametrize("quantity", ["1.125", "1000", "12345.6", "0.5", "2.5000"])
@pytest.mark.parametrize("language", ["de", "en"])
def test_what_is_shown_is_read_back_as_the_same(language, quantity):
    with override(language):
        shown = QuantityField().prepare_value(Decimal(quantity))
        assert QuantityField().clean(shown) == Decimal(quantity)


def test_pieces_are_whole_numbers_with_group_marks_or_without():
    with override("de"):
        assert [WholeNumberField().clean(typed) for typed in ("1.000", "1000", " 12 ", "3,0")] == [
            1000,
            1000,
            12,
            3,
        ]
        for typed in ("1,5", "1.5", "viel"):
            with pytest.raises(ValidationError):
                WholeNumberField().clean(typed)
