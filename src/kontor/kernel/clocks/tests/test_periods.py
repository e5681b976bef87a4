"""Periods of days as the Civil Code counts them, seen by a lawyer's clerk."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kontor.kernel.clocks.calendars import EveryDay, ServiceHours, WorkingDays, holidays
from kontor.kernel.clocks.due import Period, Unit, due

DAYS = st.dates(date(2007, 1, 1), date(2045, 12, 31))
LANDS = st.sampled_from(["HB", "BY", "SN", "TH", "BE"])
CALENDAR_UNITS = st.sampled_from([Unit.DAYS, Unit.WEEKS, Unit.MONTHS, Unit.YEARS])


def at_noon(day: date | str) -> datetime:
    day = date.fromisoformat(day) if isinstance(day, str) else day
    return datetime.combine(day, time(12), WorkingDays().zone)


def last_day(event: str, length: int, unit: Unit, **reading) -> str:
    period = Period(length, unit, **{"moves_off_rest_days": False} | reading)
    return due(at_noon(event), period, WorkingDays()).on.isoformat()


@pytest.mark.parametrize(
    ("event", "length", "unit", "last"),
    [
        ("2026-11-22", 14, Unit.DAYS, "2026-12-06"),
        ("2026-11-22", 0, Unit.DAYS, "2026-11-22"),
        ("2026-11-25", 2, Unit.WEEKS, "2026-12-09"),
        ("2026-01-15", 1, Unit.MONTHS, "2026-02-15"),
        ("2026-01-31", 1, Unit.MONTHS, "2026-02-28"),
        ("2028-01-31", 1, Unit.MONTHS, "2028-02-29"),
        ("2026-02-28", 1, Unit.MONTHS, "2026-03-28"),
        ("2026-11-30", 3, Unit.MONTHS, "2027-02-28"),
        ("2028-02-29", 1, Unit.YEARS, "2029-02-28"),
    ],
)
def test_the_day_of_the_event_does_not_count(event, length, unit, last):
    assert last_day(event, length, unit) == last


@pytest.mark.parametrize(
    ("begins", "length", "unit", "last"),
    [
        ("2026-11-22", 7, Unit.DAYS, "2026-11-28"),
        ("2026-03-01", 1, Unit.MONTHS, "2026-03-31"),
        ("2026-02-01", 1, Unit.MONTHS, "2026-02-28"),
        ("2026-01-31", 1, Unit.MONTHS, "2026-02-28"),
        ("2026-01-29", 1, Unit.MONTHS, "2026-02-28"),
        ("2026-01-01", 1, Unit.YEARS, "2026-12-31"),
        ("2008-02-29", 18, Unit.YEARS, "2026-02-28"),
    ],
)
def test_a_period_that_begins_with_a_day_counts_that_day(begins, length, unit, last):
    assert last_day(begins, length, unit, counts_first_day=True) == last


@pytest.mark.parametrize(
    ("event", "days", "last"),
    [
        ("2026-11-21", 14, "2026-12-07"),  # Saturday 5 December
        ("2026-12-11", 14, "2026-12-28"),  # Christmas Day, then a weekend
        ("2026-10-17", 14, "2026-11-02"),  # Reformation Day is a holiday in Bremen, and a Saturday
        ("2026-12-18", 14, "2027-01-04"),  # New Year's Day 2027 is a Friday
    ],
)
def test_a_deadline_moves_to_the_next_working_day(event, days, last):
    assert last_day(event, days, Unit.DAYS, moves_off_rest_days=True) == last


def test_the_holidays_of_the_land_decide():
    all_saints_eve_plus_one = Period(1, Unit.DAYS)
    event = at_noon("2027-10-31")
    assert due(event, all_saints_eve_plus_one, WorkingDays("HB")).on == date(2027, 11, 1)
    assert due(event, all_saints_eve_plus_one, WorkingDays("BY")).on == date(2027, 11, 2)


def test_a_period_ends_with_the_last_day_in_the_zone_of_the_house():
    winter = due(at_noon("2026-11-22"), Period(1, Unit.DAYS), WorkingDays())
    summer = due(at_noon("2026-06-22"), Period(1, Unit.DAYS), WorkingDays())
    assert winter.at == datetime(2026, 11, 23, 23, tzinfo=UTC)
    assert summer.at == datetime(2026, 6, 23, 22, tzinfo=UTC)


def test_an_event_just_before_midnight_in_bremen_belongs_to_that_day():
    event = datetime(2026, 11, 22, 22, 59, tzinfo=UTC)
    assert due(event, Period(1, Unit.DAYS), EveryDay()).on == date(2026, 11, 23)
    assert due(event + timedelta(minutes=1), Period(1, Unit.DAYS), EveryDay()).on == date(2026, 11, 24)


def test_paused_days_do_not_count():
    pause = (at_noon("2026-11-25"), at_noon("2026-11-27"))
    result = due(at_noon("2026-11-22"), Period(5, Unit.DAYS), EveryDay(), [pause])
    assert result.on == date(2026, 11, 30)
    assert "It was suspended on 3 days" in result.why("en")[2]


def test_a_pause_after_the_end_changes_nothing_but_one_in_the_extension_does():
    period = Period(5, Unit.DAYS)
    after = (at_noon("2026-12-03"), at_noon("2026-12-04"))
    inside = (at_noon("2026-11-26"), at_noon("2026-11-27"))
    touching = (at_noon("2026-11-28"), at_noon("2026-11-28") + timedelta(hours=1))
    assert due(at_noon("2026-11-22"), period, EveryDay(), [after]).on == date(2026, 11, 27)
    assert due(at_noon("2026-11-22"), period, EveryDay(), [inside, touching]).on == date(2026, 11, 30)


def test_working_days_skip_weekends_and_holidays_and_say_so():
    result = due(at_noon("2026-12-23"), Period(3, Unit.WORKING_DAYS), WorkingDays())
    assert result.on == date(2026, 12, 29)
    assert result.why("en") == [
        "Fri 25 December 2026 does not count: Christmas Day.",
        "Sat 26 December 2026 does not count: Second Day of Christmas.",
        "3 working days in Bremen after Wed 23 December 2026: Tue 29 December 2026.",
    ]


def test_nights_end_at_the_hour_of_departure():
    result = due(at_noon("2026-03-28"), Period(2, Unit.NIGHTS, ends_at=time(11)), EveryDay())
    assert result.on == date(2026, 3, 30)
    assert result.at == datetime(2026, 3, 30, 9, tzinfo=UTC)  # summer time began meanwhile
    assert "2 nights" in result.why("en")[0]


def test_a_stay_does_not_pause():
    with pytest.raises(ValueError, match="pause"):
        due(
            at_noon("2026-03-28"),
            Period(2, Unit.NIGHTS),
            EveryDay(),
            [(at_noon("2026-03-28"), at_noon("2026-03-29"))],
        )


class TestServiceHours:
    office = ServiceHours({weekday: (time(8), time(16)) for weekday in range(5)})

    def test_minutes_run_only_while_the_service_is_open(self):
        friday_afternoon = datetime(2026, 11, 20, 14, 30, tzinfo=UTC)  # 15:30 in Bremen
        result = due(friday_afternoon, Period(60, Unit.MINUTES), self.office)
        assert result.at == datetime(2026, 11, 23, 7, 30, tzinfo=UTC)
        assert result.why("en") == [
            "60 minutes of service hours after Fri 20 November 2026, 15:30: Mon 23 November 2026, 08:30."
        ]

    def test_a_pause_stops_the_clock_to_the_minute(self):
        monday = datetime(2026, 11, 23, 9, tzinfo=UTC)
        pause = (monday + timedelta(minutes=10), monday + timedelta(minutes=40))
        result = due(monday, Period(60, Unit.MINUTES), self.office, [pause])
        assert result.at == monday + timedelta(minutes=90)
        assert len(result.why("en")) == 2

    def test_a_night_with_a_change_of_the_clocks_lasts_as_long_as_it_lasts(self):
        always = ServiceHours({weekday: (time(0), time(23, 59)) for weekday in range(7)}, EveryDay())
        before = datetime(2026, 10, 24, 23, 30, tzinfo=UTC)  # 01:30, an hour before three becomes two
        assert due(before, Period(120, Unit.MINUTES), always).at == before + timedelta(hours=2)

    def test_a_service_that_never_opens_is_a_mistake(self):
        with pytest.raises(ValueError, match="never opens"):
            due(at_noon("2026-11-22"), Period(1, Unit.MINUTES), ServiceHours({}, EveryDay()))


@pytest.mark.parametrize(("unit", "calendar"), [(Unit.WORKING_DAYS, EveryDay()), (Unit.MINUTES, EveryDay())])
def test_a_unit_needs_its_calendar(unit, calendar):
    with pytest.raises(ValueError, match="counted in"):
        due(at_noon("2026-11-22"), Period(1, unit), calendar)


def test_a_naive_anchor_and_a_negative_period_are_mistakes():
    with pytest.raises(ValueError, match="aware"):
        due(datetime(2026, 11, 22), Period(1, Unit.DAYS), EveryDay())
    with pytest.raises(ValueError, match="negative"):
        Period(-1, Unit.DAYS)


@given(DAYS, st.integers(0, 400), CALENDAR_UNITS, LANDS, st.booleans())
def test_a_deadline_never_lands_on_a_weekend_or_a_holiday(day, length, unit, land, counts_first_day):
    if unit in (Unit.MONTHS, Unit.YEARS):
        length %= 5
    period = Period(length, unit, counts_first_day=counts_first_day)
    on = due(at_noon(day), period, WorkingDays(land)).on
    assert on.weekday() < 5
    assert on not in holidays(land)


@given(DAYS, st.integers(0, 60), st.integers(0, 40), CALENDAR_UNITS, LANDS)
def test_a_later_event_is_never_due_earlier(day, later, length, unit, land):
    if unit in (Unit.MONTHS, Unit.YEARS):
        length %= 5
    period, calendar = Period(length, unit), WorkingDays(land)
    first, second = (due(at_noon(event), period, calendar) for event in (day, day + timedelta(days=later)))
    assert first.at <= second.at


@given(DAYS, st.integers(0, 20), st.integers(0, 30), LANDS)
def test_working_days_are_working_days_and_keep_their_order(day, later, length, land):
    period, calendar = Period(length, Unit.WORKING_DAYS), WorkingDays(land)
    first, second = (due(at_noon(event), period, calendar) for event in (day, day + timedelta(days=later)))
    assert calendar.counts(first.on)
    assert first.on <= second.on
    counted = sum(calendar.counts(day + timedelta(days=step)) for step in range(1, (first.on - day).days + 1))
    assert counted == length or (length == 0 and counted <= 1)


@given(DAYS, st.integers(1, 30), st.integers(0, 25), st.integers(1, 20))
def test_a_pause_never_brings_a_deadline_forward(day, length, offset, lasts):
    period = Period(length, Unit.DAYS)
    pause = (at_noon(day + timedelta(days=offset)), at_noon(day + timedelta(days=offset + lasts)))
    assert due(at_noon(day), period, EveryDay(), [pause]).at >= due(at_noon(day), period, EveryDay()).at


@given(
    st.datetimes(datetime(2026, 1, 1), datetime(2027, 1, 1), timezones=st.just(UTC)), st.integers(0, 3_000)
)
def test_a_service_is_due_in_its_hours_and_exactly_as_many_minutes_later(anchor, minutes):
    office = TestServiceHours.office
    at = due(anchor, Period(minutes, Unit.MINUTES), office).at
    local = at.astimezone(office.zone)
    assert office.counts(local.date())
    assert time(8) <= local.time() <= time(16)
    first = anchor.astimezone(office.zone).date()
    worked = sum(
        (
            min(closes, at) - max(opens, anchor)
            for opens, closes in office.openings(first, local.date() + timedelta(days=1))
            if max(opens, anchor) < min(closes, at)
        ),
        timedelta(),
    )
    assert worked == timedelta(minutes=minutes)
