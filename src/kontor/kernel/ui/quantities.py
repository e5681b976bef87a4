"""A form field for quantities, typed with the reader's decimal mark."""

from decimal import Decimal
from typing import Any

from django import forms

_SPACES = str.maketrans("", "", " \N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}'")


class QuantityField(forms.DecimalField):
    """A quantity from zero up with at most four decimal places; 3,5 and 3.5 are the same."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("min_value", Decimal(0))
        options.setdefault("widget", forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}))
        super().__init__(max_digits=16, decimal_places=4, **options)

    def to_python(self, value: Any) -> Decimal | None:  # type: ignore[override]  # the stubs inherit int
        """Read what was typed; several marks are no quantity."""
        if isinstance(value, str):
            value = value.translate(_SPACES)
            if "," in value and "." not in value:
                value = value.replace(",", ".", 1)
        return super().to_python(value)

    def prepare_value(self, value: Any) -> Any:
        """Show a quantity without superfluous zeros."""
        return f"{value.normalize():f}" if isinstance(value, Decimal) else value
