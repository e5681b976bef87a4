"""Form fields for quantities, typed as the reader writes numbers: with a decimal mark, with group marks or without."""

import re
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import BaseValidator, MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _

from kontor.kernel.language import in_german
from kontor.kernel.ui.formats import quantity

_SPACES = str.maketrans("", "", " \N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}'’")
_GROUPED = re.compile(r"[+-]?[0-9]{1,3}(\.[0-9]{3})+(,[0-9]+)?")
_SWAPPED = str.maketrans(".,", ",.")


def plain_number(text: str) -> str:
    """What was typed, without group marks and with a point before the decimals; what is no number stays as it is.

    1.000 is a thousand to a German reader, 1,000 to an English one; 3,5 and 3.5 are the same to both.
    """
    text = text.translate(_SPACES)
    is_german = in_german()
    german = text if is_german else text.translate(_SWAPPED)
    if _GROUPED.fullmatch(german):
        return german.replace(".", "").replace(",", ".")
    return text.replace(",", ".", 1) if "." not in text else text


class _SpokenLimit(BaseValidator):
    """A limit whose figure the reader sees as they write figures."""

    def __call__(self, value: Any) -> None:
        if self.compare(value, self.limit_value):
            limit = quantity(Decimal(self.limit_value))
            raise ValidationError(self.message, code=self.code, params={"limit": limit, "value": value})


class _AtLeast(_SpokenLimit):
    message = _("Enter %(limit)s or more.")
    code = "min_value"

    def compare(self, a: Any, b: Any) -> bool:
        return bool(a < b)


class _AtMost(_SpokenLimit):
    message = _("Enter %(limit)s or less.")
    code = "max_value"

    def compare(self, a: Any, b: Any) -> bool:
        return bool(a > b)


def speak_limits(field: forms.Field) -> None:
    """Let a number field refuse in the reader's figures; Django's own words have the machine's (0.01)."""
    field.validators = [_spoken(one) for one in field.validators]


def _spoken(validator: Any) -> Any:
    if type(validator) is MinValueValidator:
        return _AtLeast(validator.limit_value)
    if type(validator) is MaxValueValidator:
        return _AtMost(validator.limit_value)
    return validator


class QuantityField(forms.DecimalField):
    """A quantity from zero up with at most four decimal places."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("min_value", Decimal(0))
        options.setdefault("widget", forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}))
        super().__init__(max_digits=16, decimal_places=4, **options)
        speak_limits(self)

    def to_python(self, value: Any) -> Decimal | None:  # type: ignore[override]  # the stubs inherit int
        """Read what was typed; several decimal marks are no quantity."""
        return super().to_python(plain_number(value) if isinstance(value, str) else value)

    def prepare_value(self, value: Any) -> Any:
        """Show a quantity without superfluous zeros and group marks, with the reader's decimal mark."""
        if not isinstance(value, Decimal):
            return value
        text = f"{value.normalize():f}"
        return text.replace(".", ",") if in_german() else text


class WholeNumberField(forms.IntegerField):
    """A number of pieces, with group marks or without."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        speak_limits(self)

    def to_python(self, value: Any) -> int | None:
        """Read what was typed."""
        return super().to_python(plain_number(value) if isinstance(value, str) else value)
