from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django import forms
from django.core.validators import ProhibitNullCharactersValidator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kontor.back.purchasing.queries import Line
from kontor.back.warehouse.forms import ArticleField
from kontor.kernel.ids import uuid7
from kontor.kernel.ui import formats
from kontor.kernel.ui.quantities import QuantityField
from kontor.kernel.ui.widgets import DayInput

_no_nul = ProhibitNullCharactersValidator()
_LINES = 5


class PurchaseForm(forms.Form):
    """A new purchase order with up to five lines; ``key`` makes a second click harmless."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    supplier = forms.ChoiceField(label=gettext_lazy("Supplier"))
    expected_on = forms.DateField(label=gettext_lazy("Wanted for"), widget=DayInput)
    note = forms.CharField(
        label=gettext_lazy("Note for the back office"), max_length=200, required=False, validators=[_no_nul]
    )

    def __init__(self, data: Any, suppliers: Sequence[tuple[str, str]], **initial: Any) -> None:
        super().__init__(data, initial={"key": uuid7(), **initial})
        self.fields["supplier"].choices = list(suppliers)  # type: ignore[attr-defined]
        for place in range(1, _LINES + 1):
            values = {"place": place}
            is_first = place == 1
            self.fields[f"article_{place}"] = ArticleField(
                label=_("Article %(place)s") % values, required=is_first
            )
            self.fields[f"quantity_{place}"] = QuantityField(
                label=_("Quantity %(place)s") % values, required=is_first
            )
            self.fields[f"price_{place}"] = forms.DecimalField(
                label=_("Net price each %(place)s") % values,
                required=is_first,
                min_value=Decimal(0),
                max_digits=12,
                decimal_places=4,
                localize=True,
            )

    @property
    def line_fields(self) -> list[tuple[forms.BoundField, forms.BoundField, forms.BoundField]]:
        """Each line with article, quantity and price."""
        return [
            (self[f"article_{place}"], self[f"quantity_{place}"], self[f"price_{place}"])
            for place in range(1, _LINES + 1)
        ]

    def clean(self) -> dict[str, Any]:
        """A line that names an article has a quantity and a price."""
        cleaned = super().clean() or {}
        for place in range(2, _LINES + 1):
            if cleaned.get(f"article_{place}"):
                for part in ("quantity", "price"):
                    if cleaned.get(f"{part}_{place}") is None and not self.has_error(f"{part}_{place}"):
                        self.add_error(f"{part}_{place}", _("Enter quantity and price of this article."))
        return cleaned

    def lines(self) -> list[tuple[UUID, Decimal, Decimal]]:
        """Article, quantity and price of each line that was filled in."""
        cleaned = self.cleaned_data
        return [
            (cleaned[f"article_{place}"].id, cleaned[f"quantity_{place}"], cleaned[f"price_{place}"])
            for place in range(1, _LINES + 1)
            if cleaned.get(f"article_{place}")
        ]


class SupplierForm(forms.Form):
    """A new supplier."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    name = forms.CharField(label=gettext_lazy("Supplier's name"), max_length=120, validators=[_no_nul])
    email = forms.EmailField(label=gettext_lazy("E-mail"), max_length=254, required=False)
    phone = forms.CharField(label=gettext_lazy("Phone"), max_length=40, required=False, validators=[_no_nul])
    lead_days = forms.IntegerField(
        label=gettext_lazy("Days until a delivery comes, as a rule"), min_value=0, max_value=999, initial=14
    )
    note = forms.CharField(
        label=gettext_lazy("Note for the back office"), max_length=200, required=False, validators=[_no_nul]
    )

    def __init__(self, data: Any) -> None:
        super().__init__(data, initial={"key": uuid7()})


class ConfirmForm(forms.Form):
    """The day the supplier confirmed."""

    day = forms.DateField(
        label=gettext_lazy("Confirmed day"),
        widget=DayInput,
        help_text=gettext_lazy("Another day than planned moves what was promised; customers read why."),
    )

    @classmethod
    def of(cls, day: date) -> "ConfirmForm":
        """The form with the planned day."""
        return cls(initial={"day": day})


class DeliveryForm(forms.Form):
    """What of an order came in: a quantity per line, and whether nothing more comes of it."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    location = forms.ChoiceField(label=gettext_lazy("Location"))
    reference = forms.CharField(
        label=gettext_lazy("Delivery note of the supplier"),
        max_length=60,
        required=False,
        validators=[_no_nul],
    )

    def __init__(self, data: Any, lines: Sequence[Line], locations: Sequence[tuple[str, str]]) -> None:
        super().__init__(data, initial={"key": uuid7()})
        self.fields["location"].choices = list(locations)  # type: ignore[attr-defined]
        self.rows = list(lines)
        for line in self.rows:
            rest = formats.quantity(line.row.rest)
            self.fields[f"came_{line.row.id.hex}"] = QuantityField(
                label=f"{line.row.article} · {line.name}",
                required=False,
                initial=line.row.rest,
                help_text=_("%(rest)s are still to come") % {"rest": rest},
            )
            self.fields[f"last_{line.row.id.hex}"] = forms.BooleanField(
                label=_("Nothing more comes of %(article)s") % {"article": line.row.article}, required=False
            )

    @property
    def line_fields(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """Each line's quantity and its end."""
        return [(self[f"came_{line.row.id.hex}"], self[f"last_{line.row.id.hex}"]) for line in self.rows]

    def quantities(self) -> dict[UUID, Decimal]:
        """What came, by line."""
        found = {line.row.id: self.cleaned_data.get(f"came_{line.row.id.hex}") for line in self.rows}
        return {line: quantity for line, quantity in found.items() if quantity}

    def last(self) -> frozenset[UUID]:
        """The lines of which nothing more comes."""
        return frozenset(
            line.row.id for line in self.rows if self.cleaned_data.get(f"last_{line.row.id.hex}")
        )
