"""Who changed what of the organisation, and when: read from its dated rows."""

from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import Any

from django.utils.translation import gettext as _

from kontor.back.administration.setting_up.forms import (
    LookForm,
    OrganisationForm,
    SmallBusinessForm,
    TermsForm,
)
from kontor.bridge.parties.queries import house_history

_LABELS = {
    name: field.label
    for form in (OrganisationForm, LookForm, TermsForm, SmallBusinessForm)
    for name, field in form.base_fields.items()
}


@dataclass(frozen=True, slots=True)
class Change:
    """One change: what became what."""

    at: datetime
    who: str
    facts: list[tuple[str, str, str]]


def changes_of_the_house(count: int = 20) -> list[Change]:
    """The latest changes, newest first. One statement."""
    rows = house_history(count + 1)
    found = [_change(new, old) for new, old in pairwise(rows)]
    if rows and len(rows) <= count:
        found.append(Change(rows[-1].since, rows[-1].changed_by, []))
    return found


def _change(new: Any, old: Any) -> Change:
    names = [field.attname for field in new._meta.concrete_fields]
    facts = [
        (str(_LABELS.get(name) or _other(name)), _said(getattr(old, name)), _said(getattr(new, name)))
        for name in names
        if name not in ("id", "since", "changed_by") and getattr(old, name) != getattr(new, name)
    ]
    return Change(new.since, new.changed_by, facts)


def _other(name: str) -> str:
    return _("Logo") if name == "logo" else _("Tax jurisdiction") if name == "jurisdiction" else name


def _said(value: Any) -> str:
    return "–" if value in (None, "") else str(value)
