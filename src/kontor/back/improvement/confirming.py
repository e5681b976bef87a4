"""What a person decides about suggestions: a new problem, more of a known one, or nothing of the kind."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from kontor.back.improvement import errors, events
from kontor.back.improvement.due import step_due
from kontor.back.improvement.grouping.safety import is_dangerous
from kontor.back.improvement.grouping.vectors import Weights, middle
from kontor.back.improvement.matching import features_of, write_terms
from kontor.back.improvement.models import Problem
from kontor.back.improvement.ranking import rank
from kontor.kernel.actor.identity import Actor
from kontor.kernel.errors import NotFound
from kontor.kernel.events.emitting import emit
from kontor.kernel.ids import uuid7
from kontor.kernel.sql import Statements
from kontor.kernel.transactions import in_transaction, transaction

_sql = Statements(__package__)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewProblem:
    """A problem to open of signals of one group. ``key`` is the form's own: sent twice, it is one problem."""

    key: UUID
    title: str
    group_id: UUID
    signals: Sequence[UUID]


@transaction
def open_problem(*, problem: NewProblem, by: Actor, at: datetime) -> str:
    """Make a problem (or need) of signals that look alike; returns its number. Who makes it looks after it.

    Moves no money. What of the group is not taken begins groups of its own and is not suggested here again. Harm is
    guessed from words until a person judges it. Safe to repeat: a key opens one problem.

    Raises:
        NotAllowed: ``by`` lacks the right ``improvement.write``.
        NoTitle: nobody said what it is.
        NotFound: there is no such group.
        NoSignalsLeft: none of these signals waits in this group any more.
    """
    by.require("improvement.write")
    _sql.execute("lock_groups")
    known = _sql.one("problem_by_key", key=problem.key)
    if known is not None:
        return str(known.number)
    if not problem.title.strip():
        raise errors.NoTitle
    group, taken = _taken(problem.group_id, problem.signals)
    if group.state != "open":
        raise errors.NoSignalsLeft
    problem_id = uuid7()
    harm = Problem.Harm.DANGER if any(is_dangerous(row.words) for row in taken) else Problem.Harm.NONE
    planned = step_due(Problem.State.PLAN, harm=harm, since=at)
    _sql.one(
        "insert_problem",
        id=problem_id,
        key=problem.key,
        kind=group.kind,
        title=problem.title.strip()[:160],
        offering=group.offering_id,
        lot=group.lot,
        by=by.name,
        owner=by.id,
        at=at,
        harm=harm,
        due_at=planned and planned.at,
        due_steps=planned and planned.steps,
    )
    _sql.execute("take_group", group=group.id, problem=problem_id, by=by.name, at=at)
    _confirm(problem_id, [row.signal_id for row in taken], by=by, at=at)
    _let_go(group.id, by=by, at=at)
    number = str(_sql.rows("problem_by_key", key=problem.key)[0].number)
    emit(
        [events.ProblemOpened(subject=number, subject_id=problem_id, signals=len(taken))],
        by=by,
        at=at,
    )
    return number


@transaction
def join_problem(*, number: str, group_id: UUID, signals: Sequence[UUID], by: Actor, at: datetime) -> int:
    """Confirm that signals of a group belong to a known problem; returns how many were joined.

    Moves no money. A closed problem stays closed. What of an open group is not taken is set apart. Safe to repeat:
    a signal that belongs there already is passed over.

    Raises:
        NotAllowed: ``by`` lacks the right ``improvement.write``.
        NotFound: there is no such problem or group.
        OtherKind: a problem does not join a wish.
        NoSignalsLeft: none of these signals waits in this group any more.
    """
    by.require("improvement.write")
    _sql.execute("lock_groups")
    problem = lock_problem(number)
    if signals and len(_sql.rows("linked", problem=problem.id, signals=list(signals))) == len(signals):
        return 0
    group, taken = _taken(group_id, signals)
    if group.kind != problem.kind:
        raise errors.OtherKind(number=number)
    if group.problem_id not in (None, problem.id):
        raise errors.NoSignalsLeft
    _sql.execute("take_group", group=group.id, problem=problem.id, by=by.name, at=at)
    _confirm(problem.id, [row.signal_id for row in taken], by=by, at=at)
    _let_go(group.id, by=by, at=at)
    emit(
        [events.SignalsJoined(subject=number, subject_id=problem.id, signals=len(taken))],
        by=by,
        at=at,
    )
    return len(taken)


