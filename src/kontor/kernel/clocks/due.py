"""When something is due, and why.

Days are counted as §§ 186 to 193 BGB say, in the days of the house's zone; hours and minutes in elapsed time, so
that a change of the clocks neither gives nor takes any. Every result is half-open: due before ``at``.
"""

from calendar import monthrange
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from django.utils.dateformat import format as format_date
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from kontor.kernel.clocks.calendars import Calendar, Name, ServiceHours, WorkingDays, day_of, start_of

type Value = str | int | date | datetime | Name
type Pause = tuple[datetime, datetime]

_ONE_DAY = timedelta(days=1)
LONGEST_WAIT_DAYS = 20_000  # further than any period of law: a calendar that never opens is a mistake


class Unit(StrEnum):
    """What a period is counted in."""

    DAYS = "days"
    WEEKS = "weeks"
    MONTHS = "months"
    YEARS = "years"
    WORKING_DAYS = "working_days"
    NIGHTS = "nights"
    MINUTES = "minutes"


@dataclass(frozen=True, slots=True)
class Period:
    """How long: a rule's length and unit, and how the law reads it."""

    length: int
    unit: Unit
    counts_first_day: bool = False  # § 187 (2) BGB: the period begins with the start of a day
    moves_off_rest_days: bool = True  # § 193 BGB: a deadline for an act or a payment
    ends_at: time | None = None  # nights only: the hour of departure

    def __post_init__(self) -> None:
        if self.length < 0:
            raise ValueError("A period is not negative.")


@dataclass(frozen=True, slots=True)
class Step:
    """One sentence of an explanation, put into words in the reader's language when somebody reads it."""

    words: Callable[[], str]
    values: Mapping[str, Value]

    def in_language(self, language: str, zone: ZoneInfo) -> str:
        """Return the sentence in ``language`` ("de" or "en")."""
        with override(language):
            shown = {name: _shown(value, language, zone) for name, value in self.values.items()}
            return self.words() % shown


@dataclass(frozen=True, slots=True)
class Due:
    """Due before ``at`` (UTC, exclusive); ``on`` is the last day on which it is still in time."""

    at: datetime
    on: date
    steps: tuple[Step, ...]
    zone: ZoneInfo

    def why(self, language: str) -> list[str]:
        """Explain the date in ``language`` ("de" or "en"), one sentence a step."""
        return [step.in_language(language, self.zone) for step in self.steps]


def due(anchor: datetime, period: Period, calendar: Calendar, pauses: Sequence[Pause] = ()) -> Due:
    """Return when ``period`` ends that ``anchor`` (an aware instant) sets off.

    Pauses are half-open instants; a day they touch is not counted (§ 209 BGB), and in service hours they stop the
    clock to the second. A later anchor is never due earlier, pauses in months and years apart.

    Raises:
        ValueError: the anchor is naive, the unit does not fit the calendar, or the calendar never opens.
    """
    if anchor.tzinfo is None:
        raise ValueError("An anchor is an aware instant.")
    if period.unit is Unit.MINUTES:
        return _due_in_minutes(anchor, period, calendar, pauses)
    first = day_of(anchor, calendar.zone)
    if period.unit is Unit.NIGHTS:
        return _due_in_nights(first, period, calendar, pauses)
    paused = _paused_days(pauses, calendar.zone)
    if period.unit is Unit.WORKING_DAYS:
        return _due_in_working_days(first, period, calendar, paused)
    return _due_in_calendar_days(first, period, calendar, paused)


def working_days_after(day: date, count: int, calendar: WorkingDays) -> tuple[date, tuple[Step, ...]]:
    """Return the ``count``-th working day after ``day`` and a sentence for each public holiday in between."""
    found, left, steps = day, count, []
    while left:
        found += _ONE_DAY
        if calendar.counts(found):
            left -= 1
        elif holiday := calendar.holiday(found):
            steps.append(_holiday_step(found, holiday))
    return found, tuple(steps)


def _due_in_calendar_days(first: date, period: Period, calendar: Calendar, paused: frozenset[date]) -> Due:
    last = _last_day(first, period)
    steps = [_first_day_step(first, period), _length_step(period, last)]
    last, extension = _extended(first, last, period=period, paused=paused)
    if extension:
        steps.append(_pause_step(extension, last))
    if period.moves_off_rest_days and isinstance(calendar, WorkingDays):
        moved = calendar.next_from(last)
        if moved != last:
            steps.append(_rest_day_step(last, moved, calendar))
            last = moved
    return Due(start_of(last + _ONE_DAY, calendar.zone), last, tuple(steps), calendar.zone)


