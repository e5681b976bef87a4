"""The answer that closes a problem, and what opens it again."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from kontor.back.improvement import errors, events
from kontor.back.improvement.actions import action_key
from kontor.back.improvement.confirming import lock_problem
from kontor.back.improvement.due import step_due
from kontor.back.improvement.matching import DEPARTMENT
from kontor.back.improvement.models import Problem
from kontor.back.improvement.ranking import rank
from kontor.bridge.voice.actions import hear
from kontor.bridge.voice.events import AnswerGiven
from kontor.bridge.voice.hearing import NewSignal
from kontor.kernel.actor.identity import Actor
from kontor.kernel.events.emitting import emit
from kontor.kernel.ids import uuid7
from kontor.kernel.sql import Statements
from kontor.kernel.tasks.actions import NewTask, open_tasks, settle_tasks
from kontor.kernel.transactions import transaction

_State = Problem.State
_sql = Statements(__package__, "steps.sql")


@dataclass(frozen=True, slots=True, kw_only=True)
class NewAnswer:
    """What is told, in plain words of both languages. ``verdict``: done, or declined (then the words say why)."""

    verdict: str
    text_de: str
    text_en: str


@transaction
def answer_problem(*, number: str, answer: NewAnswer, by: Actor, at: datetime) -> UUID:
    """Close a problem with an answer; care tells everyone behind its signals, each once. Returns the answer's id.

    Moves no money. "Done" needs a checked effect; "declined" may be said at any step. Safe to repeat: a closed problem
    keeps its answer.

    Raises:
        NotAllowed: ``by`` lacks the right ``improvement.write``.
        NotFound: there is no such problem.
        NoAnswer: the words are missing in a language.
        NotThatFar: "done" before the effect is checked.
    """
    by.require("improvement.write")
    problem = lock_problem(number)
    if problem.state == _State.CLOSED:
        return UUID(str(problem.answer_id))
    if not answer.text_de.strip() or not answer.text_en.strip():
        raise errors.NoAnswer
    if answer.verdict != "declined" and problem.state != _State.ACT:
        raise errors.NotThatFar(number=number)
    answer_id = uuid7()
    _sql.execute(
        "insert_answer",
        id=answer_id,
        problem=problem.id,
        number=number,
        verdict=answer.verdict,
        text_de=answer.text_de.strip(),
        text_en=answer.text_en.strip(),
        at=at,
        by=by.name,
    )
    _sql.execute("insert_tellings", answer=answer_id, problem=problem.id)
    _sql.execute("close", id=problem.id, verdict=answer.verdict, answer=answer_id, at=at)
    settle_tasks(
        [action_key(problem), f"improvement.reopened:{problem.id}:{problem.rounds}"],
        by=by,
        at=at,
    )
    emit(
        [
            events.ProblemClosed(subject=number, subject_id=problem.id, verdict=answer.verdict),
            AnswerGiven(subject=number, subject_id=answer_id, verdict=answer.verdict),
        ],
        by=by,
        at=at,
    )
    return answer_id


@transaction
def reopen_problem(*, number: str, by: Actor, at: datetime) -> None:
    """Open a closed problem again, because it came again. Moves no money. Safe to repeat: an open one stays as it is.

    Raises:
        NotAllowed: ``by`` lacks the right ``improvement.write``.
        NotFound: there is no such problem.
    """
    by.require("improvement.write")
    problem = lock_problem(number)
    _reopen([problem.id], reason="recurred", by=by, at=at)


@transaction
def hear_still_broken(*, replies: Sequence[UUID], by: Actor, at: datetime) -> int:
    """Somebody says that what was answered is still broken: a signal each, and the problem is open again.

    Returns how many new signals. Moves no money. Safe to repeat: a reply is one signal; the problem is opened, and its
    owner gets a task, once a round.
    """
    rows = _sql.rows("replies", ids=list(replies))
    if not rows:
        return 0
    _sql.rows("lock_problems", ids=sorted({row.problem_id for row in rows}))
    signals = [
        NewSignal(
            key=f"still:{row.id}",
            kind=row.kind,
            source="still",
            text=row.words,
            language=row.language,
            offering_id=row.offering_id,
            order_line_id=row.order_line_id,
            case_id=row.case_id,
            party_id=row.origin_party,
            email=row.email,
            name=row.name,
            at=row.at,
        )
        for row in rows
    ]
    hear(signals, by=by, at=at)
    linked = _sql.rows(
        "link_heard",
        keys=[signal.key for signal in signals],
        groups=[row.group_id for row in rows],
        problems=[row.problem_id for row in rows],
        at=at,
    )
    if not linked:
        return 0
    _sql.execute("note_replies", ids=list(replies))
    problems = sorted({row.problem_id for row in linked})
    _reopen(problems, reason="still", by=by, at=at)
    rank(problems, at=at)
    return len(linked)


def _reopen(ids: Sequence[UUID], *, reason: str, by: Actor, at: datetime) -> None:
    for row in (found for problem_id in ids for found in _sql.rows("reopen", id=problem_id, at=at)):
        planned = step_due(_State.PLAN, harm=row.harm, since=at)
        _sql.execute("set_due", id=row.id, due_at=planned and planned.at, steps=planned and planned.steps)
        open_tasks(
            [
                NewTask(
                    key=f"improvement.reopened:{row.id}:{row.rounds}",
                    kind="improvement.reopened",
                    department=DEPARTMENT,
                    subject=row.number,
                    subject_id=row.id,
                    claimed_by_id=row.owner_id,
                    claimed_at=at if row.owner_id else None,
                )
            ]
        )
        settle_tasks([f"improvement.recurred:{row.id}:{row.rounds - 1}"], by=by, at=at)
        emit([events.ProblemReopened(subject=row.number, subject_id=row.id, reason=reason)], by=by, at=at)
