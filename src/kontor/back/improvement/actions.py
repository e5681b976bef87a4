"""Plan, do, check, act: what people do about a problem until it is answered (``answering`` closes it)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from kontor.back.improvement import errors, events
from kontor.back.improvement.confirming import lock_problem
from kontor.back.improvement.due import StepDue, step_due
from kontor.back.improvement.matching import DEPARTMENT
from kontor.back.improvement.models import Problem
from kontor.back.improvement.ranking import rank
from kontor.kernel.actor.identity import Actor
from kontor.kernel.clocks.calendars import start_of
from kontor.kernel.events.emitting import emit
from kontor.kernel.house import house_zone
from kontor.kernel.sql import Statements
from kontor.kernel.tasks.actions import NewTask, open_tasks, settle_tasks
from kontor.kernel.transactions import transaction

MOST_WHYS = 5
_State = Problem.State
_sql = Statements(__package__, "steps.sql")


@dataclass(frozen=True, slots=True, kw_only=True)
class Cause:
    """Why it happens: five whys at most, the last of them the cause, and what kind of cause it is."""

    whys: Sequence[str]
    cause: str
    kind: str


@transaction
def choose_owner(*, number: str, account_id: UUID, by: Actor, at: datetime) -> None:
    """Say who looks after a problem: oneself, or a colleague who may. Moves no money. Safe to repeat.

    Raises:
        NotAllowed: ``by`` lacks the right ``improvement.write``.
        NotFound: there is no such problem.
        NotAnOwner: the account may not work on problems.
    """
    by.require("improvement.write")
    problem = lock_problem(number)
    if problem.owner_id == account_id:
        return
    owner = _sql.one("possible_owner", account=account_id)
    if owner is None:
        raise errors.NotAnOwner
    _sql.execute("set_owner", id=problem.id, owner=account_id)
    emit([events.OwnerChanged(subject=number, subject_id=problem.id, owner=owner.name)], by=by, at=at)


@transaction
def judge_harm(*, number: str, harm: int, by: Actor, at: datetime) -> None:
    """Say how much harm a problem does (0 none to 3 danger to people); its rank and due date follow.

    Moves no money. Safe to repeat.

    Raises:
        NotAllowed: ``by`` lacks the right ``improvement.write``.
        NotFound: there is no such problem.
        ProblemIsClosed: it is answered.
    """
    by.require("improvement.write")
    problem = _open_problem(number)
    _sql.execute("set_harm", id=problem.id, harm=harm, by=by.name)
    if harm != problem.harm:
        began = _sql.rows("step_began", id=problem.id)[0].at
        _due_again(problem.id, step_due(problem.state, harm=harm, since=began))
        rank([problem.id], at=at)
        emit([events.HarmJudged(subject=number, subject_id=problem.id, harm=harm)], by=by, at=at)


@transaction
def find_cause(*, number: str, cause: Cause, by: Actor, at: datetime) -> None:
    """Plan is done: write down the cause; the action comes next. Later it may be written better.

    Moves no money. Safe to repeat.

    Raises:
        NotAllowed: ``by`` lacks the right ``improvement.write``.
        NotFound: there is no such problem.
        ProblemIsClosed: it is answered.
        NoOwner: nobody looks after it.
        NoCause: the cause or its kind is missing.
    """
    by.require("improvement.write")
    problem = _open_problem(number)
    if problem.owner_id is None:
        raise errors.NoOwner(number=number)
    if not cause.cause.strip() or cause.kind not in Problem.Cause.values:
        raise errors.NoCause
    whys = [why.strip()[:300] for why in cause.whys if why.strip()][:MOST_WHYS]
    _sql.execute("set_cause", id=problem.id, whys=whys, cause=cause.cause.strip(), kind=cause.kind, at=at)
    if problem.state == _State.PLAN:
        _due_again(problem.id, None)
    emit([events.CauseFound(subject=number, subject_id=problem.id, kind=cause.kind)], by=by, at=at)


@transaction
def decide_action(*, number: str, action: str, due_on: date, by: Actor, at: datetime) -> None:
    """Decide what is changed, and until when (the last day on which it is in time): a task for the owner.

    Moves no money. Safe to repeat; deciding anew opens no second task while the first is open.

    Raises:
        NotAllowed: ``by`` lacks the right ``improvement.write``.
        NotFound: there is no such problem.
        ProblemIsClosed: it is answered.
        NotThatFar: the cause is not known, or the action is done.
        NoAction: it is missing.
        NoOwner: nobody looks after it.
    """
    by.require("improvement.write")
    problem = _open_problem(number)
    if problem.state != _State.DO:
        raise errors.NotThatFar(number=number)
    if not action.strip():
        raise errors.NoAction
    if problem.owner_id is None:
        raise errors.NoOwner(number=number)
    ends = start_of(date.fromordinal(due_on.toordinal() + 1), house_zone())
    _sql.execute("set_action", id=problem.id, action=action.strip(), due_on=due_on, due_at=ends)
    open_tasks(
        [
            NewTask(
                key=action_key(problem),
                kind="improvement.action",
                department=DEPARTMENT,
                subject=number,
                subject_id=problem.id,
                claimed_by_id=problem.owner_id,
                claimed_at=at,
            )
        ]
    )
    emit(
        [events.ActionDecided(subject=number, subject_id=problem.id, due_on=due_on.isoformat())],
        by=by,
        at=at,
    )


@transaction
def finish_action(*, number: str, by: Actor, at: datetime) -> None:
    """Do is done: the change is made; from here on signals count as after it. Moves no money. Safe to repeat.

    Raises:
        NotAllowed: ``by`` lacks the right ``improvement.write``.
        NotFound: there is no such problem.
        ProblemIsClosed: it is answered.
        NotThatFar: no action is decided.
    """
    by.require("improvement.write")
    problem = _open_problem(number)
    if problem.state in (_State.CHECK, _State.ACT):
        return
    if problem.state != _State.DO or problem.action_due_on is None:
        raise errors.NotThatFar(number=number)
    _sql.execute("finish_action", id=problem.id, at=at)
    _due_again(problem.id, step_due(_State.CHECK, harm=problem.harm, since=at))
    settle_tasks([action_key(problem)], by=by, at=at)
    emit([events.ActionDone(subject=number, subject_id=problem.id)], by=by, at=at)


@transaction
def check_effect(*, number: str, effect: str, note: str, by: Actor, at: datetime) -> None:
    """Check is done: say whether it works. It does (or in part): the answer comes next; it does not: back to the cause.

    Moves no money. Safe to repeat.

    Raises:
        NotAllowed: ``by`` lacks the right ``improvement.write``.
        NotFound: there is no such problem.
        ProblemIsClosed: it is answered.
        NotThatFar: the action is not done.
    """
    by.require("improvement.write")
    problem = _open_problem(number)
    if problem.state not in (_State.CHECK, _State.ACT) or effect not in Problem.Effect.values:
        raise errors.NotThatFar(number=number)
    state = _State.PLAN if effect == Problem.Effect.FAILED else _State.ACT
    _sql.execute("set_effect", id=problem.id, state=state, effect=effect, note=note.strip(), at=at)
    _due_again(problem.id, step_due(state, harm=problem.harm, since=at))
    emit([events.EffectChecked(subject=number, subject_id=problem.id, effect=effect)], by=by, at=at)


def action_key(problem: Any) -> str:
    """The key of the task that an action is: one a round."""
    return f"improvement.action:{problem.id}:{problem.rounds}"


def _open_problem(number: str) -> Any:
    problem = lock_problem(number)
    if problem.state == _State.CLOSED:
        raise errors.ProblemIsClosed(number=number)
    return problem


def _due_again(problem_id: UUID, found: StepDue | None) -> None:
    _sql.execute("set_due", id=problem_id, due_at=found and found.at, steps=found and found.steps)
