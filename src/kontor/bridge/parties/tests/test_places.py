"""Places and their hours, seen by whoever counts service hours, and the last walls of the database."""

import pytest
from django.db import IntegrityError
from django.db.transaction import atomic

from kontor.bridge.parties.models import House, OpeningSpan, Place, SpecialDay, SpecialSpan
from kontor.bridge.parties.places import places, service_calendar
from kontor.kernel.clocks.opening import service_due
from kontor.kernel.house import forget_standing, standing

pytestmark = pytest.mark.django_db


@pytest.fixture
def shop() -> Place:
    place = Place.objects.create(
        name_de="Laden", name_en="Shop", street="Am Deich 1", postal_code="28199", city="Bremen", is_main=True
    )
    OpeningSpan.objects.bulk_create(
        OpeningSpan(place=place, weekday=day, from_minute=first, until_minute=last)
        for day in range(5)
        for first, last in ((600, 780), (840, 1080))
    )
    day = SpecialDay.objects.create(
        place=place, on="2026-11-27", reason_de="Inventur", reason_en="Stocktaking"
    )
    SpecialSpan.objects.create(day=day, from_minute=840, until_minute=900)
    return place


def test_the_main_place_says_when_an_answer_is_due(shop, now):
    found = service_due(now.replace(day=26, hour=16, minute=30), 60, service_calendar(at=now))
    assert found.why("en")[-1].endswith("Fri 27 November 2026, 14:30.")


def test_a_house_without_places_assumes_office_hours_and_says_so(now):
    hours = service_calendar(at=now)
    assert hours.is_assumed and "assumed" in service_due(now, 5, hours).why("en")[0]


def test_reading_places_is_one_statement_however_many(shop, now, django_assert_num_queries):
    for name in "abc":
        other = Place.objects.create(name_de=name, name_en=name, street="x", postal_code="1", city="y")
        OpeningSpan.objects.create(place=other, weekday=0, from_minute=0, until_minute=1440)
    with django_assert_num_queries(1):
        found = places(at=now)
    assert [place.name.de for place in found] == ["Laden", "a", "b", "c"]
    assert found[0].soon(now.date())[0][2].de == "Inventur"


@pytest.mark.parametrize("span", [(700, 900), (800, 800), (0, 1441)])
def test_the_database_refuses_hours_that_overlap_or_run_backwards(shop, span):
    with pytest.raises(IntegrityError), atomic():
        OpeningSpan.objects.create(place=shop, weekday=0, from_minute=span[0], until_minute=span[1])


def test_the_database_knows_one_main_place(shop):
    with pytest.raises(IntegrityError), atomic():
        Place.objects.create(name_de="b", name_en="b", street="x", postal_code="1", city="y", is_main=True)


def test_a_changed_house_is_known_within_seconds(house):
    before = standing().version
    House.objects.create(name="Neu", brand="Neue Marke", hue=20)
    assert standing().version == before  # still kept
    forget_standing()
    assert (standing().name, standing().hue) == ("Neue Marke", 20)
