"""Keeping offerings in sets, as screens and files do."""

from decimal import Decimal

import pytest
from conftest import NOW
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kontor.bridge.catalogue import errors
from kontor.bridge.catalogue.drafting import OfferingDraft, slug_of
from kontor.bridge.catalogue.keeping import keep_offerings
from kontor.bridge.catalogue.models import Category, Offering, OfferingGroup, StorefrontItem
from kontor.bridge.catalogue.selling import put_on_sale, take_off_sale
from kontor.kernel.actor.identity import Actor, ActorKind, the_house
from kontor.kernel.errors import NotAllowed
from kontor.kernel.events.models import Event

HOUSE = the_house()


@pytest.fixture
def shelf(house):
    return Category.objects.create(slug="klingeln", name_de="Klingeln", name_en="Bells")


def draft(number, **more):
    values = {"name_de": f"Klingel {number}", "category": "klingeln", "price": Decimal("9.90")} | more
    return OfferingDraft(number=number, **values)


def keep(*drafts, **more):
    return keep_offerings(drafts=drafts, by=HOUSE, at=NOW, **more)


def test_new_known_and_unchanged_offerings_are_told_apart(shelf):
    assert [one.outcome for one in keep(draft("A"), draft("B"))] == ["created", "created"]
    kept = keep(draft("A"), draft("B", color="rot"), draft("C"))
    assert [one.outcome for one in kept] == ["same", "changed", "created"]
    assert (kept[1].before, kept[1].after) == ({"color": ""}, {"color": "rot"})
    assert Event.objects.filter(type="catalogue.OfferingChanged").count() == 1


def test_the_number_of_statements_does_not_grow_with_the_set(shelf):
    def statements(numbers):
        with CaptureQueriesContext(connection) as log:
            keep(*(draft(number) for number in numbers))
        return len(log)

    assert statements(["X1"]) == statements([f"Y{place}" for place in range(40)])
    assert statements(["X1"]) == statements([f"Y{place}" for place in range(40)])  # the second time, too


def test_a_number_stands_once(shelf):
    with pytest.raises(errors.NumberUsed):
        keep(draft("A"), draft("A"))
    keep(draft("A"))
    with pytest.raises(errors.NumberUsed, match="A"):
        keep(draft("A"), must_be_new=True)


def test_what_is_not_there_is_refused_and_nothing_is_written(shelf):
    with pytest.raises(errors.UnknownCategory):
        keep(draft("A"), draft("B", category="nichts"))
    with pytest.raises(errors.UnknownTaxClass):
        keep(draft("A", tax_code="luxury"))
    assert Offering.objects.filter(number__in=("A", "B")).count() == 0


def test_kind_and_unit_stay_while_it_is_on_sale(shelf):
    keep(draft("A"))
    put_on_sale(numbers=["A"], valid_from=NOW, by=HOUSE, at=NOW)
    with pytest.raises(errors.KindIsFixed):
        keep(draft("A", unit="kg"))


def test_two_articles_of_one_name_have_pages_of_their_own(shelf):
    keep(draft("A", name_de="Klingel"), draft("B", name_de="Klingel"))
    assert set(OfferingGroup.objects.values_list("slug", flat=True)) == {"klingel", "klingel-b"}


def test_a_name_in_other_letters_has_a_page_as_well(shelf):
    keep(draft("A-7", name_de="自行车铃"))
    assert OfferingGroup.objects.get().slug == "a-7"


def test_a_page_of_one_article_is_called_as_the_article_is(shelf):
    keep(draft("A", name_de="Klingel"))
    keep(draft("A", name_de="Glocke", name_en="Bell"))
    page = OfferingGroup.objects.get()
    assert (page.name_de, page.slug) == ("Glocke", "klingel")  # its address stays


def test_on_sale_and_off_again_twice_each(shelf):
    keep(draft("A"))
    sell = {"numbers": ["A"], "by": HOUSE, "at": NOW}
    assert [put_on_sale(valid_from=NOW, **sell) for _click in range(2)] == [1, 0]
    assert StorefrontItem.objects.filter(number="A").count() == 1
    assert [take_off_sale(is_ended=False, **sell) for _click in range(2)] == [1, 0]
    assert StorefrontItem.objects.filter(number="A").count() == 0
    assert [take_off_sale(is_ended=True, **sell) for _click in range(2)] == [1, 0]


def test_what_is_missing_is_said(shelf):
    keep(OfferingDraft(number="A", name_de="Nackt"))
    with pytest.raises(errors.NotReady, match="A kann noch nicht in den Verkauf"):
        put_on_sale(numbers=["A"], valid_from=NOW, by=HOUSE, at=NOW)


def test_keeping_needs_the_right(shelf):
    with pytest.raises(NotAllowed, match=r"offerings\.write"):
        keep_offerings(drafts=[], by=Actor(ActorKind.STAFF, name="Kim"), at=NOW)


@pytest.mark.parametrize(
    ("text", "slug"),
    [("Öl & Fett", "oel-fett"), ("  Straße 5 ", "strasse-5"), ("自行车", ""), ("a" * 99, "a" * 80)],
)
def test_words_for_addresses(text, slug):
    assert slug_of(text) == slug
