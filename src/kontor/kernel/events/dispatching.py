"""The dispatcher: hands waiting events to their handlers, in lists, at least once, in order of writing."""

import itertools
import json
import traceback
from collections.abc import Sequence
from typing import Any

import psycopg
import structlog

from kontor.kernel.events.hearing import Heard, handlers
from kontor.kernel.sql import Statements

MOST_ATTEMPTS = 10
LEASE_SECONDS = 120
QUICK_RETURNS = 3
_statements = Statements(__package__)
_log = structlog.get_logger(__name__)


def deliver_all(*, limit: int = 1000) -> int:
    """Deliver until nothing is due; returns how many deliveries were claimed. Safe to run in several workers.

    What one round heard is struck off by the statement that claims the next: one short transaction a round.
    """
    total = 0
    heard: list[int] = []
    while True:
        claimed = _statements.rows("claim_deliveries", limit=limit, lease_seconds=LEASE_SECONDS, heard=heard)
        if not claimed:
            return total
        total += len(claimed)
        by_handler: dict[str, list[Any]] = {}
        for row in claimed:
            by_handler.setdefault(row.handler, []).append(row)
        heard = [done for name, rows in by_handler.items() for done in _hand_over(name, rows)]


def take_the_place_of_the_dead(session: psycopg.Connection) -> int | None:
    """What workers held as they died is due at once, unless another worker lives: then its lease ends in time.

    ``session`` says to others that this worker lives, for as long as it is open. A delivery that has been in the hands
    of ``QUICK_RETURNS`` dying workers waits for the end of its lease: perhaps it is what kills them. Returns how many
    deliveries came back; None: another worker lives. Safe to repeat.
    """
    is_alone = session.execute(_statements.text("be_the_only_worker").encode()).fetchone() == (True,)
    ended = _statements.execute("end_leases", most=QUICK_RETURNS) if is_alone else None
    session.execute(_statements.text("be_one_of_the_workers").encode())
    if is_alone:
        session.execute(_statements.text("let_others_work").encode())
    return ended


def seconds_until_next() -> float | None:
    """How long until the next delivery falls due; None when none waits."""
    row = _statements.one("next_due")
    return None if row is None or row.seconds is None else max(0.0, row.seconds)


def _hand_over(name: str, rows: Sequence[Any]) -> list[int]:
    """Try the whole list, then halve it until the one event that fails stands alone."""
    try:
        handlers[name]([_heard(row) for row in rows])
    except Exception as error:  # noqa: BLE001 - a handler's failure must not stop the house; it is kept and shown
        if len(rows) == 1:
            _keep_failure(name, rows[0], error)
            return []
        middle = len(rows) // 2
        halves = (rows[:middle], rows[middle:])
        return list(itertools.chain.from_iterable(_hand_over(name, half) for half in halves))
    return [row.id for row in rows]


def _keep_failure(name: str, row: Any, error: Exception) -> None:
    _log.warning(
        "handler failed",
        handler=name,
        event_type=row.type,
        subject=row.subject,
        attempt=row.attempts,
        exc_info=error,
    )
    text = "".join(traceback.format_exception(error, limit=-4))[-4000:].replace("\0", "")
    _statements.execute("mark_failed", id=row.id, error=text, most=MOST_ATTEMPTS)


def _heard(row: Any) -> Heard:
    return Heard(row.type, row.subject, row.subject_id, json.loads(row.fact), row.at)
