"""Opening hours as a calendar: several spans a day, closed days, special hours, public holidays of a Land.

Minutes are counted in elapsed time while the doors are open, so that a change of the clocks neither gives nor takes
any; a span ends at most at minute 1440, which is midnight.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kontor.kernel.clocks.calendars import Name, day_of, holidays
from kontor.kernel.clocks.due import LONGEST_WAIT_DAYS, Due, Pause, Step, pause_ended, without
from kontor.kernel.house import house_zone

DAY_MINUTES = 24 * 60
_ONE_DAY = timedelta(days=1)
_NO_REASON = Name("", "")
_MOST_NAMED_DAYS = 12  # further closed days between two dates are counted, not named one by one

type Span = tuple[int, int]
"""Minutes since midnight on the wall, half-open: (540, 1080) is 9:00 to 18:00."""


@dataclass(frozen=True, slots=True)
class SpecialDay:
    """A day that is not as usual: closed without spans. ``reason`` may be empty."""

    spans: Sequence[Span] = ()
    reason: Name = _NO_REASON


@dataclass(frozen=True, slots=True)
class OpeningHours:
    """When a place is open: ``week`` by weekday (Monday is 0), ``special`` days before holidays before the week.

    ``land`` closes it on the public holidays of that Land; empty: it opens on them. ``is_assumed`` says that nobody
    has entered these hours.
    """

    week: Mapping[int, Sequence[Span]]
    special: Mapping[date, SpecialDay] = field(default_factory=dict)
    land: str = ""
    zone: ZoneInfo = field(default_factory=house_zone)
    is_assumed: bool = False

    def counts(self, day: date) -> bool:
        """Whether the place opens on ``day``."""
        return bool(self.spans_on(day))

    def spans_on(self, day: date) -> Sequence[Span]:
        """The open spans of ``day`` in their order; empty when closed."""
        if (special := self.special.get(day)) is not None:
            return sorted(special.spans)
        if self._holiday(day) is not None:
            return ()
        return sorted(self.week.get(day.weekday(), ()))

    def why_closed(self, day: date) -> Name | None:
        """Why a day on which the place usually opens is closed; None where there is no such reason."""
        if (special := self.special.get(day)) is not None:
            return None if special.spans else special.reason
        return self._holiday(day) if self.week.get(day.weekday()) else None

    def openings(self, first: date, until: date) -> Iterator[tuple[datetime, datetime]]:
        """Yield the open intervals (UTC, half-open) of the days from ``first`` to before ``until``."""
        for offset in range((until - first).days):
            day = first + timedelta(days=offset)
            for opens, closes in self.spans_on(day):
                yield self._instant(day, opens), self._instant(day, closes)

    def is_open(self, at: datetime) -> bool:
        """Whether the place is open at an instant."""
        day = day_of(at, self.zone)
        return any(opens <= at < closes for opens, closes in self.openings(day, day + _ONE_DAY))

    def _holiday(self, day: date) -> Name | None:
        return holidays(self.land).get(day) if self.land else None

    def _instant(self, day: date, minute: int) -> datetime:
        if minute == DAY_MINUTES:
            day, minute = day + _ONE_DAY, 0
        return datetime.combine(day, time(*divmod(minute, 60)), self.zone).astimezone(UTC)


def service_due(anchor: datetime, minutes: int, hours: OpeningHours, pauses: Sequence[Pause] = ()) -> Due:
    """Return when ``minutes`` of opening hours after ``anchor`` (an aware instant) have passed, and why.

    Pauses (half-open instants) stop the clock. The same question has the same answer; a later anchor is never due
    earlier.

    Raises:
        ValueError: the anchor is naive, the minutes are negative, or the place never opens for so long.
    """
    if anchor.tzinfo is None or minutes < 0:
        raise ValueError("An anchor is an aware instant, and a period is not negative.")
    anchor = anchor.astimezone(UTC)
    left, first = timedelta(minutes=minutes), day_of(anchor, hours.zone)
    begun: datetime | None = None
    for opens, closes in hours.openings(first, first + timedelta(days=LONGEST_WAIT_DAYS)):
        for begins, ends in without(max(opens, anchor), closes, pauses):
            begun = begun or begins
            if ends - begins >= left:
                at = begins + left
                steps = _steps(hours, anchor=anchor, begun=begun, minutes=minutes, at=at)
                if pauses and any(stops < at and resumes > anchor for stops, resumes in pauses):
                    steps = (*steps, pause_ended())
                return Due(at, day_of(at, hours.zone), steps, hours.zone)
            left -= ends - begins
    raise ValueError("The place never opens for as long as this period.")


def _steps(
    hours: OpeningHours, *, anchor: datetime, begun: datetime, minutes: int, at: datetime
) -> tuple[Step, ...]:
    found: list[Step] = []
    if hours.is_assumed:
        found.append(
            Step(
                lambda: _("Nobody has entered opening hours yet: Monday to Friday, 9 to 17, is assumed."), {}
            )
        )
    if begun > anchor:
        found.append(Step(_waited, {"anchor": anchor, "begun": begun}))
    else:
        found.append(Step(lambda: _("The clock starts on %(anchor)s."), {"anchor": anchor}))
    found += _closed_days(hours, day_of(anchor, hours.zone), day_of(at, hours.zone))
    count, is_hours = (minutes // 60, True) if minutes and minutes % 60 == 0 else (minutes, False)
    found.append(Step(_counted(count, is_hours=is_hours), {"count": count, "last": at}))
    return tuple(found)


def _waited() -> str:
    return _("It came in on %(anchor)s, outside of the opening hours: the clock starts on %(begun)s.")


def _closed_days(hours: OpeningHours, first: date, last: date) -> Iterator[Step]:
    named = 0
    for offset in range((last - first).days + 1):
        day = first + timedelta(days=offset)
        reason = hours.why_closed(day)
        if reason is None:
            continue
        named += 1
        if named > _MOST_NAMED_DAYS:
            return
        if reason.de or reason.en:
            yield Step(_closed_because, {"day": day, "holiday": reason})
        else:
            yield Step(lambda: _("%(day)s does not count: closed."), {"day": day})


def _closed_because() -> str:
    return _("%(day)s does not count: %(holiday)s.")


def _counted(count: int, *, is_hours: bool) -> Callable[[], str]:
    if is_hours:
        return lambda: ngettext(
            "%(count)d hour of opening hours later it is due: %(last)s.",
            "%(count)d hours of opening hours later it is due: %(last)s.",
            count,
        )
    return lambda: ngettext(
        "%(count)d minute of opening hours later it is due: %(last)s.",
        "%(count)d minutes of opening hours later it is due: %(last)s.",
        count,
    )
