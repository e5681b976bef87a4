"""An idea or a wish that somebody said at the counter."""

from django import forms
from django.utils.translation import gettext_lazy as _


class WishForm(forms.Form):
    """What was said; about which article and in which order, where that is known."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    text = forms.CharField(
        label=_("Idea or wish, in the customer's words"),
        max_length=5_000,
        widget=forms.Textarea,
        error_messages={"required": _("Write a few words.")},
    )
    article = forms.CharField(label=_("Article number"), max_length=40, required=False)
    order = forms.CharField(label=_("Order number"), max_length=40, required=False)
