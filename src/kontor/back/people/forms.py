from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.validators import ProhibitNullCharactersValidator
from django.utils.translation import gettext_lazy as _

from kontor.kernel.actor.departments import RIGHTS
from kontor.kernel.ui.widgets import DayInput

_no_nul = ProhibitNullCharactersValidator()


class DepartmentsForm(forms.Form):
    """Which departments a member of staff belongs to."""

    departments = forms.MultipleChoiceField(
        label=_("Departments"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, data: Any, choices: Sequence[tuple[str, str]], current: Sequence[str] = ()) -> None:
        super().__init__(data, initial={"departments": list(current)})
        self.fields["departments"].choices = list(choices)  # type: ignore[attr-defined]


class PasswordForm(forms.Form):
    """A password to choose; shown on wish by the browser, so it is asked once."""

    password = forms.CharField(
        label=_("New password"), max_length=200, widget=forms.PasswordInput, strip=False
    )


class OwnPasswordForm(PasswordForm):
    """The present password and a new one."""

    old = forms.CharField(
        label=_("Present password"), max_length=200, widget=forms.PasswordInput, strip=False
    )
    field_order = ("old", "password")


class PersonForm(forms.Form):
    """Who somebody is that works here."""

    name = forms.CharField(label=_("Name"), max_length=120, validators=[_no_nul])
    email = forms.EmailField(label=_("E-mail address"), max_length=254)
    language = forms.ChoiceField(label=_("Language"), choices=[("de", "Deutsch"), ("en", "English")])


class EmployeeForm(PersonForm):
    """Somebody to take on."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    job_title_de = forms.CharField(label=_("Position held"), max_length=80, validators=[_no_nul])
    job_title_en = forms.CharField(
        label=_("Position held, in English"), max_length=80, required=False, validators=[_no_nul]
    )
    hired_on = forms.DateField(label=_("Here since"), widget=DayInput)
    departments = forms.MultipleChoiceField(
        label=_("Departments"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(
        self, data: Any, choices: Sequence[tuple[str, str]], initial: dict[str, Any] | None = None
    ) -> None:
        super().__init__(data, initial=initial)
        self.fields["departments"].choices = list(choices)  # type: ignore[attr-defined]


class RightsForm(forms.Form):
    """What the members of a department may do."""

    rights = forms.MultipleChoiceField(
        label=_("May"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=lambda: list(RIGHTS.items()),
    )
