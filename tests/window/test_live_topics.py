"""A page may watch several things over one stream, and everything that passes between the two sides is told of."""

import asyncio
from typing import Any

import pytest

from kontor.config.live import MOST_TOPICS, Live
from kontor.kernel.actor.flows import flow_topics
from kontor.kernel.membrane.topics import signed_topic, topic_of
from tests.clone import clone

__all__ = ["clone"]

REFRESH = b"event: refresh\ndata:\n\n"


class Page:
    """A browser that watches, and what it was sent."""

    def __init__(self, live: Live, query: str) -> None:
        self.sent: list[dict[str, Any]] = []
        self._gone = asyncio.Event()
        scope = {"type": "http", "path": "/watch", "query_string": query.encode(), "headers": []}
        self._watching = asyncio.create_task(live(scope, self._receive, self._send))

    async def _send(self, message: dict[str, Any]) -> None:
        self.sent.append(message)

    async def _receive(self) -> dict[str, Any]:
        await self._gone.wait()
        return {"type": "http.disconnect"}

    @property
    def refreshed(self) -> int:
        """How often it was told that something changed."""
        return [message.get("body") for message in self.sent].count(REFRESH)

    async def leave(self, live: Live) -> None:
        """Close the page; the next news finds it gone."""
        self._gone.set()
        live._tell("*")
        await self._watching


@pytest.fixture
def live(monkeypatch):
    monkeypatch.setattr("kontor.config.house.House.secret", lambda _house, name: name)
    return Live()


def topics(*subjects: str, secret: str = "live-desk") -> str:
    return "&".join(f"topic={signed_topic(secret, subject)}" for subject in subjects)


async def _moment() -> None:
    await asyncio.sleep(0.05)


def test_one_stream_hears_each_of_its_topics_and_no_other_and_leaves_nothing_behind(live):
    async def watch() -> None:
        page, other = Page(live, topics("orders", "voice")), Page(live, topics("cases"))
        await _moment()
        live._tell(topic_of("orders"))
        await _moment()
        live._tell(topic_of("voice"))
        await _moment()
        live._tell(topic_of("milestones"))
        await _moment()
        assert (page.refreshed, other.refreshed) == (2, 0)
        await page.leave(live)
        await other.leave(live)

    asyncio.run(watch())
    assert live._watchers == {} and live._streams == 0


def test_a_topic_that_nobody_signed_is_left_out_and_none_at_all_is_refused(live):
    async def watch() -> None:
        forged = topics("voice", secret="guessed")
        page, refused = Page(live, f"{forged}&{topics('orders')}"), Page(live, forged)
        nothing = Page(live, "")
        await _moment()
        live._tell(topic_of("voice"))
        await _moment()
        assert page.refreshed == 0 and list(live._watchers) == [topic_of("orders")]
        assert [one.sent[0]["status"] for one in (refused, nothing)] == [403, 403]
        await page.leave(live)

    asyncio.run(watch())


def test_nobody_watches_more_than_a_handful_at_once(live):
    async def watch() -> None:
        page = Page(live, topics(*(f"order {number}" for number in range(MOST_TOPICS + 5))))
        await _moment()
        assert len(live._watchers) == MOST_TOPICS
        await page.leave(live)

    asyncio.run(watch())


def test_an_order_that_comes_in_is_told_of_at_once_and_says_nothing_else(clone):
    with clone.login("live") as listener:
        listener.execute("LISTEN kontor_live")
        order = clone.trade.order((clone.trade.offering(), 1))
        notes = {note.payload for note in listener.notifies(timeout=1, stop_after=9)}
    assert topic_of("orders") in notes and order.number not in str(notes)
    assert {topic_of(subject) for subject in flow_topics()} == {
        topic_of(subject) for subject in ("cases", "orders", "milestones", "voice")
    }
