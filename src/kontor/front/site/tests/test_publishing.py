"""Publishing, planning, ending and restoring pages, as the people who write them see it."""

from datetime import UTC, datetime, timedelta

import pytest

from kontor.front.site import errors
from kontor.front.site.actions import (
    NewWords,
    begin_news,
    discard_draft,
    publish_page,
    restore_edition,
    save_draft,
    take_back,
)
from kontor.front.site.models import Draft, Edition
from kontor.front.site.queries import latest_news, shown_page
from kontor.kernel.actor.identity import Actor, ActorKind
from kontor.kernel.errors import NotAllowed, NotFound
from kontor.kernel.events.models import Event
from kontor.kernel.ids import uuid7

NOW = datetime.now(UTC)
DAY = timedelta(days=1)
WORDS = NewWords(title_de="Über uns", title_en="About us", body_de="Guten Tag.", body_en="Good day.")


def draft_of(editor, words=WORDS, slug="about", version=0):
    return save_draft(slug=slug, words=words, version=version, by=editor, at=NOW)


def publish(editor, draft, *, at=NOW, **changes):
    values = {"version": draft.version, "valid_from": None, "valid_until": None, "note": ""}
    return publish_page(draft_id=draft.id, **{**values, **changes}, by=editor, at=at)


def test_a_draft_shows_nothing_until_it_is_published(db, editor):
    draft = draft_of(editor)
    assert shown_page("about").number == 0
    edition = publish(editor, draft)
    assert shown_page("about").texts["de"].body == "Guten Tag."
    assert (edition.number, edition.published_by, Draft.objects.count()) == (1, "Mia Marketing", 0)
    assert Event.objects.filter(type="site.PagePublished", subject="about").count() == 1


def test_pressing_publish_twice_publishes_once(db, editor):
    draft = draft_of(editor)
    assert publish(editor, draft) == publish(editor, draft)
    assert Edition.objects.count() == 1 and Event.objects.filter(type="site.PagePublished").count() == 1


def test_who_may_not_write_the_website_changes_nothing(db, editor):
    stranger = Actor(ActorKind.STAFF, id=uuid7(), name="Linda", rights=frozenset({"orders.read"}))
    with pytest.raises(NotAllowed):
        draft_of(stranger)
    draft = draft_of(editor)
    with pytest.raises(NotAllowed):
        publish(stranger, draft)
    edition = publish(editor, draft)
    for deed in (
        lambda: take_back(slug="about", number=edition.number, by=stranger, at=NOW),
        lambda: restore_edition(slug="about", number=edition.number, by=stranger, at=NOW),
        lambda: discard_draft(slug="about", version=1, by=stranger, at=NOW),
        lambda: begin_news(key=uuid7(), title_de="x", title_en="", by=stranger, at=NOW),
    ):
        with pytest.raises(NotAllowed):
            deed()


def test_nobody_saves_over_what_a_colleague_has_just_written(db, editor):
    first = draft_of(editor)
    theirs = NewWords(title_de="Ganz anders")
    save_draft(slug="about", words=theirs, version=first.version, by=editor, at=NOW)
    with pytest.raises(errors.DraftChanged, match="Mia Marketing"):
        draft_of(editor, NewWords(title_de="Noch anders"), version=first.version)
    assert Draft.objects.get().title_de == "Ganz anders"
    with pytest.raises(errors.DraftChanged):
        publish(editor, first, version=first.version)
    with pytest.raises(errors.DraftChanged):
        discard_draft(slug="about", version=first.version, by=editor, at=NOW)


def test_saving_the_same_words_twice_is_one_saving(db, editor):
    assert draft_of(editor).version == draft_of(editor).version == 1


@pytest.mark.parametrize("slug", ["unheard-of", "open-day"])
def test_a_page_nobody_knows_is_not_begun(db, editor, slug):
    with pytest.raises(NotFound):
        draft_of(editor, slug=slug)


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"valid_from": NOW - DAY}, errors.PublishedTooEarly),
        ({"valid_from": NOW + DAY, "valid_until": NOW + DAY}, errors.EndsBeforeItBegins),
        ({"valid_until": NOW - DAY}, errors.EndsBeforeItBegins),
    ],
)
def test_impossible_dates_are_refused_and_the_draft_stays(db, editor, changes, refusal):
    draft = draft_of(editor)
    with pytest.raises(refusal):
        publish(editor, draft, **changes)
    assert Draft.objects.count() == 1 and Edition.objects.count() == 0


def test_a_page_without_a_german_title_is_not_published(db, editor):
    with pytest.raises(errors.TitleMissing):
        publish(editor, draft_of(editor, NewWords(title_en="About us")))


