"""What masking must know of whoever a signal came from, and which matters and contacts become signals."""

import itertools
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from kontor.bridge.voice.hearing import NewSignal
from kontor.bridge.voice.masking import Known
from kontor.bridge.voice.words import TOKEN
from kontor.kernel.sql import Statements

_sql = Statements(__package__)


@dataclass(frozen=True, slots=True)
class Acquainted:
    """What is known of the writer of each signal, in their order, and of the house's own staff."""

    writers: Sequence[Known]
    staff: Known


def acquainted_with(signals: Sequence[NewSignal]) -> Acquainted:
    """Names, addresses and numbers of the parties, cases and orders behind signals. One statement."""
    asked = [
        {
            "place": place,
            "party_id": signal.party_id,
            "email": signal.email,
            "case_id": signal.case_id,
            "line_id": signal.order_line_id,
        }
        for place, signal in enumerate(signals)
    ]
    found: dict[int, dict[str, set[str]]] = {}
    for row in _sql.rows("known_of", asked=json.dumps(asked, default=str)):
        kinds = found.setdefault(row.place, {})
        kinds.setdefault(row.kind, set()).add(row.text)
    for place, signal in enumerate(signals):
        kinds = found.setdefault(place, {})
        kinds.setdefault("name", set()).update((signal.name, *signal.also_named))
        kinds.setdefault("handle", set()).add(signal.email.partition("@")[0])
    return Acquainted([_known(found[place]) for place in range(len(signals))], _known(found.get(-1, {})))


def matters(case_ids: Sequence[UUID]) -> list[Any]:
    """Cases as they are now, with the words of their first contact and the article they are about. One statement."""
    return _sql.rows("matters", cases=list(case_ids))


def misses() -> list[Any]:
    """Searches without result that were counted since they were last heard. One statement."""
    return _sql.rows("misses")


def customers_named(texts: Sequence[str]) -> dict[tuple[str, str], str]:
    """Which neighbouring words of texts are the name of a customer: (word, next word) → the name. One statement."""
    pairs: set[tuple[str, str]] = set()
    for text in texts:
        words = [word.lower() for word in TOKEN.findall(text)]
        pairs |= set(itertools.pairwise(words)) | {(late, early) for early, late in itertools.pairwise(words)}
    if not pairs:
        return {}
    given, family = zip(*sorted(pairs), strict=True)
    rows = _sql.rows("customers_named", given=list(given), family=list(family))
    return {(row.given, row.family): f"{row.given} {row.family}" for row in rows}


def unanswered(at: datetime) -> list[Any]:
    """Questions past their due time that nobody has answered, and those heard of that were. One statement."""
    return _sql.rows("unanswered", at=at)


def reviews_in(state: str) -> list[Any]:
    """The latest hundred reviews in a state, with their articles. One statement."""
    return _sql.rows("reviews_in", state=state)


def _known(kinds: dict[str, set[str]]) -> Known:
    return Known(
        names=tuple(sorted(kinds.get("name", ()))),
        handles=tuple(sorted(kinds.get("handle", ()))),
        places=tuple(sorted(kinds.get("place", ()))),
        numbers=tuple(sorted(kinds.get("number", ()))),
    )
