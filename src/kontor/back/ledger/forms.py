"""A period, read from the address of a page; what makes no sense counts as not given."""

from dataclasses import dataclass
from datetime import date

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

_YEARS = (date(1970, 1, 1), date(2999, 12, 31))


class PeriodForm(forms.Form):
    """From a day until another, both included."""

    booked_from = forms.DateField(
        label=_("Booked from"),
        required=False,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )
    booked_until = forms.DateField(
        label=_("Booked until"),
        required=False,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )


@dataclass(frozen=True, slots=True)
class Span:
    """Two days, the first not after the last."""

    first: date
    last: date


def span_of(query: QueryDict, today: date) -> Span:
    """The period an address asks for; else the present year until today."""
    form = PeriodForm(query)
    form.is_valid()
    first = form.cleaned_data.get("booked_from") or today.replace(month=1, day=1)
    last = form.cleaned_data.get("booked_until") or max(today, first)
    first, last = (min(max(day, _YEARS[0]), _YEARS[1]) for day in (first, last))
    return Span(min(first, last), max(first, last))
