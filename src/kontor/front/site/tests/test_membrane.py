"""What the database lets whom see and change of the website, whatever the program asks."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, ProgrammingError, connection
from django.db.transaction import atomic

from kontor.front.site.actions import NewWords, save_draft
from kontor.front.site.models import Agreement, Draft, Edition
from kontor.front.site.queries import small_print

NOW = datetime.now(UTC)
DAY = timedelta(days=1)


@pytest.fixture
def pages(published, editor):
    published("terms", at=NOW - 9 * DAY, title_de="Erste")
    published("terms", at=NOW - 5 * DAY, title_de="Zweite")
    published("terms", at=NOW - 3 * DAY, title_de="Künftige", valid_from=NOW + DAY)
    published("about", at=NOW - 9 * DAY, title_de="Überholt")
    published("about", at=NOW - 5 * DAY, title_de="Gültig")
    published("home", at=NOW - 9 * DAY, title_de="Abgelaufen", valid_until=NOW - DAY)
    save_draft(slug="about", words=NewWords(title_de="Geheim"), version=0, by=editor, at=NOW)


def titles():
    return set(Edition.objects.values_list("title_de", flat=True))


def test_the_public_reads_what_is_shown_now_and_older_terms_and_nothing_else(pages, as_role):
    with as_role("kontor_public"):
        assert titles() == {"Erste", "Zweite", "Gültig"}


@pytest.mark.parametrize("sql", ["SELECT count(*) FROM site_draft", "SELECT title_de FROM site_draft"])
def test_the_public_reads_no_draft(pages, as_role, sql):
    with as_role("kontor_public"), pytest.raises(ProgrammingError), atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


@pytest.mark.parametrize(
    "column", ["note", "published_by", "is_checked", "meant_until", "replaced_by_id", "to_jsonb(e)"]
)
def test_the_public_reads_nothing_of_an_edition_that_no_page_shows(pages, as_role, column):
    with as_role("kontor_public"), pytest.raises(ProgrammingError), atomic(), connection.cursor() as cursor:
        cursor.execute(f"SELECT {column} FROM site_edition e")


def test_the_public_reads_the_small_print_of_an_order_as_the_page_asks_for_it(pages, shop, visitor, as_role):
    visitor.buy(shop.bike())
    order = Agreement.objects.get().order_id
    with as_role("kontor_public", token=visitor.client.cookies["kontor_visit"].value):
        assert small_print([order])[order].terms.texts["de"].title == "Zweite"


@pytest.mark.parametrize("role", ["kontor_public", "kontor_back", "kontor_design"])
def test_only_the_counter_writes_the_website(pages, as_role, role):
    with as_role(role), pytest.raises(ProgrammingError), atomic():
        Edition.objects.filter(slug="about").update(valid_until=NOW)


def test_not_even_the_counter_rewrites_what_was_published(pages, as_role):
    for change in ({"body_de": "Anders"}, {"valid_from": NOW}, {"title_de": "x"}, {"published_by": "x"}):
        with as_role("kontor_desk"), pytest.raises(ProgrammingError), atomic():
            Edition.objects.filter(slug="terms").update(**change)
    with as_role("kontor_desk"), pytest.raises(ProgrammingError), atomic():
        Edition.objects.filter(slug="terms").delete()


def test_the_counter_reads_drafts_and_everything_published(pages, as_role):
    with as_role("kontor_desk"):
        assert len(titles()) == 6 and Draft.objects.count() == 1


def test_nobody_reads_what_another_customer_agreed_to(pages, shop, visitor, another_visitor, as_role):
    visitor.buy(shop.bike())
    agreement = Agreement.objects.get()
    with as_role("kontor_public", token=None):
        assert Agreement.objects.count() == 0
    token = visitor.client.cookies["kontor_visit"].value
    with as_role("kontor_public", token=token):
        assert Agreement.objects.get() == agreement
    first = Edition.objects.get(title_de="Erste").id
    with as_role("kontor_public", token=token), pytest.raises(ProgrammingError), atomic():
        Agreement.objects.update(edition_id=first)


@pytest.mark.parametrize(
    ("change", "constraint"),
    [
        ({"valid_until": NOW - 99 * DAY}, "an_edition_ends_after_it_begins"),
        ({"valid_from": NOW - 99 * DAY}, "nothing_is_published_for_the_past"),
        ({"title_de": ""}, "an_edition_has_a_title"),
    ],
)
def test_the_database_refuses_impossible_editions(pages, change, constraint):
    with pytest.raises(IntegrityError, match=constraint), atomic():
        Edition.objects.filter(title_de="Gültig").update(**change)
