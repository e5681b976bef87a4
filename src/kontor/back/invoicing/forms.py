"""Forms of billing: quantities by line, a reason, and the key that makes a second click harmless."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from django import forms
from django.core.validators import ProhibitNullCharactersValidator
from django.utils.translation import gettext_lazy as _

from kontor.kernel.ids import uuid7
from kontor.kernel.ui.quantities import QuantityField


class QuantitiesForm(forms.Form):
    """One quantity for each line (``id`` of the row), none of them more than is left; and a key."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    begins_full = (
        True  # with all that is left; a correction begins empty, so that nobody credits all by a click
    )

    def __init__(
        self, rows: Iterable[tuple[Any, Decimal]], data: Mapping[str, Any] | None = None, **options: Any
    ) -> None:
        super().__init__(data, **options)
        self.initial.setdefault("key", uuid7())
        self.rows = list(rows)
        for row, left in self.rows:
            self.fields[_name(row)] = QuantityField(
                label=_("Quantity of “%(name)s”") % {"name": row.name},
                max_value=left,
                required=False,
                initial=left if self.begins_full else None,
                widget=forms.TextInput(attrs={"inputmode": "decimal", "class": "num"}),
            )

    @property
    def lines(self) -> list[tuple[Any, Decimal, forms.BoundField]]:
        """Each row, what is left of it, and its field."""
        return [(row, left, self[_name(row)]) for row, left in self.rows]

    @property
    def quantities(self) -> dict[Any, Decimal]:
        """What was entered, by the id of the row; nothing for nothing."""
        return {row.id: entered for row, _left in self.rows if (entered := self.cleaned_data.get(_name(row)))}


class CreditForm(QuantitiesForm):
    """What of an invoice is credited, and why."""

    begins_full = False

    reason = forms.CharField(
        label=_("Reason"),
        max_length=200,
        validators=[ProhibitNullCharactersValidator()],
        help_text=_("The customer reads it on the credit note."),
    )


def _name(row: Any) -> str:
    return f"quantity_{row.id}"
