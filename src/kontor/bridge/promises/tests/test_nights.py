"""Nights and slots stand on the same tables: a stay needs every night it names, an appointment its one slot."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from kontor.bridge.promises import errors
from kontor.bridge.promises.actions import set_capacity
from kontor.bridge.promises.models import Bucket
from kontor.bridge.promises.tests.conftest import want
from kontor.kernel.actor.identity import the_house

FIRST = datetime(2026, 12, 1, 14, tzinfo=UTC)
ONE = Decimal(1)


def stay(offering, first: int, nights: int, quantity: int = 1, **more):
    """``nights`` nights from the ``first`` one on (counted from 0)."""
    begin = FIRST + timedelta(days=first)
    return want(offering, quantity, starts_at=begin, ends_at=begin + timedelta(days=nights), **more)


@pytest.fixture
def room(trade):
    return trade.offering(stock=0, name="Zimmer")


def promised(buckets) -> list[Decimal]:
    return list(
        Bucket.objects.filter(id__in=[bucket.id for bucket in buckets])
        .order_by("starts_at")
        .values_list("promised", flat=True)
    )


def test_a_stay_takes_every_night_it_names(ledger, room):
    nights = ledger.nights(room, FIRST, 2, 2, 2, 2)
    ledger.hold(wanted := stay(room, 1, 2))
    assert promised(nights) == [0, 1, 1, 0]
    assert ledger.live(wanted.id) == [("night", "hold", ONE), ("night", "hold", ONE)]


def test_one_full_night_refuses_the_whole_stay_and_says_what_is_left(ledger, room):
    nights = ledger.nights(room, FIRST, 3, 1, 3)
    with pytest.raises(errors.SoldOut, match=r"Zimmer \(1\)"):
        ledger.hold(stay(room, 0, 3, 2))
    assert promised(nights) == [0, 0, 0]


def test_a_night_that_is_not_open_refuses_the_stay(ledger, room):
    ledger.nights(room, FIRST, 3, 3)
    with pytest.raises(errors.SoldOut):
        ledger.hold(stay(room, 1, 2))


def test_a_stay_without_dates_or_turned_round_is_refused(ledger, room):
    ledger.nights(room, FIRST, 3, 3, 3)
    with pytest.raises(errors.SoldOut):
        ledger.hold(want(room))
    for nights in (0, -1):
        with pytest.raises(errors.SoldOut):
            ledger.hold(stay(room, 1, nights))


def test_other_dates_free_the_old_nights(ledger, room):
    nights = ledger.nights(room, FIRST, 1, 1, 1, 1)
    ledger.hold(wanted := stay(room, 0, 2))
    ledger.hold(stay(room, 2, 2, id=wanted.id))
    assert promised(nights) == [0, 0, 1, 1]
    ledger.hold(stay(room, 1, 2, id=wanted.id))
    assert promised(nights) == [0, 1, 1, 0]
    ledger.hold(stay(room, 0, 4, id=wanted.id))
    assert promised(nights) == [1, 1, 1, 1]


def test_two_stays_in_one_call_do_not_share_a_bed(ledger, room):
    nights = ledger.nights(room, FIRST, 1, 1, 1)
    with pytest.raises(errors.SoldOut):
        ledger.hold(stay(room, 0, 2), stay(room, 1, 2))
    ledger.hold(stay(room, 0, 1), stay(room, 1, 2))
    assert promised(nights) == [1, 1, 1]


def test_the_night_the_clocks_change_is_one_night(ledger, room):
    berlin = ZoneInfo("Europe/Berlin")
    first = datetime(2027, 3, 27, 15, tzinfo=berlin)
    evenings = [first.replace(day=day).astimezone(UTC) for day in (27, 28, 29)]
    nights = ledger.nights(room, evenings[0], 1)
    nights += [
        Bucket.objects.create(pool=nights[0].pool, kind="night", starts_at=evening, capacity=1)
        for evening in evenings[1:]
    ]
    ledger.hold(want(room, starts_at=evenings[0], ends_at=first.replace(day=30).astimezone(UTC)))
    assert promised(nights) == [1, 1, 1]


def test_a_slot_is_given_once(ledger, room):
    slots = ledger.nights(room, FIRST, 1, 1, kind="slots")
    wanted = want(room, starts_at=FIRST, ends_at=FIRST + timedelta(minutes=30))
    ledger.hold(wanted)
    with pytest.raises(errors.SoldOut, match=r"\(0\)"):
        ledger.hold(want(room, starts_at=FIRST, ends_at=FIRST + timedelta(minutes=30)))
    with pytest.raises(errors.SoldOut):
        ledger.hold(want(room, starts_at=FIRST, ends_at=FIRST + timedelta(days=2)))
    with pytest.raises(errors.SoldOut):
        ledger.hold(want(room, starts_at=FIRST + timedelta(minutes=10)))
    assert promised(slots) == [1, 0]
    ledger.hold(want(room, starts_at=FIRST + timedelta(days=1)))
    assert promised(slots) == [1, 1]


def test_a_broken_room_puts_the_youngest_stay_at_risk(ledger, room):
    nights = ledger.nights(room, FIRST, 2, 2, 2)
    ledger.promise(old := stay(room, 0, 2))
    ledger.promise(young := stay(room, 1, 2))
    risky = set_capacity(capacities={nights[1].id: ONE}, reason="Broken shower.", by=the_house(), at=FIRST)
    assert risky == [young.id]
    assert ledger.at_risk() == {young.id}
    assert len(ledger.live(old.id)) == 2


def test_a_guest_who_has_slept_one_night_keeps_the_other_and_repeats_nothing(ledger, room):
    nights = ledger.nights(room, FIRST, 1, 1)
    ledger.promise(wanted := stay(room, 0, 2))
    ledger.use(wanted.id, 1)
    ledger.promise(wanted)
    assert ledger.of(wanted.id) == [("night", "used", ONE), ("night", "firm", ONE)]
    assert promised(nights) == [0, 1]
