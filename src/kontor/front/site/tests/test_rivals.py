"""Two editors at the same instant, with real commits: one draft, one edition, and the other is told."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from threading import Barrier

from django.db import connection

from kontor.front.site.actions import NewWords, publish_page, save_draft
from kontor.front.site.errors import DraftChanged
from kontor.front.site.models import Draft, Edition
from kontor.kernel.actor.identity import the_house
from tests.clone import clone

__all__ = ["clone"]
AT = datetime.now(UTC)


def _together(deeds):
    barrier = Barrier(len(deeds))

    def run(deed):
        try:
            barrier.wait(timeout=20)
            return deed()
        except DraftChanged as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(len(deeds)) as pool:
        return list(pool.map(run, deeds))


def test_of_two_who_begin_a_page_one_is_told(clone):
    def begin(title):
        return lambda: save_draft(
            slug="about", words=NewWords(title_de=title), version=0, by=the_house(title), at=AT
        )

    results = _together([begin("Eins"), begin("Zwei")])
    assert {type(result) for result in results} == {Draft, DraftChanged}
    assert Draft.objects.filter(slug="about").count() == 1


def test_two_presses_of_publish_are_one_edition(clone):
    draft = save_draft(slug="help", words=NewWords(title_de="Neu"), version=0, by=the_house(), at=AT)

    def press():
        return publish_page(
            draft_id=draft.id, version=1, valid_from=None, valid_until=None, note="", by=the_house(), at=AT
        )

    first, second = _together([press, press])
    assert first == second and Edition.objects.filter(slug="help").count() == 1