def test_a_planned_edition_takes_over_on_its_day(published, editor):
    published("about", at=NOW - 3 * DAY, title_de="Heute")
    published("about", at=NOW - 2 * DAY, title_de="Morgen", valid_from=NOW + DAY)
    today, tomorrow = Edition.objects.order_by("number")
    assert shown_page("about").texts["de"].title == "Heute"
    assert today.valid_until == tomorrow.valid_from == NOW + DAY


def test_a_page_for_a_while_gives_way_to_what_stood_before(published):
    published("home", at=NOW - 9 * DAY, title_de="Immer")
    published("home", at=NOW - 5 * DAY, title_de="Weihnachten", valid_until=NOW - DAY)
    assert shown_page("home").texts["de"].title == "Immer"
    published("home", at=NOW - DAY, title_de="Winter", valid_until=NOW + DAY)
    assert shown_page("home").texts["de"].title == "Winter"


def test_calling_a_planned_edition_off_leaves_what_stands(published, editor):
    published("terms", at=NOW - 3 * DAY, title_de="Erste")
    published("terms", at=NOW - 2 * DAY, title_de="Zweite", valid_from=NOW + DAY)
    assert take_back(slug="terms", number=2, by=editor, at=NOW)
    assert not take_back(slug="terms", number=2, by=editor, at=NOW)
    first, second = Edition.objects.order_by("number")
    assert first.valid_until is None and second.valid_until == second.valid_from
    assert Event.objects.filter(type="site.PageTakenBack").count() == 1


def test_calling_off_brings_a_chosen_end_back_and_not_more(published, editor):
    published("home", at=NOW - 3 * DAY, title_de="Weihnachten", valid_until=NOW + 9 * DAY)
    published("home", at=NOW - 2 * DAY, title_de="Winter", valid_from=NOW + 5 * DAY)
    assert Edition.objects.get(number=1).valid_until == NOW + 5 * DAY
    take_back(slug="home", number=2, by=editor, at=NOW)
    assert Edition.objects.get(number=1).valid_until == NOW + 9 * DAY


def test_taking_the_present_edition_of_a_page_back_brings_the_one_before(published, editor):
    published("about", at=NOW - 3 * DAY, title_de="Alt")
    published("about", at=NOW - 2 * DAY, title_de="Neu")
    take_back(slug="about", number=2, by=editor, at=NOW - DAY)
    assert shown_page("about").texts["de"].title == "Alt"


def test_a_legal_text_that_is_shown_is_only_replaced(published, editor):
    published("imprint", at=NOW - DAY)
    with pytest.raises(errors.NeverWithoutTerms, match="Publish a new one"):
        take_back(slug="imprint", number=1, by=editor, at=NOW)
    assert shown_page("imprint").number == 1


def test_an_article_goes_as_a_whole(db, editor):
    draft = begin_news(key=uuid7(), title_de="Öffnung für Gäste", title_en="", by=editor, at=NOW - 2 * DAY)
    assert draft.slug.endswith("-oeffnung-fuer-gaeste")
    publish(editor, draft, at=NOW - 2 * DAY)
    again = restore_edition(slug=draft.slug, number=1, by=editor, at=NOW - DAY)
    publish(editor, again, at=NOW - DAY)
    assert [one.number for one in latest_news()] == [2]
    take_back(slug=draft.slug, number=2, by=editor, at=NOW - DAY / 2)
    assert latest_news() == []


def test_beginning_the_same_article_twice_is_one_article(db, editor):
    key = uuid7()
    first = begin_news(key=key, title_de="Neu", title_en="New", by=editor, at=NOW)
    assert begin_news(key=key, title_de="Neu", title_en="New", by=editor, at=NOW) == first
    with pytest.raises(errors.NameTaken):
        begin_news(key=uuid7(), title_de="Neu", title_en="New", by=editor, at=NOW)


def test_an_older_version_comes_back_as_a_draft_only(published, editor):
    published("about", at=NOW - 3 * DAY, title_de="Alt", body_de="Alte Worte")
    published("about", at=NOW - 2 * DAY, title_de="Neu")
    draft = restore_edition(slug="about", number=1, by=editor, at=NOW)
    assert draft.body_de == "Alte Worte" and shown_page("about").texts["de"].title == "Neu"
    assert restore_edition(slug="about", number=1, by=editor, at=NOW).version == draft.version
    with pytest.raises(NotFound):
        restore_edition(slug="about", number=9, by=editor, at=NOW)


def test_discarding_a_draft_leaves_what_is_published(published, editor):
    published("about", at=NOW - DAY, title_de="Steht")
    draft = draft_of(editor)
    assert discard_draft(slug="about", version=draft.version, by=editor, at=NOW)
    assert not discard_draft(slug="about", version=draft.version, by=editor, at=NOW)
    assert shown_page("about").texts["de"].title == "Steht"
