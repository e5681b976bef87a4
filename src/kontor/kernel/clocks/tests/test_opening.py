"""Opening hours as a clock, seen by a clerk who asks why an answer is due then."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kontor.kernel.clocks.calendars import Name
from kontor.kernel.clocks.opening import OpeningHours, SpecialDay, service_due

BERLIN = ZoneInfo("Europe/Berlin")
SHOP = OpeningHours(
    {
        **dict.fromkeys(range(5), ((600, 780), (840, 1080))),  # 10-13, 14-18
        5: ((600, 840),),
    },
    {
        date(2026, 11, 27): SpecialDay((), Name("Inventur", "Stocktaking")),
        date(2026, 12, 20): SpecialDay(((780, 1080),), Name("Adventssonntag", "Sunday in Advent")),
    },
    "HB",
    BERLIN,
)


def berlin(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=BERLIN)


def test_a_lunch_break_does_not_count():
    assert service_due(berlin("2026-11-23T12:30"), 60, SHOP).at == berlin("2026-11-23T14:30")


def test_a_saturday_counts_and_a_sunday_does_not():
    found = service_due(berlin("2026-11-21T13:00"), 120, SHOP)
    assert found.at == berlin("2026-11-23T11:00") and found.on == date(2026, 11, 23)


def test_what_comes_in_at_night_begins_with_the_opening_and_says_so():
    found = service_due(berlin("2026-11-26T20:00"), 240, SHOP)
    assert found.at == berlin("2026-11-28T14:00")
    assert found.why("en") == [
        "It came in on Thu 26 November 2026, 20:00, outside of the opening hours:"
        " the clock starts on Sat 28 November 2026, 10:00.",
        "Fri 27 November 2026 does not count: Stocktaking.",
        "4 hours of opening hours later it is due: Sat 28 November 2026, 14:00.",
    ]


def test_a_public_holiday_of_the_land_is_closed_and_named_in_german():
    found = service_due(berlin("2026-12-24T17:30"), 60, SHOP)
    assert found.at == berlin("2026-12-28T10:30")
    assert "Fr, 25. Dezember 2026 zählt nicht mit: Erster Weihnachtstag." in found.why("de")


def test_a_special_sunday_counts():
    assert service_due(berlin("2026-12-19T13:30"), 60, SHOP).at == berlin("2026-12-20T13:30")


def test_a_pause_stops_the_clock_and_is_told():
    pause = (berlin("2026-11-23T10:30"), berlin("2026-11-23T15:00"))
    found = service_due(berlin("2026-11-23T10:00"), 60, SHOP, [pause])
    assert found.at == berlin("2026-11-23T15:30")
    assert found.why("en")[-1] == "The time during which the clock was stopped does not count."


def test_a_day_without_end_runs_over_midnight_and_over_the_change_of_the_clocks():
    always = OpeningHours(dict.fromkeys(range(7), ((0, 1440),)), zone=BERLIN)
    before = berlin("2026-10-25T01:30").astimezone(UTC)
    assert service_due(before, 120, always).at == before + timedelta(hours=2)


def test_assumed_hours_say_that_they_are_assumed():
    assumed = OpeningHours({0: ((540, 1020),)}, zone=BERLIN, is_assumed=True)
    assert "assumed" in service_due(berlin("2026-11-23T09:00"), 5, assumed).why("en")[0]


def test_a_place_that_never_opens_is_a_mistake():
    with pytest.raises(ValueError, match="never opens"):
        service_due(berlin("2026-11-23T09:00"), 1, OpeningHours({}, zone=BERLIN))


def test_open_is_half_open():
    assert SHOP.is_open(berlin("2026-11-23T10:00"))
    assert not SHOP.is_open(berlin("2026-11-23T13:00"))


@given(st.integers(0, 60 * 24 * 30), st.integers(0, 60 * 24 * 3), st.integers(0, 3000))
def test_a_later_anchor_is_never_due_earlier(start, more, minutes):
    first = berlin("2026-12-10T00:00").astimezone(UTC) + timedelta(minutes=start)
    later = first + timedelta(minutes=more)
    assert service_due(first, minutes, SHOP).at <= service_due(later, minutes, SHOP).at
