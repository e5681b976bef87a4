"""New signals find the group they look like, within seconds of being heard; the rest begins groups of its own.

Leader clustering: a signal joins the group whose middle it is nearest to, if it is near enough. Words count most;
the same offering, the same lot and nearness in time count a little. ``regrouping`` puts the rest into better order.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from kontor.back.improvement import events
from kontor.back.improvement.grouping.vectors import Vector, Weights, likeness, unit
from kontor.back.improvement.grouping.words import features
from kontor.kernel.actor.identity import Actor
from kontor.kernel.events.emitting import emit
from kontor.kernel.ids import uuid7
from kontor.kernel.sql import Statements
from kontor.kernel.tasks.actions import NewTask, open_tasks
from kontor.kernel.transactions import transaction

NEAR_ENOUGH = 0.34
SAME_OFFERING = 0.08
SAME_LOT = 0.06
FAR_IN_TIME = timedelta(days=270)
_TELLING = 2000  # a word in more signals than these does not lead to a group by itself
_MOST_TERMS = 60
AT_ONCE = 200
_ALL = ""  # the term under which all signals are counted
DEPARTMENT = "product-conception"
_sql = Statements(__package__)


@dataclass(slots=True)
class Known:
    """A group while signals look for theirs."""

    id: UUID
    kind: str
    offering_id: UUID | None
    lot: str
    middle: Vector
    members: int
    size: int
    first_at: datetime
    last_at: datetime
    problem_id: UUID | None = None
    is_new: bool = False
    joined: int = 0

    def take(self, vector: Vector, *, at: datetime) -> None:
        """One more member: the middle moves a little."""
        total = {name: weight * self.members for name, weight in self.middle.items()}
        for name, weight in vector.items():
            total[name] = total.get(name, 0.0) + weight
        self.middle = strongest(total)
        self.members, self.size, self.joined = self.members + 1, self.size + 1, self.joined + 1
        self.first_at, self.last_at = min(self.first_at, at), max(self.last_at, at)


@dataclass(slots=True)
class Place:
    """All groups that matter to some signals, found by word."""

    groups: dict[UUID, Known] = field(default_factory=dict)
    by_term: dict[str, set[UUID]] = field(default_factory=lambda: defaultdict(set))

    def add(self, group: Known) -> None:
        """Let a group be found by its words."""
        self.groups[group.id] = group
        for name in group.middle:
            self.by_term[name].add(group.id)

    def nearest(self, signal: Any, vector: Vector) -> tuple[Known | None, float]:
        """The group a signal is nearest to, and how near; None where none is near enough."""
        found = {group_id for name in vector for group_id in self.by_term.get(name, ())}
        best: tuple[float, int, UUID] | None = None
        for group in (self.groups[group_id] for group_id in found):
            if group.kind == signal.kind:
                near = nearness(group, signal, vector)
                if near >= NEAR_ENOUGH and (best is None or (near, group.members, group.id) > best):
                    best = (near, group.members, group.id)
        return (self.groups[best[2]], best[0]) if best else (None, 1.0)


def strongest(middle: Mapping[str, float]) -> Vector:
    """What counts most of a middle, as a unit vector: what is kept of it."""
    return unit(dict(sorted(middle.items(), key=lambda term: (-term[1], term[0]))[:_MOST_TERMS]))


def nearness(group: Known, signal: Any, vector: Vector) -> float:
    """How near a signal is to a group: words first; offering, lot and time a little."""
    near = likeness(vector, group.middle)
    if near < NEAR_ENOUGH - SAME_OFFERING - SAME_LOT:
        return 0.0
    if signal.offering_id is not None and signal.offering_id == group.offering_id:
        near += SAME_OFFERING
    if signal.lot and signal.lot == group.lot:
        near += SAME_LOT
    if not group.first_at - FAR_IN_TIME <= signal.at <= group.last_at + FAR_IN_TIME:
        near -= SAME_OFFERING
    return min(near, 1.0)


def features_of(signal: Any) -> dict[str, float]:
    """A signal's words, and the reason somebody ticked; without words its kind, reason and offering are all it says.

    That a matter is a wish or a complaint is no reason: all wishes of a young house would look alike by it.
    """
    found = features(signal.words, signal.language)
    if found:
        if signal.reason and signal.source not in ("case", "wish"):
            found[f"#{signal.reason}"] = 0.8
        return found
    return {f"#{signal.source}:{signal.reason}:{signal.offering_id or ''}": 1.0}


@transaction
def match_signals(*, ids: Sequence[UUID], by: Actor, at: datetime) -> int:
    """Put signals that stand in no group into the nearest one; returns how many there were.

    Moves no money. A constant number of statements. Safe to repeat: a signal is placed once. Where the group belongs
    to a closed problem, the problem has come again: a task is opened for its department, once a round.
    """
    _sql.execute("lock_groups")
    signals = _sql.rows("new_signals", ids=list(ids))
    if not signals:
        return 0
    featured = [(signal, features_of(signal)) for signal in signals]
    weights, counts = _weights([found for _signal, found in featured])
    vectors = [weights.vector(found) for _signal, found in featured]
    place = _read_place(counts, vectors)
    homes: list[tuple[Any, Known, float]] = []
    for signal, vector in zip(signals, vectors, strict=True):
        group, near = place.nearest(signal, vector)
        if group is None:
            group = Known(
                uuid7(),
                signal.kind,
                signal.offering_id,
                signal.lot,
                {},
                0,
                0,
                signal.at,
                signal.at,
                is_new=True,
            )
        group.take(vector, at=signal.at)
        place.add(group)
        homes.append((signal, group, near))
    _write(homes, Counter(name for _signal, found in featured for name in found))
    _warn(place.groups.values(), by=by, at=at)
    return len(signals)


def match_all(*, ids: Sequence[UUID], by: Actor, at: datetime) -> int:
    """``match_signals`` for any number, some at a time."""
    return sum(
        match_signals(ids=ids[first : first + AT_ONCE], by=by, at=at) for first in range(0, len(ids), AT_ONCE)
    )


def _weights(found: Sequence[dict[str, float]]) -> tuple[Weights, dict[str, int]]:
    names = sorted({name for one in found for name in one})
    counts = {row.term: row.signals for row in _sql.rows("term_counts", terms=names)}
    messages = counts.pop(_ALL, 0)
    return Weights(counts, messages), counts


def _read_place(counts: dict[str, int], vectors: Sequence[Vector]) -> Place:
    """The groups nearest to each of these signals by telling words, whole."""
    asked = [
        (nth, name, weight)
        for nth, vector in enumerate(vectors)
        for name, weight in vector.items()
        if counts.get(name, 0) <= _TELLING
    ]
    rows = _sql.rows(
        "alike_groups",
        places=[one[0] for one in asked],
        terms=[one[1] for one in asked],
        weights=[one[2] for one in asked],
    )
    ids = sorted(row.group_id for row in rows)
    middles: dict[UUID, Vector] = defaultdict(dict)
    for row in _sql.rows("terms_of", ids=ids):
        middles[row.group_id][row.term] = row.weight
    place = Place()
    for row in _sql.rows("groups", ids=ids):
        place.add(
            Known(
                row.id,
                row.kind,
                row.offering_id,
                row.lot,
                middles[row.id],
                row.members,
                row.size,
                row.first_at,
                row.last_at,
                row.problem_id,
            )
        )
    return place


def _write(homes: Sequence[tuple[Any, Known, float]], counted: Counter[str]) -> None:
    touched = list({group.id: group for _signal, group, _near in homes}.values())
    for signal, group, _near in homes:  # what most of a group have in common is what its latest have
        group.offering_id, group.lot = signal.offering_id or group.offering_id, signal.lot or group.lot
    new, old = [group for group in touched if group.is_new], [group for group in touched if not group.is_new]
    _sql.execute("insert_groups", **_columns(new), kinds=[group.kind for group in new])
    _sql.execute("update_groups", **_columns(old))
    write_terms({group.id: group.middle for group in touched})
    _sql.execute(
        "insert_memberships",
        signals=[signal.id for signal, _group, _near in homes],
        groups=[group.id for _signal, group, _near in homes],
        likenesses=[near for _signal, _group, near in homes],
        ats=[signal.at for signal, _group, _near in homes],
    )
    counted[_ALL] = len(homes)
    _sql.execute("count_terms", terms=list(counted), counts=list(counted.values()))


def write_terms(middles: dict[UUID, Vector]) -> None:
    """Keep the middles of groups. Two statements."""
    _sql.execute("drop_terms", ids=list(middles))
    rows = [(group, name, weight) for group, middle in middles.items() for name, weight in middle.items()]
    _sql.execute(
        "insert_terms",
        groups=[row[0] for row in rows],
        terms=[row[1] for row in rows],
        weights=[row[2] for row in rows],
    )


def _columns(groups: Sequence[Known]) -> dict[str, Any]:
    return {
        "ids": [group.id for group in groups],
        "offerings": [group.offering_id for group in groups],
        "lots": [group.lot for group in groups],
        "members": [group.members for group in groups],
        "sizes": [group.size for group in groups],
        "firsts": [group.first_at for group in groups],
        "lasts": [group.last_at for group in groups],
    }


def _warn(groups: Iterable[Known], *, by: Actor, at: datetime) -> None:
    joined: Counter[UUID] = Counter()
    for group in groups:
        if group.problem_id is not None and group.joined:
            joined[group.problem_id] += group.joined
    if not joined:
        return
    closed = _sql.rows("recurred", problems=list(joined), counts=list(joined.values()))
    open_tasks(
        [
            NewTask(
                key=f"improvement.recurred:{row.id}:{row.rounds}",
                kind="improvement.recurred",
                department=DEPARTMENT,
                subject=row.number,
                subject_id=row.id,
            )
            for row in closed
            if row.verdict == "done"
        ]
    )
    emit(
        [
            events.ProblemRecurred(subject=row.number, subject_id=row.id, signals=row.signals)
            for row in closed
        ],
        by=by,
        at=at,
    )
