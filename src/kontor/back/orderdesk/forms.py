from django import forms
from django.core.validators import ProhibitNullCharactersValidator
from django.utils.translation import gettext_lazy as _


class ReasonForm(forms.Form):
    """Why something is done: a sentence for whoever reads the history."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=200,
        validators=[ProhibitNullCharactersValidator()],
        help_text=_("One sentence. It stands in the history of the order."),
    )
