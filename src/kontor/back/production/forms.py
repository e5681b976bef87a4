from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.core.validators import ProhibitNullCharactersValidator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kontor.back.production.models import WorkStep
from kontor.back.warehouse.forms import ArticleField
from kontor.kernel.ids import uuid7
from kontor.kernel.ui.quantities import QuantityField
from kontor.kernel.ui.widgets import DayInput

_no_nul = ProhibitNullCharactersValidator()
_STEPS = 6


class ProductionForm(forms.Form):
    """A new production order; ``key`` makes a second click harmless."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    article = ArticleField(label=gettext_lazy("Article to be made"))
    quantity = QuantityField(label=gettext_lazy("Quantity to be made"))
    start_on = forms.DateField(label=gettext_lazy("Begins on"), widget=DayInput)
    finish_on = forms.DateField(label=gettext_lazy("Ready on"), widget=DayInput)
    note = forms.CharField(
        label=gettext_lazy("Note for the back office"), max_length=200, required=False, validators=[_no_nul]
    )

    def __init__(self, data: Any, steps: Sequence[tuple[str, str]], **initial: Any) -> None:
        known = {f"step_{place}": name for place, (name, _centre) in enumerate(steps, start=1)}
        known |= {f"centre_{place}": centre for place, (_name, centre) in enumerate(steps, start=1)}
        super().__init__(data, initial={"key": uuid7(), **known, **initial})
        for place in range(1, _STEPS + 1):
            step, centre = _("Work step %(place)s"), _("Work centre %(place)s")
            self.fields[f"step_{place}"] = _words(step % {"place": place})
            self.fields[f"centre_{place}"] = _words(centre % {"place": place})

    @property
    def step_fields(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """Each work step with its work centre."""
        return [(self[f"step_{place}"], self[f"centre_{place}"]) for place in range(1, _STEPS + 1)]

    def steps(self) -> list[tuple[str, str]]:
        """The steps that were named, in their order."""
        found = [
            (self.cleaned_data.get(f"step_{place}", ""), self.cleaned_data.get(f"centre_{place}", ""))
            for place in range(1, _STEPS + 1)
        ]
        return [(name, centre) for name, centre in found if name]


class StopForm(forms.Form):
    """What a work step made."""

    good = QuantityField(label=gettext_lazy("Good pieces"))
    scrap = QuantityField(label=gettext_lazy("Scrap"), required=False)
    reason = forms.ChoiceField(
        label=gettext_lazy("Reason of the scrap"),
        required=False,
        choices=[("", gettext_lazy("No scrap")), *WorkStep.Scrap.choices],
    )

    def clean_scrap(self) -> Decimal:
        """Nothing typed is no scrap."""
        return self.cleaned_data["scrap"] or Decimal(0)


class FinishForm(forms.Form):
    """What was made in the end, and where it is put."""

    good = QuantityField(label=gettext_lazy("Good pieces that go on the shelf"))
    location = forms.ChoiceField(label=gettext_lazy("Location"))

    def __init__(self, data: Any, locations: Sequence[tuple[str, str]], good: Decimal) -> None:
        super().__init__(data, initial={"good": good})
        self.fields["location"].choices = list(locations)  # type: ignore[attr-defined]


def _words(label: str) -> forms.CharField:
    return forms.CharField(label=label, max_length=80, required=False, validators=[_no_nul])
