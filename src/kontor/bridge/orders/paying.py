"""Until when an order that waits for money is to be paid, when its customer is reminded, and when it is ended."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from kontor.kernel.clocks.calendars import WorkingDays, start_of
from kontor.kernel.clocks.terms import payment_due
from kontor.kernel.ui import formats

# Why an unpaid order was ended, as it stands in ``cancel_reason``; rooms put it into the reader's words.
NOT_PAID = "not paid in time"
_REMINDED_AT = time(8)
_ONE_DAY = timedelta(days=1)


class PayingTerms(Protocol):
    """What a house says of paying ahead; 0 is never."""

    @property
    def land(self) -> str: ...
    @property
    def prepayment_days(self) -> int: ...
    @property
    def reminder_days(self) -> int: ...
    @property
    def online_hours(self) -> int: ...


class WaitsForMoney(Protocol):
    """An order, as far as its payment goes."""

    @property
    def payment_method(self) -> str: ...
    @property
    def pay_until(self) -> datetime | None: ...
    @property
    def lapses_at(self) -> datetime | None: ...


@dataclass(frozen=True, slots=True)
class Deadline:
    """``until`` is what the customer is told; None anywhere: never.

    A transfer of the last day takes one banking day more (§ 675s BGB): only then does the order end.
    """

    until: datetime | None = None
    remind_at: datetime | None = None
    lapses_at: datetime | None = None


def deadline(payment_method: str, *, at: datetime, zone: ZoneInfo, terms: PayingTerms) -> Deadline:
    """Until when an order that is confirmed (and told so) at an instant is to be paid; by invoice there is none."""
    if payment_method == "provider" and terms.online_hours:
        until = at + timedelta(hours=terms.online_hours)
        return Deadline(until, None, until)
    if payment_method != "prepayment":
        return Deadline()
    today = at.astimezone(zone).date()
    remind_on = today + timedelta(days=terms.reminder_days)
    remind_at = datetime.combine(remind_on, _REMINDED_AT, zone) if terms.reminder_days else None
    if not terms.prepayment_days:
        return Deadline(None, remind_at, None)
    last = payment_due(today, days=terms.prepayment_days, land=terms.land).on
    arrives = WorkingDays(terms.land, zone).next_from(last + _ONE_DAY)
    return Deadline(
        # The last second of the day: an instant that everybody reads as this day.
        start_of(last + _ONE_DAY, zone) - timedelta(seconds=1),
        remind_at if remind_on < last else None,
        start_of(arrives + _ONE_DAY, zone),
    )


def until_said(payment_method: str, until: datetime | None) -> str:
    """Until when to pay: a day for a transfer, day and hour online; empty for never."""
    if until is None:
        return ""
    if payment_method != "provider":
        return formats.day(until, "weekday")
    return pgettext("clock", "%(instant)s") % {"instant": formats.instant(until, "weekday")}


def paying_said(payment_method: str, *, at: datetime, zone: ZoneInfo, terms: PayingTerms) -> str:
    """By when an order of this instant is to be paid, as a sentence more for whoever chooses; empty for never."""
    until = until_said(payment_method, deadline(payment_method, at=at, zone=zone, terms=terms).until)
    return _("Please pay by %(until)s.") % {"until": until} if until else ""


def waiting_said(order: WaitsForMoney) -> str:
    """How long an order waits for its money, as staff read it; empty for ever."""
    until = until_said(order.payment_method, order.pay_until)
    if not until:
        return ""
    if order.lapses_at is None:
        return _("Not all of it has come in, so it is not cancelled by itself: a person decides.")
    return _("It waits for the payment until %(until)s; then it is cancelled by itself.") % {"until": until}


def reason_said(reason: str) -> str:
    """Why an order was cancelled, in the reader's words: the clerk's own, or the house's."""
    return _("not paid in time") if reason == NOT_PAID else reason
