"""Delivery and payment dates, seen by a customer who asks why."""

import csv
from datetime import UTC, date, datetime

import pytest

from kontor.kernel.clocks.calendars import LANDS, holidays
from kontor.kernel.clocks.terms import delivery_date, payment_due
from tools import holidays_table


def test_goods_ready_on_a_friday_arrive_on_wednesday():
    arrival = delivery_date(date(2026, 11, 20))
    assert arrival.on == date(2026, 11, 25)
    assert arrival.at == datetime(2026, 11, 25, 23, tzinfo=UTC)
    assert arrival.why("en") == [
        "The goods are ready on Fri 20 November 2026.",
        "Packing takes 1 working day: the parcel leaves on Mon 23 November 2026.",
        "The carrier takes 2 working days: it arrives by Wed 25 November 2026.",
    ]


def test_a_holiday_on_the_way_is_named():
    arrival = delivery_date(date(2026, 12, 23))
    assert arrival.on == date(2026, 12, 29)
    assert "Fri 25 December 2026 does not count: Christmas Day." in arrival.why("en")
    assert arrival.why("de") == [
        "Die Ware liegt am Mi, 23. Dezember 2026 bereit.",
        "Das Packen dauert 1 Arbeitstag: Das Paket geht am Do, 24. Dezember 2026 hinaus.",
        "Fr, 25. Dezember 2026 zählt nicht mit: Erster Weihnachtstag.",
        "Sa, 26. Dezember 2026 zählt nicht mit: Zweiter Weihnachtstag.",
        "Der Versand dauert 2 Arbeitstage: Es kommt bis Di, 29. Dezember 2026 an.",
    ]


def test_an_invoice_is_due_after_a_fortnight_on_a_working_day():
    term = payment_due(date(2026, 11, 21))
    assert term.on == date(2026, 12, 7)
    assert term.why("en") == [
        "Sat 21 November 2026, the day of the event, does not count (section 187(1) of the Civil Code).",
        "14 days: it ends on Sat 5 December 2026 (section 188(1) of the Civil Code).",
        "Sat 5 December 2026 falls on a weekend, so the next working day holds: Mon 7 December 2026"
        " (section 193 of the Civil Code).",
    ]


def test_a_deadline_on_a_holiday_names_it():
    assert "(Christmas Day)" in payment_due(date(2026, 12, 11)).why("en")[2]


def test_the_table_of_holidays_is_the_librarys():
    with holidays_table.FILE.open(encoding="utf-8") as stream:
        _, *written = csv.reader(stream, delimiter=";")
    assert written == [[day.isoformat(), *names] for day, *names in holidays_table.rows()]
    assert set(LANDS) == set(holidays_table.LANDS)


def test_a_land_that_does_not_exist_is_a_mistake():
    with pytest.raises(ValueError, match="not a German Land"):
        holidays("XX")
