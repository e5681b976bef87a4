"""Dates that every sale asks for: when the parcel arrives, and when the invoice is to be paid."""

from datetime import date, datetime, time

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kontor.kernel.clocks.calendars import WorkingDays, start_of
from kontor.kernel.clocks.due import Due, Period, Step, Unit, due, working_days_after


def delivery_date(ready_on: date, *, handling_days: int = 1, transit_days: int = 2, land: str = "HB") -> Due:
    """Return the day by which goods ready on ``ready_on`` have arrived.

    Packing and carriage are counted in working days of the Land the goods leave from.
    """
    calendar = WorkingDays(land)
    shipped_on, packing = working_days_after(ready_on, handling_days, calendar)
    arrives_on, carriage = working_days_after(shipped_on, transit_days, calendar)
    steps = (
        Step(lambda: _("The goods are ready on %(ready)s."), {"ready": ready_on}),
        *packing,
        Step(lambda: _packed(handling_days), {"count": handling_days, "shipped": shipped_on}),
        *carriage,
        Step(lambda: _carried(transit_days), {"count": transit_days, "arrives": arrives_on}),
    )
    at = start_of(date.fromordinal(arrives_on.toordinal() + 1), calendar.zone)
    return Due(at, arrives_on, steps, calendar.zone)


def payment_due(invoiced_on: date, *, days: int = 14, land: str = "HB") -> Due:
    """Return the last day on which an invoice of ``invoiced_on`` is paid in time.

    Source: §§ 187 (1), 188 (1), 193 BGB: the day of the invoice does not count, and a term that ends on a
    Saturday, Sunday or public holiday of the debtor's Land ends on the next working day.
    """
    calendar = WorkingDays(land)
    noon = datetime.combine(invoiced_on, time(12), calendar.zone)
    return due(noon, Period(days, Unit.DAYS), calendar)


def _packed(count: int) -> str:
    return ngettext(
        "Packing takes %(count)d working day: the parcel leaves on %(shipped)s.",
        "Packing takes %(count)d working days: the parcel leaves on %(shipped)s.",
        count,
    )


def _carried(count: int) -> str:
    return ngettext(
        "The carrier takes %(count)d working day: it arrives by %(arrives)s.",
        "The carrier takes %(count)d working days: it arrives by %(arrives)s.",
        count,
    )
