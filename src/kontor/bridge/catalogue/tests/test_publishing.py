"""Publishing, as the house does it after changing its catalogue: what the public may read, and nothing else."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from django.db import ProgrammingError, connection
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.test.utils import CaptureQueriesContext

from kontor.bridge.catalogue.actions import publish, publish_due
from kontor.bridge.catalogue.models import (
    Category,
    Offering,
    OfferingGroup,
    Price,
    StorefrontGroup,
    StorefrontItem,
)
from kontor.kernel.actor.identity import Actor, ActorKind, the_house
from kontor.kernel.errors import NotAllowed

NOW = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)


@pytest.fixture
def group(db):
    shelf = Category.objects.create(slug="saettel", name_de="Sättel", name_en="Saddles")
    return OfferingGroup.objects.create(
        slug="weich", category=shelf, name_de="Weicher Sattel", name_en="Soft Saddle"
    )


def offer(group, number, price="10.00", **more):
    values = {"is_published": True, "valid_from": NOW - timedelta(days=9), **more}
    offering = Offering.objects.create(
        number=number, group=group, name_de=f"Artikel {number}", name_en=f"Article {number}", **values
    )
    Price.objects.create(
        offering=offering,
        amount=Decimal(price),
        currency="EUR",
        valid=DateTimeTZRange(NOW - timedelta(days=9), None),
    )
    return offering


def show(at=NOW, offerings=None) -> list[str]:
    publish(by=the_house(), at=at, offerings=offerings)
    return sorted(StorefrontItem.objects.values_list("number", flat=True))


def test_only_what_is_published_valid_and_priced_is_shown(group):
    offer(group, "A-SHOWN")
    offer(group, "B-DRAFT", is_published=False)
    offer(group, "C-ENDED", valid_until=NOW - timedelta(days=1))
    offer(group, "D-LATER", valid_from=NOW + timedelta(days=1))
    Price.objects.filter(offering=offer(group, "E-UNPRICED")).delete()
    assert show() == ["A-SHOWN"]
    assert show(at=NOW + timedelta(days=2)) == ["A-SHOWN", "D-LATER"]


def test_a_group_without_articles_is_no_page(group):
    offering = offer(group, "A-1")
    show()
    Offering.objects.filter(id=offering.id).update(is_published=False)
    assert show() == [] and StorefrontGroup.objects.count() == 0


def test_the_price_of_the_day_is_shown_and_the_range_over_all_variants(group):
    offering = offer(group, "A-1", "10.00")
    offer(group, "A-2", "30.00")
    price = Price.objects.get(offering=offering)
    price.valid = DateTimeTZRange(price.valid.lower, NOW + timedelta(days=1))
    price.save()
    Price.objects.create(
        offering=offering,
        amount=Decimal("8.50"),
        currency="EUR",
        valid=DateTimeTZRange(NOW + timedelta(days=1), None),
    )
    show()
    shown = StorefrontGroup.objects.get()
    assert (shown.price_from, shown.price_until, shown.variants) == (Decimal("10.00"), Decimal("30.00"), 2)
    show(at=NOW + timedelta(days=1))
    assert StorefrontGroup.objects.get().price_from == Decimal("8.50")


def test_publishing_twice_changes_nothing(group):
    offer(group, "A-1")
    show()
    before = list(StorefrontGroup.objects.values()), list(StorefrontItem.objects.values())
    show()
    assert (list(StorefrontGroup.objects.values()), list(StorefrontItem.objects.values())) == before


def test_publishing_some_articles_leaves_the_other_groups_alone(group):
    other = OfferingGroup.objects.create(slug="hart", category=group.category, name_de="Hart", name_en="Hard")
    changed, kept = offer(group, "A-1"), offer(other, "B-1")
    show()
    Offering.objects.update(color="red")
    assert show(offerings=[changed.id]) == ["A-1", "B-1"]
    assert StorefrontItem.objects.get(offering=changed).color == "red"
    assert StorefrontItem.objects.get(offering=kept).color == ""


def test_what_begins_and_ends_is_published_when_its_time_has_come_and_only_then(house, group):
    offering = offer(group, "A-1", "10.00")
    offer(group, "B-LATER", valid_from=NOW + timedelta(days=1))
    offer(group, "C-ENDING", valid_until=NOW + timedelta(days=1))
    price = Price.objects.get(offering=offering)
    price.valid = DateTimeTZRange(price.valid.lower, NOW + timedelta(days=1))
    price.save()
    Price.objects.create(
        offering=offering,
        amount=Decimal("8.50"),
        currency="EUR",
        valid=DateTimeTZRange(NOW + timedelta(days=1), None),
    )
    show()
    assert publish_due(by=the_house(), at=NOW) in (0, 1)  # the house's own way to ship is on sale as well
    assert publish_due(by=the_house(), at=NOW) == 0
    assert publish_due(by=the_house(), at=NOW + timedelta(days=1)) == 3
    shown = dict(StorefrontItem.objects.filter(kind="goods").values_list("number", "price"))
    assert shown == {"A-1": Decimal("8.50"), "B-LATER": Decimal("10.00")}
    assert publish_due(by=the_house(), at=NOW + timedelta(days=1)) == 0


def test_the_number_of_statements_does_not_grow_with_the_catalogue(group):
    def statements() -> int:
        with CaptureQueriesContext(connection) as log:
            show()
        return len(log)

    offer(group, "A-0")
    few = statements()
    for number in range(1, 40):
        offer(group, f"A-{number}")
    assert statements() == few


def test_publishing_needs_the_right(group):
    with pytest.raises(NotAllowed, match=r"administration\.write"):
        publish(by=Actor(ActorKind.STAFF, name="Kim"), at=NOW)


@pytest.mark.parametrize(
    ("text", "folded"),
    [("Sättel", "saettel"), ("ÄÖÜß", "aeoeuess"), ("Café Ørsted", "cafe oersted"), ("ABC-12.3", "abc-12.3")],
)
def test_text_is_compared_folded(db, text, folded):
    with connection.cursor() as cursor:
        cursor.execute("SELECT kontor_fold(%s)", [text])
        assert cursor.fetchone()[0] == folded


@pytest.mark.parametrize(
    "text", ["", " ", "%%%", "___", "\\", "a" * 10_000, "((((", "'; --", "🚲", "x " * 500]
)
def test_any_text_can_be_searched_for(group, text):
    offer(group, "A-1")
    show()
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM kontor_search(%s)", [text])
        assert cursor.fetchone()[0] == 0


def test_the_worker_may_publish_and_the_public_may_not(house, group, as_role):
    offer(group, "A-1")
    with as_role("kontor_back"):
        assert publish_due(by=the_house(), at=NOW) >= 1
    with as_role("kontor_public"), pytest.raises(ProgrammingError, match="permission denied"):
        publish(by=the_house(), at=NOW)
