from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class DepartmentsForm(forms.Form):
    """Which departments a member of staff belongs to."""

    departments = forms.MultipleChoiceField(
        label=_("Departments"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, data: Any, choices: Sequence[tuple[str, str]], current: Sequence[str] = ()) -> None:
        super().__init__(data, initial={"departments": list(current)})
        self.fields["departments"].choices = list(choices)  # type: ignore[attr-defined]
