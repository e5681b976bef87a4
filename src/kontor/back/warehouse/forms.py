from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any
from uuid import UUID

from django import forms
from django.core.validators import ProhibitNullCharactersValidator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kontor.back.warehouse.queries import Article, goods, some_goods
from kontor.bridge.promises.reasons import MoveReason
from kontor.bridge.voice.reasons import ReturnReason
from kontor.kernel.ids import uuid7
from kontor.kernel.ui import formats
from kontor.kernel.ui.quantities import QuantityField
from kontor.kernel.ui.widgets import DayInput

_no_nul = ProhibitNullCharactersValidator()


class ReceiptForm(forms.Form):
    """A delivery of one article; ``key`` makes a second click harmless."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    quantity = QuantityField(label=gettext_lazy("Quantity received"))
    location = forms.ChoiceField(label=gettext_lazy("Location"))
    receipt = forms.ChoiceField(label=gettext_lazy("Planned receipt"), required=False)
    reference = forms.CharField(
        label=gettext_lazy("Delivery note of the supplier"),
        max_length=60,
        required=False,
        validators=[_no_nul],
    )
    is_last = forms.BooleanField(label=gettext_lazy("Nothing more comes of it"), required=False)

    def __init__(self, data: Any, article: Article, locations: Sequence[tuple[str, str]]) -> None:
        # What is made is reported in production: there the quantity that passed the check is known.
        self.purchases = {str(row.id) for row in article.receipts if row.made_by == "purchase"}
        usual = article.lying[0].location_id if article.lying else None
        super().__init__(data, initial={"key": uuid7(), "location": str(usual or "")})
        self.fields["location"].choices = list(locations)  # type: ignore[attr-defined]
        none = ("", _("None: it came unplanned"))
        planned = [(str(row.id), _planned(row)) for row in article.receipts if row.made_by != "production"]
        self.fields["receipt"].choices = [*planned, none]  # type: ignore[attr-defined]

    def closes_receipt(self) -> bool:
        """Whether nothing more comes of the planned receipt. Only a purchase may come in parts."""
        is_purchase = self.cleaned_data["receipt"] in self.purchases
        return bool(self.cleaned_data["is_last"]) if is_purchase else True


class LocationForm(forms.Form):
    """A new location."""

    code = forms.CharField(label=gettext_lazy("Code"), max_length=20, validators=[_no_nul])
    name_de = forms.CharField(label=gettext_lazy("German name"), max_length=80, validators=[_no_nul])
    name_en = forms.CharField(
        label=gettext_lazy("English name"), max_length=80, required=False, validators=[_no_nul]
    )
    position = forms.IntegerField(
        label=gettext_lazy("Position on the way"), min_value=0, max_value=9999, initial=0
    )


class CountForm(forms.Form):
    """What was counted of one article: a quantity per location; empty means not counted.

    Where it lies each location has its field; another location is chosen from the list.
    """

    other = forms.ChoiceField(label=gettext_lazy("Found at another location"), required=False)
    other_quantity = QuantityField(label=gettext_lazy("Quantity found there"), required=False)
    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=200, validators=[_no_nul])

    def __init__(self, data: Any, lying: Sequence[Any], locations: Sequence[tuple[str, str]]) -> None:
        super().__init__(data)
        self.places: dict[str, UUID] = {}
        for row in lying:
            name = f"found_{row.location_id.hex}"
            self.places[name] = row.location_id
            help_text = _("%(quantity)s in the books") % {"quantity": formats.quantity(row.quantity)}
            self.fields[name] = QuantityField(label=row.code, required=False, help_text=help_text)
        known = {str(location) for location in self.places.values()}
        others = [(pk, code) for pk, code in locations if pk not in known]
        self.fields["other"].choices = [("", _("None")), *others]  # type: ignore[attr-defined]
        self.codes = {UUID(pk): code for pk, code in locations}

    @property
    def place_fields(self) -> list[forms.BoundField]:
        """The fields of the locations where it lies."""
        return [self[name] for name in self.places]

    def counts(self) -> dict[UUID, Decimal]:
        """What was counted, by location."""
        found = {
            location: self.cleaned_data[name]
            for name, location in self.places.items()
            if self.cleaned_data.get(name) is not None
        }
        if self.cleaned_data.get("other") and self.cleaned_data.get("other_quantity") is not None:
            found[UUID(self.cleaned_data["other"])] = self.cleaned_data["other_quantity"]
        return found


class ReturnForm(forms.Form):
    """What of an order came back: a quantity per line."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    location = forms.ChoiceField(label=gettext_lazy("Put to location"))
    why = forms.ChoiceField(
        label=gettext_lazy("Why did it come back?"),
        choices=[("", gettext_lazy("Please choose")), *ReturnReason.choices],
        help_text=gettext_lazy("Product conception reads it, without the customer."),
    )
    reason = forms.CharField(
        label=gettext_lazy("In the customer's words"), max_length=200, required=False, validators=[_no_nul]
    )

    def __init__(self, data: Any, lines: Sequence[Any], locations: Sequence[tuple[str, str]]) -> None:
        super().__init__(data, initial={"key": uuid7()})
        self.fields["location"].choices = list(locations)  # type: ignore[attr-defined]
        self.rows = [row for row in lines if row.returnable > 0]
        for row in self.rows:
            help_text = _("at most %(quantity)s") % {"quantity": formats.quantity(row.returnable)}
            self.fields[f"back_{row.id.hex}"] = QuantityField(
                label=row.name, required=False, max_value=row.returnable, help_text=help_text
            )

    @property
    def line_fields(self) -> list[tuple[Any, forms.BoundField]]:
        """Each line with its field."""
        return [(row, self[f"back_{row.id.hex}"]) for row in self.rows]

    def quantities(self) -> Mapping[UUID, Decimal]:
        """What came back, by order line."""
        found = {row.id: self.cleaned_data.get(f"back_{row.id.hex}") for row in self.rows}
        return {line: quantity for line, quantity in found.items() if quantity}


