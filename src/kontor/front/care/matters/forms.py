"""What clerks type about matters. Actions and database check everything again."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kontor.bridge.cases.actions import MOST_CHARACTERS
from kontor.front.care.matters import wording


class AnswerForm(forms.Form):
    """An answer by mail."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    text = forms.CharField(
        label=_("Your answer"), max_length=MOST_CHARACTERS, strip=False, widget=forms.Textarea
    )
    to = forms.CharField(label=_("To"), max_length=254)
    afterwards = forms.ChoiceField(
        choices=[("waiting", ""), ("open", ""), ("closed", "")], required=False, initial="waiting"
    )


class NoteForm(forms.Form):
    """A note among staff, or a contact that is logged."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    text = forms.CharField(max_length=MOST_CHARACTERS, strip=False, widget=forms.Textarea)
    kind = forms.ChoiceField(choices=[("call", ""), ("letter", ""), ("visit", "")], required=False)
    direction = forms.ChoiceField(choices=[("in", ""), ("out", "")], required=False)


class SortForm(forms.Form):
    """Kind and department."""

    kind = forms.ChoiceField(choices=tuple(wording.KINDS.items()))
    queue = forms.ChoiceField(choices=tuple(wording.QUEUES.items()))


class CloseForm(forms.Form):
    """Why a matter is closed."""

    reason = forms.ChoiceField(choices=tuple(wording.REASONS.items()))
    seen = forms.IntegerField(min_value=0)


class NewMatterForm(forms.Form):
    """A matter that a clerk notes: a call, a letter, a visit."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    channel = forms.ChoiceField(
        label=_("Came by"),
        choices=[("call", _("Phone")), ("letter", _("Letter")), ("visit", _("Visit"))],
        initial="call",
        widget=forms.RadioSelect,
    )
    kind = forms.ChoiceField(label=_("What it is"), choices=tuple(wording.KINDS.items()), initial="question")
    subject = forms.CharField(
        label=_("Subject"),
        max_length=200,
        error_messages={"required": _("Say in a few words what it is about.")},
    )
    text = forms.CharField(
        label=_("What was said or written"),
        max_length=MOST_CHARACTERS,
        widget=forms.Textarea,
        error_messages={"required": _("Write what was said or written.")},
        help_text=_(
            "The customer sees it among their matters. Notes among staff belong on the matter's page."
        ),
    )
    customer = forms.CharField(
        label=_("Customer number"), max_length=20, required=False, help_text=_("Such as K-10001.")
    )
    order = forms.CharField(
        label=_("Order number"), max_length=20, required=False, help_text=_("Such as A-100001.")
    )
    name = forms.CharField(label=_("Name"), max_length=120, required=False)
    email = forms.EmailField(
        label=_("E-mail"),
        max_length=254,
        required=False,
        help_text=_("Needed for an answer by mail. If empty: the customer's own."),
        error_messages={"invalid": _("Write a complete e-mail address, such as name@example.org.")},
    )
    phone = forms.CharField(label=_("Phone"), max_length=40, required=False)
    claim = forms.BooleanField(label=_("I take care of it myself"), required=False, initial=True)


class SnippetForm(forms.Form):
    """Words used often, in two languages."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    title = forms.CharField(
        label=_("Title"),
        max_length=80,
        error_messages={"required": _("Write a title, so that it can be found.")},
    )
    text_de = forms.CharField(
        label=_("Text in German"), max_length=MOST_CHARACTERS, required=False, widget=forms.Textarea
    )
    text_en = forms.CharField(
        label=_("Text in English"), max_length=MOST_CHARACTERS, required=False, widget=forms.Textarea
    )

    def clean(self) -> dict[str, Any]:
        """A snippet says something in one language at least."""
        cleaned = super().clean() or {}
        if not (str(cleaned.get("text_de", "")).strip() or str(cleaned.get("text_en", "")).strip()):
            self.add_error("text_de", _("Write the text in one language at least."))
        return cleaned
