"""What a confirmation carries below its signature: the terms agreed to, and how to withdraw (§ 312f (2) BGB)."""

from datetime import UTC, datetime, timedelta

from django.db import connection
from django.test.utils import CaptureQueriesContext

from kontor.front.care.mailing.sending import send_confirmations
from kontor.front.site.actions import NewWords, publish_page, save_draft
from kontor.kernel.actor.identity import the_house
from kontor.kernel.tasks.models import Mail

NOW = datetime.now(UTC)
BY = the_house()


def publish(body: str, *, days_ago: int) -> None:
    at = NOW - timedelta(days=days_ago)
    words = NewWords(title_de="Unsere AGB", body_de=body)
    draft = save_draft(slug="terms", words=words, version=0, by=BY, at=at)
    publish_page(draft_id=draft.id, version=1, valid_from=None, valid_until=None, note="", by=BY, at=at)


def confirmation_of(order) -> str:
    send_confirmations(ids=[order.id], by=BY, at=NOW)
    return str(Mail.objects.get(key=f"orders.confirmed:{order.id}").text)


def test_terms_and_instructions_stand_in_it_in_full(trade):
    publish("## 1. Regel\n\nEins. [Hilfe](/site/help/)", days_ago=1)
    order = trade.order((trade.offering(), 1))
    with CaptureQueriesContext(connection) as asked:
        text = confirmation_of(order)
    assert "in Fassung 1 vom" in text and "/site/terms/1/" in text and "/withdraw/" in text
    assert "Unsere AGB" in text and "1. Regel" in text and "Hilfe <http" in text and "[[" not in text
    assert "binnen vierzehn Tagen ohne Angabe von Gründen diesen Vertrag zu widerrufen" in text
    assert len([one for one in asked if "site_" in one["sql"]]) == 1


def test_what_is_published_later_reaches_no_earlier_order(trade):
    publish("Alt", days_ago=2)
    order = trade.order((trade.offering(), 1))
    publish("Überraschung", days_ago=0)
    assert "Überraschung" not in confirmation_of(order)


def test_a_house_without_terms_still_says_how_to_withdraw(trade):
    text = confirmation_of(trade.order((trade.offering(), 1)))
    assert "Fassung" not in text and "Muster-Widerrufsformular" in text
