"""What customers write about their matters."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kontor.bridge.cases.actions import MOST_CHARACTERS
from kontor.front.shop.voices.forms import STARS

_TOO_LONG = _("The message is longer than 20,000 characters. Shorten it, or send the rest as a file.")


class MessageForm(forms.Form):
    """Something to add."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    text = forms.CharField(
        label=_("Your message"),
        max_length=MOST_CHARACTERS,
        widget=forms.Textarea,
        error_messages={"required": _("Write a few words."), "max_length": _TOO_LONG},
    )


class ProblemForm(MessageForm):
    """Something is wrong with an order, or with one line of it."""

    field_order = ("what", "line", "text")
    what = forms.ChoiceField(
        label=_("What is it about?"),
        choices=[
            ("complaint", _("Something is wrong or broken")),
            ("return", _("I want to send something back")),
            ("question", _("I have a question")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what it is about.")},
    )
    line = forms.ChoiceField(label=_("Which article?"), required=False)

    def __init__(self, *args: Any, lines: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        line = self.fields["line"]
        if isinstance(line, forms.ChoiceField):
            line.choices = [("", _("The order as a whole")), *lines]


class RatingForm(forms.Form):
    """One to five stars."""

    rating = forms.TypedChoiceField(
        label=_("How was it?"),
        coerce=int,
        choices=STARS,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one to five stars.")},
    )
