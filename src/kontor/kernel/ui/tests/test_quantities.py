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


@pytest.mark.django_db  # with the translations
@pytest.mark.parametrize(
    ("language", "typed", "said"),
    [
        ("de", "2,5", "Geben Sie höchstens 2 ein."),
        ("de", "0", "Geben Sie mindestens 0,01 ein."),
        ("en", "0", "Enter 0.01 or more."),
        ("en", "1,000", "Enter 2 or less."),
    ],
)
def test_a_limit_is_said_in_the_readers_figures(language, typed, said):
    field = QuantityField(min_value=Decimal("0.01"), max_value=Decimal("2.0000"))
    with override(language):
        with pytest.raises(ValidationError) as refused:
            field.clean(typed)
        assert refused.value.messages == [said]


def test_a_field_may_say_its_limit_in_words_of_its_own():
    field = WholeNumberField(min_value=1, error_messages={"min_value": "Order at least one piece."})
    with pytest.raises(ValidationError) as refused:
        field.clean("0")
    assert refused.value.messages == ["Order at least one piece."]
