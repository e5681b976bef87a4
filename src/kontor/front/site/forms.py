"""What visitors write to the house, and what staff write for the website. Actions check everything again."""

from collections.abc import Sequence
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kontor.front.site.actions import NewWords
from kontor.front.site.markup import MOST_CHARACTERS
from kontor.front.site.pages import SECTIONS


class MomentInput(forms.DateTimeInput):
    """The browser's own calendar and clock, which speak ISO 8601 in every language."""

    input_type = "datetime-local"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%dT%H:%M")


class WithdrawalForm(forms.Form):
    """A withdrawal in the three things the law allows to be asked (§ 356a (2) BGB). It turns nothing away."""

    name = forms.CharField(label=_("Your name"), required=False)
    contract = forms.CharField(
        label=_("Which contract?"),
        required=False,
        help_text=_("The order number, or what you ordered and when. Only some of it? Then write what."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    email = forms.CharField(
        label=_("Your e-mail address"),
        required=False,
        help_text=_("We acknowledge receipt there at once."),
        widget=forms.EmailInput,
    )

    def clean(self) -> dict[str, str]:
        """Nothing but blanks is no statement; everything else is one."""
        cleaned = {
            name: " ".join(str(value or "").split()) for name, value in (super().clean() or {}).items()
        }
        if not any(cleaned.values()):
            raise forms.ValidationError(
                _("Nothing is written yet. Say who you are and which contract you withdraw from.")
            )
        return cleaned


class ContactForm(forms.Form):
    """A message to the house. ``article`` is the number of what one asks about, from its page."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    article = forms.CharField(max_length=40, required=False, widget=forms.HiddenInput)
    kind = forms.ChoiceField(
        label=_("What is it about?"),
        choices=[
            ("question", _("A question")),
            ("complaint", _("Something is wrong")),
            ("return", _("Sending something back")),
            ("other", _("Something else")),
        ],
        initial="question",
        widget=forms.RadioSelect,
    )
    message = forms.CharField(
        label=_("Your message"),
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 7}),
        error_messages={"required": _("Write what it is about.")},
    )
    order = forms.CharField(
        label=_("Order number"), max_length=40, required=False, help_text=_("It begins with A.")
    )
    name = forms.CharField(label=_("Your name"), max_length=120)
    email = forms.EmailField(
        label=_("Your e-mail address"),
        max_length=254,
        error_messages={"invalid": _("Write a complete e-mail address, such as name@example.org.")},
    )


class WordsForm(forms.Form):
    """What a page says, in both languages."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    title_de = forms.CharField(label=_("Title"), max_length=120, required=False)
    title_en = forms.CharField(label=_("Title"), max_length=120, required=False)
    teaser_de = forms.CharField(
        label=_("In short"), max_length=400, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    teaser_en = forms.CharField(
        label=_("In short"), max_length=400, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    body_de = forms.CharField(
        label=_("Text"), max_length=MOST_CHARACTERS, required=False, widget=forms.Textarea(attrs={"rows": 18})
    )
    body_en = forms.CharField(
        label=_("Text"), max_length=MOST_CHARACTERS, required=False, widget=forms.Textarea(attrs={"rows": 18})
    )
    picture = forms.ChoiceField(label=_("Picture"), required=False)
    picture_alt_de = forms.CharField(label=_("What is to be seen"), max_length=200, required=False)
    picture_alt_en = forms.CharField(label=_("What is to be seen"), max_length=200, required=False)
    sections = forms.MultipleChoiceField(
        label=_("Parts of the start page"),
        choices=list(SECTIONS.items()),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    is_checked = forms.BooleanField(
        label=_("Somebody who knows the law has checked this text"), required=False
    )

    def __init__(self, data: Any = None, *, pictures: Sequence[tuple[str, str]] = (), **options: Any) -> None:
        super().__init__(data, **options)
        cast(forms.ChoiceField, self.fields["picture"]).choices = [("", _("No picture")), *pictures]

    def words(self) -> NewWords:
        """What was written, for the action."""
        cleaned = self.cleaned_data
        return NewWords(
            **{name: cleaned[name].replace("\r\n", "\n") for name in _WRITTEN},
            picture=cleaned["picture"],
            sections=list(cleaned["sections"]),
            is_checked=cleaned["is_checked"],
        )


_WRITTEN = tuple(
    f"{part}_{language}" for part in ("title", "teaser", "body", "picture_alt") for language in ("de", "en")
)


class PublishForm(forms.Form):
    """From when until when a page is shown; empty: from now on, for good."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    valid_from = forms.DateTimeField(label=pgettext_lazy("date", "From"), required=False, widget=MomentInput)
    valid_until = forms.DateTimeField(label=_("Until"), required=False, widget=MomentInput)
    note = forms.CharField(
        label=_("What has changed"),
        max_length=200,
        required=False,
        help_text=_("For your colleagues, in the history."),
    )


class NewsForm(forms.Form):
    """The beginning of an article."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    title_de = forms.CharField(
        label=_("Title in German"), max_length=120, error_messages={"required": _("Write the German title.")}
    )
    title_en = forms.CharField(label=_("Title in English"), max_length=120, required=False)
