from django import forms
from django.core.validators import ProhibitNullCharactersValidator
from django.utils.translation import gettext_lazy as _

_no_nul = ProhibitNullCharactersValidator()


class ViewForm(forms.Form):
    """A view to save."""

    page = forms.CharField(max_length=60, validators=[_no_nul])
    name = forms.CharField(label=_("Name"), max_length=60, validators=[_no_nul])
    is_shared = forms.BooleanField(required=False)
    query = forms.CharField(max_length=500, required=False, validators=[_no_nul])


class ChangeViewForm(forms.Form):
    """A view to rename or to share."""

    name = forms.CharField(label=_("Name"), max_length=60, validators=[_no_nul])
    is_shared = forms.BooleanField(required=False)


class ExportForm(forms.Form):
    """A list to be made a file of."""

    page = forms.CharField(max_length=60, validators=[_no_nul])
    query = forms.CharField(max_length=500, required=False, validators=[_no_nul])
    kind = forms.ChoiceField(choices=(("csv", "CSV"), ("xlsx", "Excel")), required=False)