class ArticleField(forms.CharField):
    """An article (goods) by its number; a suggestion may carry the name behind it. Cleans to the article's row."""

    def __init__(self, **options: Any) -> None:
        super().__init__(max_length=250, validators=[_no_nul], **options)

    def clean(self, value: Any) -> Any:
        """The article's row (id, number, names), or an error that says what to do."""
        text = super().clean(value)
        number = text.split(" · ")[0].strip()
        found = goods([number]).get(number) if number else None
        if number and found is None:
            raise forms.ValidationError(
                _("There is no such article. Choose one of the list."), code="unknown"
            )
        return found


def article_suggestions() -> list[str]:
    """Articles to choose from, in the words that an ArticleField reads."""
    return [f"{number} · {name}" for number, name in some_goods()]


class DayForm(forms.Form):
    """Another day for what is to be made or to come in: the day, why, and a note for the back office alone."""

    day = forms.DateField(label=gettext_lazy("Ready on"), widget=DayInput)
    reason = forms.ChoiceField(
        label=gettext_lazy("Why it moves"),
        choices=MoveReason.choices,
        help_text=gettext_lazy("Customers who wait read one plain sentence for it."),
    )
    note = forms.CharField(
        label=gettext_lazy("Note for the back office"),
        max_length=200,
        required=False,
        validators=[_no_nul],
        help_text=gettext_lazy("Nobody in front ever sees it."),
    )


class CallOffForm(forms.Form):
    """Why an order is called off."""

    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=200,
        validators=[_no_nul],
        help_text=gettext_lazy("One sentence. It stays in the back office."),
    )


def _planned(row: Any) -> str:
    values = {
        "day": formats.day(row.starts_at),
        "quantity": formats.quantity(row.capacity),
        "source": row.source,
    }
    if row.source:
        return _("%(day)s: %(quantity)s (%(source)s)") % values
    return _("%(day)s: %(quantity)s") % values
