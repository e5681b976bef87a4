"""All signals that wait are grouped anew when many have come: better than one by one, for it sees them all."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from kontor.back.improvement import events
from kontor.back.improvement.grouping.graph import centres, group
from kontor.back.improvement.grouping.vectors import Vector, Weights, likeness
from kontor.back.improvement.matching import (
    NEAR_ENOUGH,
    SAME_LOT,
    SAME_OFFERING,
    features_of,
    strongest,
    write_terms,
)
from kontor.kernel.actor.identity import Actor
from kontor.kernel.events.emitting import emit
from kontor.kernel.ids import uuid7
from kontor.kernel.sql import Statements
from kontor.kernel.transactions import transaction

MOST_SIGNALS = 20_000
LOOKS_BACK = timedelta(days=365)
ENOUGH_NEW = 25
RESTS = timedelta(hours=1)
THE_GROUPS = UUID("6b6f6e74-6f72-7000-8000-67726f757073")  # what the event of a regrouping is about
_sql = Statements(__package__)


def regroup_due(*, by: Actor, at: datetime) -> int:
    """Group anew where enough signals have come since the last time; returns how many were moved. Safe to repeat."""
    due = _sql.one("regrouping_due", subject=THE_GROUPS, enough=ENOUGH_NEW, rested=at - RESTS)
    return regroup(by=by, at=at) if due else 0


def regroup(*, by: Actor, at: datetime) -> int:
    """Group all waiting signals of a year anew (the newest 20,000); returns how many changed their group.

    Moves no money. The thinking is done outside any transaction; what somebody decided about meanwhile stays as they
    decided. Groups keep their id where most of their signals stay together. Safe to repeat.
    """
    rows = _sql.rows("waiting_signals", since=at - LOOKS_BACK, limit=MOST_SIGNALS)
    homes: dict[UUID, UUID] = {}
    vectors: dict[UUID, Vector] = {}
    for kind in sorted({row.kind for row in rows}):
        found = [row for row in reversed(rows) if row.kind == kind]
        weighed = _vectors(found)
        vectors |= {row.id: vector for row, vector in zip(found, weighed, strict=True)}
        homes |= _homes(found, weighed)
    return _move(rows, homes, vectors, by=by, at=at)


def _vectors(rows: Sequence[Any]) -> list[Vector]:
    featured = [features_of(row) for row in rows]
    weights = Weights.of(featured)
    return [weights.vector(one) for one in featured]


def _homes(rows: Sequence[Any], vectors: Sequence[Vector]) -> dict[UUID, UUID]:
    """The group of each signal: an old one's id where most of the new group come from it."""
    numbers = group(vectors, closer=lambda one, other: _closeness(rows[one], rows[other]))
    members: dict[int, list[Any]] = defaultdict(list)
    for row, number in zip(rows, numbers, strict=True):
        members[number].append(row)
    taken: set[UUID] = set()
    homes: dict[UUID, UUID] = {}
    for found in sorted(members.values(), key=lambda some: (-len(some), str(some[0].id))):
        old = next((one for one, _count in _old_groups(found) if one not in taken), None)
        home = old or uuid7()
        taken.add(home)
        for row in found:
            # Where somebody said that it does not belong, it is not put again.
            homes[row.id] = row.group_id if home in row.parted_from else home
    return homes


def _old_groups(rows: Sequence[Any]) -> list[tuple[UUID, int]]:
    return sorted(Counter(row.group_id for row in rows).items(), key=lambda found: (-found[1], str(found[0])))


def _closeness(one: Any, other: Any) -> float:
    """What is not words: the same article, the same lot."""
    same = SAME_OFFERING if one.offering_id is not None and one.offering_id == other.offering_id else 0.0
    return same + (SAME_LOT if one.lot and one.lot == other.lot else 0.0)


@transaction
def _move(
    rows: Sequence[Any],
    homes: Mapping[UUID, UUID],
    vectors: Mapping[UUID, Vector],
    *,
    by: Actor,
    at: datetime,
) -> int:
    _sql.execute("lock_groups")
    moved = [row for row in rows if homes[row.id] != row.group_id]
    old = {row.group_id for row in rows}
    new: dict[UUID, Any] = {homes[row.id]: row for row in moved if homes[row.id] not in old}
    middles = {
        home: strongest(middle)
        for home, middle in centres(
            [vectors[row.id] for row in rows], [homes[row.id] for row in rows]
        ).items()
    }
    _sql.execute(
        "insert_groups",
        ids=list(new),
        kinds=[row.kind for row in new.values()],
        offerings=[row.offering_id for row in new.values()],
        lots=[row.lot for row in new.values()],
        members=[0 for _row in new],
        sizes=[0 for _row in new],
        firsts=[row.at for row in new.values()],
        lasts=[row.at for row in new.values()],
    )
    count = _sql.execute(
        "move_waiting",
        signals=[row.id for row in moved],
        groups=[homes[row.id] for row in moved],
        olds=[row.group_id for row in moved],
        likenesses=[max(NEAR_ENOUGH, likeness(vectors[row.id], middles[homes[row.id]])) for row in moved],
    )
    touched = sorted({row.group_id for row in moved} | {homes[row.id] for row in moved})
    _sql.execute("count_groups", ids=touched)
    _sql.execute("drop_terms_of_empty_groups", ids=touched)
    _sql.execute("drop_empty_groups", ids=touched)
    left = {row.id for row in _sql.rows("groups", ids=touched)}
    write_terms({home: middle for home, middle in middles.items() if home in left})
    emit(
        [
            events.SignalsRegrouped(
                subject="–", subject_id=THE_GROUPS, signals=len(rows), groups=len(set(homes.values()))
            )
        ],
        by=by,
        at=at,
    )
    return count
