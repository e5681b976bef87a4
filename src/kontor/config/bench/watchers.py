"""``bench watchers``: so many open pages on one ``live`` process, and how soon each of them hears of a change."""

import argparse
import asyncio
import statistics
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import connection

from kontor.config.bench.ground import bench_database
from kontor.config.bench.planes import served_plane
from kontor.config.house import House
from kontor.config.progress import Progress, Tell, hidden
from kontor.config.words import gettext_now as _
from kontor.kernel.membrane.topics import signed_topic, topic_of

GOAL_MS = 1000.0
_PATIENCE_SECONDS = 15.0
_TOGETHER = "the-order-that-many-watch"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """How many pages are open, how often something changes."""
    parser.add_argument("--watchers", type=int, default=300)
    parser.add_argument("--rounds", type=int, default=20)


@dataclass(slots=True)
class _Watcher:
    """One open page."""

    subject: str
    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter
    heard: asyncio.Event = field(default_factory=asyncio.Event)
    heard_at: float = 0.0

    async def listen(self) -> None:
        """Read the stream until it ends."""
        while line := await self.reader.readline():
            if line.startswith(b"event: refresh"):
                self.heard_at = time.monotonic()
                self.heard.set()


def measure(args: argparse.Namespace, house: House, progress: Progress = hidden) -> dict[str, Any]:
    """Half of the pages watch one order, each other page one of its own. ``misses``: pages that heard nothing."""
    with bench_database(house) as name:
        log = house.logs / "bench-live.log"
        with served_plane(house, "live", database=name, log=log) as port:
            return asyncio.run(_measure(house, port, args.watchers, args.rounds, progress))


async def _measure(house: House, port: int, count: int, rounds: int, progress: Progress) -> dict[str, Any]:
    start = time.monotonic()
    watchers = await asyncio.gather(*(_open(house, port, nth, count) for nth in range(count)))
    opened = time.monotonic() - start
    listening = [asyncio.create_task(watcher.listen()) for watcher in watchers]
    await asyncio.sleep(0.5)
    together = [watcher for watcher in watchers if watcher.subject == _TOGETHER]
    apart = [watcher for watcher in watchers if watcher.subject != _TOGETHER]
    with progress(_("Pages that follow one order"), rounds) as tell:
        one = await _rounds([(topic_of(_TOGETHER), together)] * rounds, tell)
    strangers = sum(watcher.heard.is_set() for watcher in apart)
    with progress(_("Pages that follow an order of their own"), min(rounds, len(apart))) as tell:
        single = await _rounds([(topic_of(watcher.subject), [watcher]) for watcher in apart[:rounds]], tell)
    with progress(_("All pages"), rounds) as tell:
        everybody = await _rounds([("*", watchers)] * rounds, tell)
    for task in listening:
        task.cancel()
    for watcher in watchers:
        watcher.writer.close()
    return {
        "watchers": count,
        "seconds to open them": round(opened, 2),
        f"one order, {len(together)} pages": _figures(one),
        "one order, one page": _figures(single),
        "everything, all pages": _figures(everybody),
        "misses": sum(lost for _waits, lost in (*one, *single, *everybody)),
        "told without need": strangers,
        "goal_ms": GOAL_MS,
    }


async def _open(house: House, port: int, nth: int, count: int) -> _Watcher:
    subject = _TOGETHER if nth < count // 2 else f"order-{nth}"
    topic = signed_topic(house.secret("live-public"), subject)
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(f"GET /watch?topic={topic} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode())
    await writer.drain()
    status = await reader.readline()
    if b" 200 " not in status:
        raise RuntimeError(f"The live process refuses a watcher: {status.decode().strip()}")
    return _Watcher(subject, reader, writer)


async def _rounds(
    changes: Sequence[tuple[str, Sequence[_Watcher]]], tell: Tell
) -> list[tuple[list[float], int]]:
    """One change after the other; ``tell`` counts the pages that were told."""
    found, told = [], 0
    for done, (topic, watchers) in enumerate(changes, start=1):
        found.append(await _round(topic, watchers))
        told += len(watchers)
        tell(done, worked=told)
    return found


async def _round(topic: str, watchers: Sequence[_Watcher]) -> tuple[list[float], int]:
    """Change something once; returns how many milliseconds each page waited, and how many heard nothing."""
    for watcher in watchers:
        watcher.heard.clear()
    start = time.monotonic()
    await asyncio.to_thread(_notify, topic)
    waiting = [asyncio.create_task(watcher.heard.wait()) for watcher in watchers]
    _done, lost = await asyncio.wait(waiting, timeout=_PATIENCE_SECONDS)
    for task in lost:
        task.cancel()
    return [(watcher.heard_at - start) * 1000 for watcher in watchers if watcher.heard.is_set()], len(lost)


def _notify(topic: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_notify('kontor_live', %s)", [topic])
    connection.close()


def _figures(rounds: Sequence[tuple[list[float], int]]) -> dict[str, float]:
    waits = sorted(wait for found, _lost in rounds for wait in found)
    return {
        "p50_ms": round(statistics.median(waits), 1) if waits else 0.0,
        "p95_ms": round(waits[int(len(waits) * 0.95)], 1) if waits else 0.0,
        "max_ms": round(waits[-1], 1) if waits else 0.0,
    }