@transaction
def reject_group(*, group_id: UUID, by: Actor, at: datetime) -> int:
    """Say that a suggestion is none; returns how many signals it had. It is not suggested again.

    Signals that wait in the group of a problem go on as groups of their own. Moves no money. Safe to repeat.

    Raises:
        NotAllowed: ``by`` lacks the right ``improvement.write``.
        NotFound: there is no such group.
    """
    by.require("improvement.write")
    _sql.execute("lock_groups")
    group = _lock_group(group_id)
    left = [row.signal_id for row in _sql.rows("left_in_group", group=group_id)]
    if group.state == "rejected" or not left:
        return 0
    if group.state == "taken":
        _set_apart(left)
        _sql.execute("count_groups", ids=[group_id])
    else:
        _sql.execute("reject_group", group=group_id, by=by.name, at=at)
    emit([events.GroupRejected(subject="–", subject_id=group_id, signals=len(left))], by=by, at=at)
    return len(left)


@transaction
def part_signals(*, number: str, signals: Sequence[UUID], by: Actor, at: datetime) -> int:
    """Take signals out of a problem again; returns how many. They go on as groups of their own.

    Moves no money. Safe to repeat: what does not belong to the problem is passed over.

    Raises:
        NotAllowed: ``by`` lacks the right ``improvement.write``.
        NotFound: there is no such problem.
    """
    by.require("improvement.write")
    _sql.execute("lock_groups")
    problem = lock_problem(number)
    linked = [row.signal_id for row in _sql.rows("linked", problem=problem.id, signals=list(signals))]
    if not linked:
        return 0
    _set_apart(linked)
    rank([problem.id], at=at)
    emit([events.SignalsParted(subject=number, subject_id=problem.id, signals=len(linked))], by=by, at=at)
    return len(linked)


@in_transaction
def lock_problem(number: str) -> Any:
    """Lock a problem for this transaction.

    Raises:
        NotFound: there is no such problem.
    """
    found = _sql.one("lock_problem", number=number)
    if found is None:
        raise NotFound(number=number)
    return found


def _lock_group(group_id: UUID) -> Any:
    group = _sql.one("lock_group", id=group_id)
    if group is None:
        raise NotFound(number=str(group_id)[:8])
    return group


def _taken(group_id: UUID, signals: Sequence[UUID]) -> tuple[Any, list[Any]]:
    group = _lock_group(group_id)
    taken = _sql.rows("waiting_in_group", group=group_id, signals=list(signals))
    if not taken:
        raise errors.NoSignalsLeft
    return group, taken


def _confirm(problem_id: UUID, signals: Sequence[UUID], *, by: Actor, at: datetime) -> None:
    _sql.execute("confirm", problem=problem_id, signals=list(signals), by=by.name, at=at)
    _sql.execute("refound_article", ids=[problem_id])
    rank([problem_id], at=at)


def _let_go(group_id: UUID, *, by: Actor, at: datetime) -> None:
    """What was not taken is set apart."""
    left = [row.signal_id for row in _sql.rows("left_in_group", group=group_id)]
    if left:
        _set_apart(left)
    _sql.execute("count_groups", ids=[group_id])


def _set_apart(signals: Sequence[UUID]) -> None:
    moved = {row.signal_id: row for row in _sql.rows("set_apart", signals=list(signals))}
    rows = _sql.rows("signals_with_words", ids=list(moved))
    found = [features_of(row) for row in rows]
    weights = Weights.of(found)
    write_terms(
        {moved[row.id].group_id: middle([weights.vector(one)]) for row, one in zip(rows, found, strict=True)}
    )
    _sql.execute("count_groups", ids=list({row.old_id for row in moved.values()}))
