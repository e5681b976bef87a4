"""Form fields for quantities, typed as the reader writes numbers: with a decimal mark, with group marks or without."""

import re
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import get_language

_SPACES = str.maketrans("", "", " \N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}'’")
_GROUPED = re.compile(r"[+-]?[0-9]{1,3}(\.[0-9]{3})+(,[0-9]+)?")
_SWAPPED = str.maketrans(".,", ",.")


def plain_number(text: str) -> str:
    """What was typed, without group marks and with a point before the decimals; what is no number stays as it is.

    1.000 is a thousand to a German reader, 1,000 to an English one; 3,5 and 3.5 are the same to both.
    """
    text = text.translate(_SPACES)
    is_german = (get_language() or "de").startswith("de")
    german = text if is_german else text.translate(_SWAPPED)
    if _GROUPED.fullmatch(german):
        return german.replace(".", "").replace(",", ".")
    return text.replace(",", ".", 1) if "." not in text else text


class QuantityField(forms.DecimalField):
    """A quantity from zero up with at most four decimal places."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("min_value", Decimal(0))
        options.setdefault("widget", forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}))
        super().__init__(max_digits=16, decimal_places=4, **options)

    def to_python(self, value: Any) -> Decimal | None:  # type: ignore[override]  # the stubs inherit int
        """Read what was typed; several decimal marks are no quantity."""
        return super().to_python(plain_number(value) if isinstance(value, str) else value)

    def prepare_value(self, value: Any) -> Any:
        """Show a quantity without superfluous zeros and group marks, with the reader's decimal mark."""
        if not isinstance(value, Decimal):
            return value
        text = f"{value.normalize():f}"
        return text.replace(".", ",") if (get_language() or "de").startswith("de") else text


class WholeNumberField(forms.IntegerField):
    """A number of pieces, with group marks or without."""

    def to_python(self, value: Any) -> int | None:
        """Read what was typed."""
        return super().to_python(plain_number(value) if isinstance(value, str) else value)