def _last_day(first: date, period: Period) -> date:
    """The last day of a period of days, weeks, months or years. Source: §§ 187, 188 BGB."""
    uncounted = 1 if period.counts_first_day else 0
    if period.unit in (Unit.DAYS, Unit.WEEKS):
        days = period.length * (7 if period.unit is Unit.WEEKS else 1)
        return first + timedelta(days=days - uncounted)
    months = period.length * (12 if period.unit is Unit.YEARS else 1)
    day = first.day - uncounted
    if day == 0:  # begun with the first of a month: ends with the last day of the month before
        months, day = months - 1, 31
    year, month = divmod(first.year * 12 + first.month - 1 + months, 12)
    # § 188 (3): where the month lacks that day, its last day.
    return date(year, month + 1, min(day, monthrange(year, month + 1)[1]))


def _extended(first: date, last: date, *, period: Period, paused: frozenset[date]) -> tuple[date, int]:
    """The last day when paused days are not counted, and how many there were."""
    begins = first if period.counts_first_day else first + _ONE_DAY
    extension = 0
    for day in sorted(paused):
        if begins <= day <= last:
            extension += 1
            last += _ONE_DAY
    return last, extension


def _due_in_working_days(first: date, period: Period, calendar: Calendar, paused: frozenset[date]) -> Due:
    if not isinstance(calendar, WorkingDays):
        raise ValueError("Working days are counted in a calendar of working days.")
    last, left, skipped, extension = first, period.length, [], 0
    if period.counts_first_day and left and calendar.counts(first) and first not in paused:
        left -= 1
    while left or not calendar.counts(last):
        last += _ONE_DAY
        if holiday := calendar.holiday(last):
            skipped.append(_holiday_step(last, holiday))
        if calendar.counts(last):
            if last in paused:
                extension += 1
            elif left:
                left -= 1
    steps = [*skipped, _working_days_step(first, period.length, last, calendar)]
    if extension:
        steps.insert(0, _pause_step(extension, last))
    return Due(start_of(last + _ONE_DAY, calendar.zone), last, tuple(steps), calendar.zone)


def _due_in_nights(first: date, period: Period, calendar: Calendar, pauses: Sequence[Pause]) -> Due:
    if pauses:
        raise ValueError("A stay does not pause.")
    departure = first + timedelta(days=period.length)
    at = datetime.combine(departure, period.ends_at or time(), calendar.zone).astimezone(UTC)
    step = Step(
        lambda: ngettext(
            "%(count)d night from %(first)s: the stay ends on %(last)s.",
            "%(count)d nights from %(first)s: the stay ends on %(last)s.",
            period.length,
        ),
        {"count": period.length, "first": first, "last": departure},
    )
    return Due(at, departure, (step,), calendar.zone)


def _due_in_minutes(anchor: datetime, period: Period, calendar: Calendar, pauses: Sequence[Pause]) -> Due:
    if not isinstance(calendar, ServiceHours):
        raise ValueError("Minutes are counted in service hours.")
    left = timedelta(minutes=period.length)
    anchor = anchor.astimezone(UTC)
    first = day_of(anchor, calendar.zone)
    for opens, closes in calendar.openings(first, first + timedelta(days=LONGEST_WAIT_DAYS)):
        for begins, ends in without(max(opens, anchor), closes, pauses):
            if ends - begins >= left:
                at = begins + left
                steps = _minutes_steps(anchor, period.length, at, paused=bool(pauses))
                return Due(at, day_of(at, calendar.zone), steps, calendar.zone)
            left -= ends - begins
    raise ValueError("The service never opens for as long as this period.")


def without(begins: datetime, ends: datetime, pauses: Iterable[Pause]) -> list[tuple[datetime, datetime]]:
    """Return the parts of a half-open interval that no pause covers, in order."""
    parts = []
    for stops, resumes in sorted(pauses):
        if stops >= ends:
            break
        if stops > begins:
            parts.append((begins, stops))
        begins = max(begins, resumes)
    if begins < ends:
        parts.append((begins, ends))
    return parts


