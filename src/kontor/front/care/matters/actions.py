"""Taking, passing on, sorting, closing and opening matters again. Each asks for the right ``cases.write``."""

from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from kontor.bridge.cases.events import CaseClosed, CaseReopened
from kontor.front.care.events import CaseHandled
from kontor.front.care.matters import errors
from kontor.front.care.matters.clock import AnswerClock
from kontor.kernel.actor.identity import Actor
from kontor.kernel.events.emitting import emit
from kontor.kernel.sql import Statements
from kontor.kernel.transactions import in_transaction, transaction

RIGHT = "cases.write"
CloseReason = Literal["solved", "answered", "declined", "duplicate", "no_reply", "spam"]
_sql = Statements(__package__)


@transaction
def claim(*, number: str, by: Actor, at: datetime) -> None:
    """Take a matter: exactly one clerk has it. Safe to repeat: claiming one's own changes nothing.

    Raises:
        NotAllowed: ``by`` lacks the right ``cases.write``.
        HeldByOther: a colleague has it.
        NoSuchMatter, IsClosed, IsMerged: there is nothing to take.
    """
    case = locked(number, by, holds=False)
    if case.claimed_by_id == by.id:
        return
    if case.claimed_by_id is not None:
        raise errors.HeldByOther(number=number, name=case.claimed_by_name)
    _sql.one("claim", id=case.id, staff=by.id, name=by.name[:120], at=at)
    _note(case, "claimed", by=by, at=at)


@transaction
def put_back(*, number: str, by: Actor, at: datetime) -> None:
    """Give a matter of one's own back to its queue. Safe to repeat.

    Raises:
        NotAllowed, NoSuchMatter, IsClosed, IsMerged, HeldByOther: as for ``claim``.
    """
    case = locked(number, by)
    if case.claimed_by_id is not None:
        _sql.execute("put_back", id=case.id)
        _note(case, "put_back", by=by, at=at)


@transaction
def hand_over(*, number: str, to: UUID, held_by: UUID | None, by: Actor, at: datetime) -> str:
    """Give a matter to a colleague, also one that a third has (who is ill, say); returns the colleague's name.

    ``held_by`` is who had it on the page that was shown. Safe to repeat.

    Raises:
        NotAllowed, NoSuchMatter, IsClosed, IsMerged: as for ``claim``.
        NoSuchClerk: this account may not answer customers.
        HeldByOther: somebody else has it by now than the page said.
    """
    case = locked(number, by, holds=False)
    name = next((clerk.name for clerk in _sql.rows("clerks") if clerk.id == to), None)
    if name is None:
        raise errors.NoSuchClerk
    if case.claimed_by_id == to:
        return str(name)
    if case.claimed_by_id != held_by:
        raise errors.HeldByOther(number=number, name=case.claimed_by_name or "–")
    _sql.execute("hand_over", id=case.id, staff=to, name=name[:120], at=at)
    _note(case, "handed_over", name, by=by, at=at)
    return str(name)


@transaction
def sort(*, number: str, kind: str, queue: str, by: Actor, at: datetime) -> bool:
    """Say what kind of matter it is and which department answers; returns whether anything was different.

    The due date stays: it counts from when the customer wrote. Safe to repeat.

    Raises:
        NotAllowed, NoSuchMatter, IsClosed, IsMerged, HeldByOther: as for ``claim``.
    """
    case = locked(number, by)
    if (case.kind, case.queue) == (kind, queue):
        return False
    _sql.execute("sort", id=case.id, kind=kind, queue=queue)
    if case.kind != kind:
        _note(case, "kind", kind, by=by, at=at)
    if case.queue != queue:
        _note(case, "queue", queue, by=by, at=at)
    return True


@transaction
def close(*, number: str, reason: CloseReason, seen: int, by: Actor, at: datetime) -> None:
    """Settle a matter, with a reason; the customer is told and asked how it was. Moves no money.

    ``seen`` is how many contacts of the customer the page showed: what came in meanwhile is read first. What is being
    written at this very instant opens it again. Safe to repeat: a closed matter stays closed, and nobody is told again.

    Raises:
        NotAllowed, NoSuchMatter, IsMerged, HeldByOther: as for ``claim``.
        WrittenMeanwhile: the customer has written since.
    """
    case = locked(number, by, may_be_closed=True)
    if case.state == "closed":
        return
    refuse_unread(case, seen)
    _sql.execute("close", id=case.id, reason=reason, at=at)
    emit([CaseClosed(subject=case.number, subject_id=case.id, reason=reason)], by=by, at=at)


@transaction
def reopen(*, number: str, by: Actor, at: datetime) -> None:
    """Open a closed or waiting matter again; it is due anew from now. Safe to repeat.

    Raises:
        NotAllowed, NoSuchMatter, IsMerged: as for ``claim``.
    """
    case = locked(number, by, holds=False, may_be_closed=True)
    if case.state == "open":
        return
    due = AnswerClock.of(at=at).due(case.kind, at)
    _sql.execute("reopen", id=case.id, due_at=due.at, steps=due.steps)
    if case.state == "closed":
        emit([CaseReopened(subject=case.number, subject_id=case.id)], by=by, at=at)


@transaction
def wait_for_customer(*, number: str, seen: int, by: Actor, at: datetime) -> None:
    """The next word is the customer's: nothing is due until they write. Safe to repeat.

    Raises:
        NotAllowed, NoSuchMatter, IsClosed, IsMerged, HeldByOther, WrittenMeanwhile: as for ``close``.
    """
    case = locked(number, by)
    if case.state == "waiting":
        return
    refuse_unread(case, seen)
    _sql.execute("wait", id=case.id)
    _note(case, "waiting", by=by, at=at)


@in_transaction
def locked(number: str, by: Actor, *, holds: bool = True, may_be_closed: bool = False) -> Any:
    """A case for the length of the action, or why it cannot be worked on; ``holds``: no colleague may have it."""
    by.require(RIGHT)
    case = _sql.one("lock", number=number)
    if case is None:
        raise errors.NoSuchMatter(number=number)
    if case.merged_into_id is not None:
        raise errors.IsMerged(number=number, target=case.target)
    if case.state == "closed" and not may_be_closed:
        raise errors.IsClosed(number=number)
    if holds and case.claimed_by_id not in (None, by.id):
        raise errors.HeldByOther(number=number, name=case.claimed_by_name)
    return case


def refuse_unread(case: Any, seen: int) -> None:
    """Refuse to go on where more has come in than a clerk has seen."""
    row = _sql.one("contacts_in", id=case.id)
    if row is not None and row.count > seen:
        raise errors.WrittenMeanwhile(number=case.number)


def _note(case: Any, what: str, detail: str = "", *, by: Actor, at: datetime) -> None:
    emit([CaseHandled(subject=case.number, subject_id=case.id, what=what, detail=detail)], by=by, at=at)
