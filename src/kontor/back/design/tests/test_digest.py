"""The daily digest: counts and words, in each reader's language, once."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from conftest import make_account

from kontor.back.design.actions import digest_yesterday, send_digest
from kontor.back.design.letters import digests
from kontor.back.design.models import Digest
from kontor.bridge.voice.actions import hear_signals
from kontor.bridge.voice.hearing import NewSignal
from kontor.bridge.voice.models import Signal
from kontor.kernel.actor.identity import the_house
from kontor.kernel.tasks.models import Mail
from tests.trade import Trade

DAY = date(2026, 11, 19)
NOON = datetime(2026, 11, 19, 11, tzinfo=UTC)
MORNING = datetime(2026, 11, 20, 5, 45, tzinfo=UTC)  # 6:45 in Bremen


@pytest.fixture
def heard(trade: Trade) -> None:
    """A problem with an article, and seven searches for something."""
    article = trade.offering(name="Tourer")
    party = trade.party()
    hear_signals(
        signals=[
            NewSignal(
                key="a", kind="problem", source="return", reason="defect", at=NOON, party_id=party.id,
                text="Bremse defekt. Anna Behrens", offering_id=article.id,
            ),
            NewSignal(key="b", kind="need", source="search", text="lastenrad", times=7, at=NOON),
            NewSignal(key="c", kind="need", source="wish", text="Morgen", at=MORNING),
        ],
        by=the_house(),
        at=MORNING,
    )  # fmt: skip
    Signal.objects.filter(key="a").update(lot="FA-100007")


def _digest(at: datetime = MORNING) -> int:
    return digest_yesterday(by=the_house(), at=at)


def test_each_member_gets_it_once_in_their_language(heard: None) -> None:
    """The worker may start anew as often as it likes."""
    german, english = make_account("product-conception"), make_account("product-conception")
    english.language = "en"
    english.save()
    make_account("warehouse")
    gone = make_account("product-conception")
    gone.is_active = False
    gone.save()
    assert [_digest(), _digest(), _digest(MORNING + timedelta(hours=5))] == [2, 0, 0]
    mails = {mail.recipient: mail for mail in Mail.objects.all()}
    assert set(mails) == {german.email, english.email}
    assert "1 Problem, 7 Bedürfnisse" in mails[german.email].subject
    text = mails[english.email].text
    assert "1 problem and 7 needs" in text and "Return: Broken or does not work" in text
    assert "Tourer (ART-001)" in text and "FA-100007" in text and "lastenrad" in text
    assert "Behrens" not in text and "Morgen" not in text
    assert Digest.objects.get().signals == 8


def test_it_waits_for_the_morning(heard: None) -> None:
    """Before half past six nothing is sent."""
    make_account("product-conception")
    assert _digest(datetime(2026, 11, 20, 5, 29, tzinfo=UTC)) == 0
    assert not Digest.objects.exists()


def test_a_day_without_a_sound_sends_nothing(house: Any) -> None:
    """But is done with."""
    make_account("product-conception")
    assert [_digest(), _digest()] == [0, 0]
    assert Digest.objects.get().signals == 0 and not Mail.objects.exists()


def test_two_workers_send_it_once(heard: None) -> None:
    """Both have drawn it up; the second finds the day taken."""
    make_account("product-conception")
    letters = digests(DAY)
    sent = [send_digest(letters=letters, on=DAY, by=the_house(), at=MORNING) for _ in range(2)]
    assert sent == [1, 0]
    assert Mail.objects.count() == 1


def test_the_page_of_the_day_says_the_same(heard: None, staff_client: Callable[..., Any]) -> None:
    """Counts and words."""
    page = staff_client("back", "product-conception").get("/design/digest/2026-11-19/").content.decode()
    assert "lastenrad" in page and "Bremse defekt." in page and "Behrens" not in page
