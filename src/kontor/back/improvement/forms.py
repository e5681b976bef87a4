"""What people write about problems."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from kontor.back.improvement.actions import MOST_WHYS
from kontor.back.improvement.models import Problem
from kontor.kernel.ids import uuid7
from kontor.kernel.ui.widgets import DayInput

_LONG = forms.Textarea(attrs={"rows": 3})


class SignalsForm(forms.Form):
    """Which signals of a suggestion are meant; what is not shown goes along unless said otherwise."""

    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid7)
    title = forms.CharField(
        label=_("What is it, in a few words?"),
        max_length=160,
        required=False,
        help_text=_("As product people say it: “Brake squeals after 200 km”."),
    )
    problem = forms.ChoiceField(label=_("Belongs to"), required=False)
    rest = forms.BooleanField(required=False)

    def __init__(self, data: object, shown: Sequence[UUID], problems: Sequence[tuple[str, str]]) -> None:
        super().__init__(data)  # type: ignore[arg-type]  # a QueryDict or None
        self.shown = list(shown)
        field = self.fields["problem"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [("", _("Choose …")), *problems]

    def ticked(self) -> list[UUID]:
        """The shown signals that are ticked."""
        wanted = set(self.data.getlist("ids")) if hasattr(self.data, "getlist") else set()
        return [signal for signal in self.shown if str(signal) in wanted]

    def wanted(self, everything: Sequence[UUID]) -> list[UUID]:
        """Ticked signals, and those that the page had no room for if the form says so."""
        rest = set(everything) - set(self.shown) if self.cleaned_data["rest"] else set()
        return [*self.ticked(), *sorted(rest)]


class OwnerForm(forms.Form):
    """Who looks after it."""

    owner = forms.ChoiceField(label=_("Who looks after it"))

    def __init__(self, data: object, owners: Sequence[tuple[str, str]], current: UUID | None) -> None:
        super().__init__(data, initial={"owner": str(current or "")})  # type: ignore[arg-type]
        field = self.fields["owner"]
        if isinstance(field, forms.ChoiceField):
            field.choices = list(owners) if current else [("", _("Nobody yet")), *owners]


class HarmForm(forms.Form):
    """How much harm it does."""

    harm = forms.TypedChoiceField(label=_("Harm"), choices=Problem.Harm.choices, coerce=int)


class CauseForm(forms.Form):
    """Why, and why that: five times at most, down to the cause."""

    why_1 = forms.CharField(label=_("Why does it happen?"), max_length=300, required=False)
    why_2 = forms.CharField(label=_("And why that?"), max_length=300, required=False)
    why_3 = forms.CharField(label=_("And why that?"), max_length=300, required=False)
    why_4 = forms.CharField(label=_("And why that?"), max_length=300, required=False)
    why_5 = forms.CharField(label=_("And why that?"), max_length=300, required=False)
    cause = forms.CharField(
        label=_("So the cause is"),
        widget=_LONG,
        error_messages={"required": _("Write down why it happens.")},
    )
    kind = forms.ChoiceField(
        label=_("What kind of cause"), choices=[("", _("Choose …")), *Problem.Cause.choices]
    )

    def whys(self) -> list[str]:
        """What was written, in order."""
        return [self.cleaned_data[f"why_{place}"] for place in range(1, MOST_WHYS + 1)]


class ActionForm(forms.Form):
    """What is changed, and until when."""

    action = forms.CharField(
        label=_("What is changed"),
        widget=_LONG,
        error_messages={"required": _("Write down what is changed.")},
    )
    due_on = forms.DateField(label=_("Until"), widget=DayInput)

    def clean_due_on(self) -> date:
        """A day of this century."""
        day: date = self.cleaned_data["due_on"]
        if not date(2000, 1, 1) <= day <= date(2100, 1, 1):
            raise forms.ValidationError(_("Choose a day of this century."))
        return day


class EffectForm(forms.Form):
    """What it brought."""

    effect = forms.ChoiceField(
        label=_("Does it work?"), choices=Problem.Effect.choices, widget=forms.RadioSelect
    )
    note = forms.CharField(label=_("How do we know"), widget=_LONG, required=False)


class AnswerForm(forms.Form):
    """What everyone behind the signals is told."""

    verdict = forms.ChoiceField(
        label=_("What we say"),
        choices=[("done", _("Done")), ("declined", _("Declined, because …"))],
        widget=forms.RadioSelect,
    )
    text_de = forms.CharField(
        label=_("In German"),
        widget=forms.Textarea(attrs={"rows": 5, "lang": "de"}),
        max_length=4000,
        error_messages={"required": _("Write the answer in German, too.")},
    )
    text_en = forms.CharField(
        label=_("In English"),
        widget=forms.Textarea(attrs={"rows": 5, "lang": "en"}),
        max_length=4000,
        error_messages={"required": _("Write the answer in English, too.")},
    )

    def __init__(self, data: object = None, *, may_be_done: bool = True) -> None:
        super().__init__(data, initial={"verdict": "done" if may_be_done else "declined"})  # type: ignore[arg-type]
        field = self.fields["verdict"]
        if not may_be_done and isinstance(field, forms.ChoiceField):
            field.choices = [("declined", _("Declined, because …"))]
