"""Hearing: problems and needs are written down, masked, each once. What staff do with them is improvement's."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from kontor.bridge.orders.queries import sources_of
from kontor.bridge.voice import events, queries
from kontor.bridge.voice.hearing import NewSignal
from kontor.bridge.voice.masking import Known, mask, says_something
from kontor.bridge.voice.saying import words_of
from kontor.kernel.actor.identity import Actor
from kontor.kernel.events.emitting import emit
from kontor.kernel.ids import uuid7
from kontor.kernel.sql import Statements
from kontor.kernel.transactions import in_transaction, transaction

_sql = Statements(__package__)


@dataclass(frozen=True, slots=True)
class Heard:
    """What hearing changed: how many signals are new, how many were amended."""

    new: int = 0
    amended: int = 0


@transaction
def hear_signals(*, signals: Sequence[NewSignal], by: Actor, at: datetime) -> Heard:
    """``hear`` as an action of its own: moves no money, safe to repeat."""
    return hear(signals, by=by, at=at)


@in_transaction
def hear(signals: Sequence[NewSignal], *, by: Actor, at: datetime) -> Heard:
    """Write signals with masked words, each once by its key. Moves no money.

    Safe to repeat: a signal heard again is amended (outcome, times, what it is about, words masked with what is known
    of the writer by now) and nobody is told anew. Five statements, whatever the number.
    """
    heard = list({signal.key: signal for signal in signals}.values())
    if not heard:
        return Heard()
    known = queries.acquainted_with(heard)
    lots = sources_of([signal.order_line_id for signal in heard if signal.order_line_id])
    rows = [
        _row(signal, _masked(signal, writer, known.staff), lots, at)
        for signal, writer in zip(heard, known.writers, strict=True)
    ]
    written = _sql.rows("write_signals", signals=json.dumps(rows, default=str), at=at)
    _sql.execute("write_origins", origins=json.dumps([_origin(signal) for signal in heard], default=str))
    fresh = [row for row in written if row.is_new]
    emit(
        [events.SignalHeard(subject=row.source, subject_id=row.id, kind=row.kind) for row in fresh],
        by=by,
        at=at,
    )
    return Heard(len(fresh), len(written) - len(fresh))


@transaction
def hear_cases(*, ids: Sequence[UUID], by: Actor, at: datetime) -> Heard:
    """Write a signal for each case, as the case is now: opened, closed with a reason, open again. Moves no money.

    Safe to repeat and to call in any order: what is written is what the case says, not what was told of it.
    """
    return hear([_of_case(row) for row in queries.matters(ids)], by=by, at=at)


def _of_case(row: Any) -> NewSignal:
    is_wish = row.kind == "wish"
    return NewSignal(
        key=f"case:{row.id}",
        kind="need" if is_wish else "problem",
        source="wish" if is_wish else "case",
        text=words_of(row),
        language=row.language,
        offering_id=row.offering_id,
        order_line_id=row.order_line_id,
        case_id=row.id,
        party_id=row.party_id,
        email=row.email,
        name=row.name,
        reason=row.kind,
        outcome=row.close_reason if row.state == "closed" else "",
        at=row.opened_at,
    )


def _masked(signal: NewSignal, writer: Known, staff: Known) -> str:
    words = mask(signal.text, writer, also=staff, language=signal.language, is_typed=signal.is_typed)
    # Of most withdrawals the order's number is all that was written.
    return "" if signal.reason == "withdrawal" and not says_something(words) else words


def _row(signal: NewSignal, words: str, lots: Mapping[UUID, str], at: datetime) -> dict[str, Any]:
    return {
        "id": uuid7(),
        "key": signal.key,
        "kind": signal.kind,
        "source": signal.source,
        "offering_id": signal.offering_id,
        "lot": lots.get(signal.order_line_id, "") if signal.order_line_id else "",
        "words": words,
        "language": signal.language if signal.language in ("de", "en") else "de",
        "reason": signal.reason,
        "stars": signal.stars,
        "times": signal.times,
        "outcome": signal.outcome,
        "at": signal.at or at,
    }


def _origin(signal: NewSignal) -> dict[str, Any]:
    fields = ("key", "party_id", "email", "name", "language", "case_id", "order_line_id")
    return {name: getattr(signal, name) for name in fields}
