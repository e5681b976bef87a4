from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext as _

from kontor.kernel.ids import uuid7
from kontor.kernel.ui import formats
from kontor.kernel.ui.quantities import QuantityField


class ShipForm(forms.Form):
    """How much of each line leaves now; ``key`` makes a second click harmless."""

    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, data: Any, lines: Sequence[Any]) -> None:
        super().__init__(data, initial={"key": uuid7()})
        self.lines = list(lines)
        for line in self.lines:
            values = {
                "ready": formats.quantity(line.ready_quantity),
                "open": formats.quantity(line.open_quantity),
            }
            self.fields[f"line_{line.id.hex}"] = QuantityField(
                label=line.name,
                required=False,
                initial=line.ready_quantity,
                max_value=line.ready_quantity,
                disabled=line.ready_quantity <= 0,
                help_text=_("%(ready)s of %(open)s on the shelf") % values,
            )

    @property
    def line_fields(self) -> list[tuple[Any, forms.BoundField]]:
        """Each line with its field."""
        return [(line, self[f"line_{line.id.hex}"]) for line in self.lines]

    def quantities(self) -> Mapping[UUID, Decimal]:
        """What leaves, by order line."""
        return {line.id: self.cleaned_data.get(f"line_{line.id.hex}") or Decimal(0) for line in self.lines}
