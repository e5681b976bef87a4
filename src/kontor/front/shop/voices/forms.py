"""What visitors say: an idea or a wish, a review."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kontor.bridge.voice.reviewing import MOST_CHARACTERS

MOST_WISHED = 5_000
STARS = [
    (5, _("★★★★★ very good")),
    (4, _("★★★★☆ good")),
    (3, _("★★★☆☆ fair")),
    (2, _("★★☆☆☆ poor")),
    (1, _("★☆☆☆☆ very poor")),
]


class WishForm(forms.Form):
    """An idea or a wish in a few words; an e-mail address only for who wants an answer."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    text = forms.CharField(
        label=_("Your idea or wish"),
        max_length=MOST_WISHED,
        widget=forms.Textarea,
        error_messages={
            "required": _("Write a few words."),
            "max_length": _("Shorten it to 5,000 characters, please."),
        },
    )
    email = forms.EmailField(
        label=_("E-mail"),
        max_length=254,
        required=False,
        help_text=_("Only if you want to hear what becomes of it."),
        error_messages={"invalid": _("Write a complete e-mail address, such as name@example.org.")},
    )

    def __init__(self, *args: Any, asks_email: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not asks_email:
            del self.fields["email"]


class ReviewForm(forms.Form):
    """One to five stars, a few words, and a name to be shown if one likes."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    stars = forms.TypedChoiceField(
        label=_("How do you like it?"),
        coerce=int,
        choices=STARS,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one to five stars.")},
    )
    text = forms.CharField(
        label=_("In your words"),
        max_length=MOST_CHARACTERS,
        required=False,
        widget=forms.Textarea,
        help_text=_("What is good about it, what is not? Please no names, addresses or links."),
        error_messages={"max_length": _("The review is longer than 4,000 characters. Shorten it.")},
    )
    shown_as = forms.CharField(
        label=_("Shown under the name"),
        max_length=40,
        required=False,
        help_text=_("For example your first name. Without one it is shown without a name."),
    )
