"""What masking must know of whoever a signal came from, and which matters and contacts become signals."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from kontor.bridge.voice.hearing import NewSignal
from kontor.bridge.voice.masking import Known
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
        kinds.setdefault("name", set()).add(signal.name)
        kinds.setdefault("handle", set()).add(signal.email.partition("@")[0])
    return Acquainted([_known(found[place]) for place in range(len(signals))], _known(found.get(-1, {})))


def matters(case_ids: Sequence[UUID]) -> list[Any]:
    """Cases as they are now, with the words of their first contact and the article they are about. One statement."""
    return _sql.rows("matters", cases=list(case_ids))


def _known(kinds: dict[str, set[str]]) -> Known:
    return Known(
        names=tuple(sorted(kinds.get("name", ()))),
        handles=tuple(sorted(kinds.get("handle", ()))),
        places=tuple(sorted(kinds.get("place", ()))),
        numbers=tuple(sorted(kinds.get("number", ()))),
    )