def _paused_days(pauses: Iterable[Pause], zone: ZoneInfo) -> frozenset[date]:
    days = set()
    for stops, resumes in pauses:
        day, last = day_of(stops, zone), day_of(resumes - timedelta(microseconds=1), zone)
        while day <= last:
            days.add(day)
            day += _ONE_DAY
    return frozenset(days)


def _first_day_step(first: date, period: Period) -> Step:
    if period.counts_first_day:
        return Step(
            lambda: _("The period begins with %(first)s, which counts (section 187(2) of the Civil Code)."),
            {"first": first},
        )
    return Step(
        lambda: _("%(first)s, the day of the event, does not count (section 187(1) of the Civil Code)."),
        {"first": first},
    )


def _length_step(period: Period, last: date) -> Step:
    return Step(lambda: _length_words(period), {"count": period.length, "last": last})


def _length_words(period: Period) -> str:
    count = period.length
    if period.unit is Unit.DAYS:
        return ngettext(
            "%(count)d day: it ends on %(last)s (section 188(1) of the Civil Code).",
            "%(count)d days: it ends on %(last)s (section 188(1) of the Civil Code).",
            count,
        )
    if period.unit is Unit.WEEKS:
        return ngettext(
            "%(count)d week: it ends on %(last)s (section 188(2) of the Civil Code).",
            "%(count)d weeks: it ends on %(last)s (section 188(2) of the Civil Code).",
            count,
        )
    if period.unit is Unit.MONTHS:
        return ngettext(
            "%(count)d month: it ends on %(last)s (section 188(2) and (3) of the Civil Code).",
            "%(count)d months: it ends on %(last)s (section 188(2) and (3) of the Civil Code).",
            count,
        )
    return ngettext(
        "%(count)d year: it ends on %(last)s (section 188(2) and (3) of the Civil Code).",
        "%(count)d years: it ends on %(last)s (section 188(2) and (3) of the Civil Code).",
        count,
    )


def _working_days_step(first: date, count: int, last: date, calendar: WorkingDays) -> Step:
    return Step(
        lambda: ngettext(
            "%(count)d working day in %(land)s after %(first)s: %(last)s.",
            "%(count)d working days in %(land)s after %(first)s: %(last)s.",
            count,
        ),
        {"count": count, "first": first, "last": last, "land": calendar.name()},
    )


def _minutes_steps(first: datetime, count: int, last: datetime, *, paused: bool) -> tuple[Step, ...]:
    counted = Step(
        lambda: ngettext(
            "%(count)d minute of service hours after %(first)s: %(last)s.",
            "%(count)d minutes of service hours after %(first)s: %(last)s.",
            count,
        ),
        {"count": count, "first": first, "last": last},
    )
    return (counted, pause_ended()) if paused else (counted,)


def pause_ended() -> Step:
    """The sentence that says that a stopped clock did not count."""
    return Step(lambda: _("The time during which the clock was stopped does not count."), {})


def _pause_step(days: int, last: date) -> Step:
    return Step(
        lambda: ngettext(
            "It was suspended on %(count)d day, which does not count, and so ends on %(last)s"
            " (section 209 of the Civil Code).",
            "It was suspended on %(count)d days, which do not count, and so ends on %(last)s"
            " (section 209 of the Civil Code).",
            days,
        ),
        {"count": days, "last": last},
    )


def _rest_day_step(last: date, moved: date, calendar: WorkingDays) -> Step:
    values: dict[str, Value] = {"last": last, "moved": moved}
    if holiday := calendar.holiday(last):
        return Step(
            lambda: _(
                "%(last)s is a public holiday (%(holiday)s), so the next working day holds: %(moved)s"
                " (section 193 of the Civil Code)."
            ),
            {**values, "holiday": holiday},
        )
    return Step(
        lambda: _(
            "%(last)s falls on a weekend, so the next working day holds: %(moved)s"
            " (section 193 of the Civil Code)."
        ),
        values,
    )


def _holiday_step(day: date, holiday: Name) -> Step:
    return Step(lambda: _("%(day)s does not count: %(holiday)s."), {"day": day, "holiday": holiday})


def _shown(value: Value, language: str, zone: ZoneInfo) -> str | int:
    if isinstance(value, Name):
        return value.in_language(language)
    if isinstance(value, datetime):
        # Translators: a date with time, as a format of Django: https://docs.djangoproject.com/en/stable/ref/templates/builtins/#date
        return format_date(value.astimezone(zone), _("D j F Y, H:i"))
    if isinstance(value, date):
        return format_date(value, _("D j F Y"))
    return value
