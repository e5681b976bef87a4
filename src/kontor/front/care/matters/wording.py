"""Matters in words: kinds, states, what happened to them, until when they are due."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext, pgettext_lazy

from kontor.front.care.queries import CASE_CHANNELS, CASE_KINDS, CLOSE_REASONS, CONTACT_KINDS
from kontor.kernel.house import house_zone
from kontor.kernel.ui import formats
from kontor.kernel.ui.shapes import Said

KINDS: Mapping[str, Any] = dict(CASE_KINDS)
CHANNELS: Mapping[str, Any] = dict(CASE_CHANNELS)
REASONS: Mapping[str, Any] = dict(CLOSE_REASONS)
CONTACTS: Mapping[str, Any] = dict(CONTACT_KINDS)
CONTACT_ICONS: Mapping[str, str] = {
    "form": "message-square-text",
    "mail": "mail",
    "call": "phone",
    "letter": "file-text",
    "visit": "store",
    "note": "lock",
}
QUEUES: Mapping[str, Promise] = {
    "care": gettext_lazy("Customer Care"),
    "sales": gettext_lazy("Sales"),
}
VIEWS: Mapping[str, Promise] = {
    "mine": gettext_lazy("Mine"),
    "unclaimed": gettext_lazy("Unclaimed"),
    "all": gettext_lazy("All open"),
    "waiting": gettext_lazy("Waiting"),
    "closed": pgettext_lazy("matters", "Closed"),
}
_SOON = timedelta(hours=4)


def state_said(case: Any) -> Said:
    """The state of a case as a pill."""
    if case.state == "closed":
        return Said("neutral", pgettext("matters", "Closed"))
    if case.state == "waiting":
        return Said("neutral", _("Waits for the customer"))
    return Said("ok", _("Open"))


def due_said(due_at: datetime | None, now: datetime) -> Said | None:
    """Until when a case is to be answered, and how urgent that is; None where nothing is due."""
    if due_at is None:
        return None
    if due_at <= now:
        return Said("bad", _("overdue since %(at)s") % {"at": _near(due_at, now)})
    return Said(
        "warn" if due_at - now <= _SOON else "neutral", _("until %(at)s") % {"at": _near(due_at, now)}
    )


def _near(at: datetime, now: datetime) -> str:
    is_today = at.astimezone(house_zone()).date() == now.astimezone(house_zone()).date()
    return formats.instant(at, "time" if is_today else "brief")


def minutes_said(minutes: int) -> str:
    """A period of opening hours."""
    if minutes % 60 == 0:
        hours = minutes // 60
        return ngettext("%(count)d hour", "%(count)d hours", hours) % {"count": hours}
    return ngettext("%(count)d minute", "%(count)d minutes", minutes) % {"count": minutes}


def size_said(size: int) -> str:
    """The size of a file."""
    if size < 1024 * 1024:
        return f"{max(1, round(size / 1024))} kB"
    return f"{size / 1024 / 1024:.1f} MB".replace(".", "," if formats.reader_locale() == "de_DE" else ".")


_HANDLED: Mapping[str, Callable[[str], str]] = {
    "claimed": lambda _detail: _("Claimed."),
    "put_back": lambda _detail: _("Put back."),
    "handed_over": lambda detail: _("Handed over to %(name)s.") % {"name": detail},
    "kind": lambda detail: _("It is now: %(kind)s.") % {"kind": KINDS.get(detail, detail)},
    "queue": lambda detail: _("Goes to: %(queue)s.") % {"queue": QUEUES.get(detail, detail)},
    "waiting": lambda _detail: _("Waits for the customer."),
    "noted": lambda _detail: _("Note among staff."),
    "call": lambda _detail: _("Phone call noted."),
    "letter": lambda _detail: _("Letter noted."),
    "visit": lambda _detail: _("Visit noted."),
    "merged": lambda detail: _("Merged into %(number)s.") % {"number": detail},
    "joined": lambda detail: _("%(number)s belongs to it now.") % {"number": detail},
    "parted": lambda _detail: _("A matter of its own again."),
    "customer": lambda detail: _("Put to customer %(number)s.") % {"number": detail},
    "order": lambda detail: _("Is about order %(number)s.") % {"number": detail},
    "offering": lambda detail: _("Is about article %(number)s.") % {"number": detail},
}
HAPPENED: Mapping[str, Callable[[Mapping[str, Any]], str]] = {
    "cases.CaseOpened": lambda _fact: _("Came in."),
    "cases.CaseWrittenTo": lambda _fact: _("The customer wrote again."),
    "cases.CaseClosed": lambda fact: _("Closed: %(reason)s.") % {"reason": REASONS.get(fact["reason"], "")},
    "cases.CaseReopened": lambda _fact: _("Open again."),
    "cases.CaseRated": lambda fact: _("Rated with %(stars)s of 5 stars.") % {"stars": fact["rating"]},
    "care.CaseAnswered": lambda _fact: _("Answered."),
    "care.CaseHandled": lambda fact: _HANDLED.get(str(fact["what"]), str)(str(fact["detail"])),
}
