"""The live process: server-sent events for pages that stay open. One LISTEN connection, no ORM, opaque payloads.

A page carries a topic signed by its plane with a key that only the planes and this process know. When a topic is
notified, its watchers get an empty ``refresh`` event and fetch through their own plane what they may see. A part of a
page may watch several topics over one stream.
"""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import parse_qs

import psycopg
import structlog

from kontor.config.house import House
from kontor.kernel.membrane.topics import read_topic

KEEP_ALIVE_SECONDS = 15
MOST_WATCHERS = 2000
MOST_TOPICS = 8
_CHANNEL = "kontor_live"
_PLANES = ("public", "desk", "back")
_log = structlog.get_logger("kontor.live")

type Send = Callable[[dict[str, Any]], Awaitable[None]]
type Receive = Callable[[], Awaitable[dict[str, Any]]]


class Live:
    """The ASGI application: ``GET /watch?topic=…``, the topic as often as there are topics to watch."""

    def __init__(self) -> None:
        self._house = House.from_environment()
        self._watchers: dict[str, set[asyncio.Event]] = {}
        self._streams = 0
        self._listener: asyncio.Task[None] | None = None

    async def __call__(self, scope: dict[str, Any], receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._live(receive, send)
        elif scope["type"] == "http":
            await self._serve(scope, receive, send)

    async def _live(self, receive: Receive, send: Send) -> None:
        while True:
            message = await receive()
            if message["type"] == "lifespan.startup":
                self._listener = asyncio.create_task(self._listen())
                await send({"type": "lifespan.startup.complete"})
            else:
                if self._listener is not None:
                    self._listener.cancel()
                await send({"type": "lifespan.shutdown.complete"})
                return

    async def _listen(self) -> None:
        while True:
            try:
                async with await psycopg.AsyncConnection.connect(
                    **self._house.connection("live"), autocommit=True
                ) as base:
                    await base.execute(f"LISTEN {_CHANNEL}")
                    async for note in base.notifies():
                        self._tell(note.payload)
            except psycopg.OperationalError as error:
                _log.warning("database lost", error=str(error).strip())
                await asyncio.sleep(1)

    def _tell(self, topic: str) -> None:
        """Wake a topic's watchers; ``*`` is everybody's."""
        told = self._watchers.values() if topic == "*" else (self._watchers.get(topic, set()),)
        for watchers in told:
            for watcher in watchers:
                watcher.set()

    async def _serve(self, scope: dict[str, Any], receive: Receive, send: Send) -> None:
        if scope["path"] == "/ready":
            await _answer(send, 200, b"ready")
            return
        asked = parse_qs(scope["query_string"].decode("latin-1")).get("topic", [])[:MOST_TOPICS]
        topics = {topic for topic in map(self._read, asked) if topic}
        if not topics or self._streams >= MOST_WATCHERS:
            await _answer(send, 503 if topics else 403, b"")
            return
        await self._stream(topics, scope, receive, send)

    def _read(self, signed: str) -> str | None:
        """The topic that one of the planes has signed; None for anything else."""
        read = (read_topic(self._house.secret(f"live-{plane}"), signed) for plane in _PLANES)
        return next((topic for topic in read if topic), None)

    async def _stream(self, topics: set[str], scope: dict[str, Any], receive: Receive, send: Send) -> None:
        watcher = asyncio.Event()
        self._streams += 1
        for topic in topics:
            self._watchers.setdefault(topic, set()).add(watcher)
        origin = next((value for name, value in scope["headers"] if name == b"origin"), b"null")
        headers = [
            (b"content-type", b"text/event-stream"),
            (b"cache-control", b"no-store"),
            (b"access-control-allow-origin", origin),
            (b"x-accel-buffering", b"no"),
        ]
        gone = asyncio.create_task(_until_gone(receive))
        try:
            await send({"type": "http.response.start", "status": 200, "headers": headers})
            await send({"type": "http.response.body", "body": b"retry: 3000\n\n", "more_body": True})
            while not gone.done():
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(watcher.wait(), KEEP_ALIVE_SECONDS)
                body = b"event: refresh\ndata:\n\n" if watcher.is_set() else b":\n\n"
                watcher.clear()
                await send({"type": "http.response.body", "body": body, "more_body": True})
        finally:
            gone.cancel()
            self._streams -= 1
            for topic in topics:
                self._watchers[topic].discard(watcher)
                if not self._watchers[topic]:
                    del self._watchers[topic]


async def _until_gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def _answer(send: Send, status: int, body: bytes) -> None:
    await send(
        {"type": "http.response.start", "status": status, "headers": [(b"content-type", b"text/plain")]}
    )
    await send({"type": "http.response.body", "body": body})


application = Live()
