"""Merging matters by a pointer, and parting them again: nothing is copied, so nothing is lost."""

from datetime import datetime
from typing import Any

from kontor.front.care.events import CaseHandled
from kontor.front.care.matters import errors
from kontor.front.care.matters.actions import RIGHT
from kontor.kernel.actor.identity import Actor
from kontor.kernel.events.emitting import emit
from kontor.kernel.sql import Statements
from kontor.kernel.transactions import transaction

_sql = Statements(__package__)


@transaction
def merge(*, number: str, into: str, by: Actor, at: datetime) -> str:
    """Let a matter count as part of another; returns the number of that one (its own target, where it has one).

    Its contacts are shown there from now on, its own state and due date sleep. Safe to repeat.

    Raises:
        NotAllowed: ``by`` lacks the right ``cases.write``.
        NoSuchMatter: one of the two is not there.
        IsMerged: it belongs to another matter already.
        MergedIntoItself: the two are one already.
        OfOtherCustomers: two different customers would read each other's letters.
    """
    by.require(RIGHT)
    _sql.one("lock_merging")
    case, named = _two(number, into)
    root = _sql.one("root_of", id=named.id)
    if root is None or root.id == case.id:
        raise errors.MergedIntoItself(number=number, target=into)
    if case.merged_into_id is not None:
        mine = _sql.one("root_of", id=case.id)
        if mine is not None and mine.id == root.id:
            return str(root.number)
        raise errors.IsMerged(number=number, target=mine.number if mine else into)
    target = named if named.id == root.id else _two(number, root.number)[1]
    _refuse_strangers(case, target)
    _sql.execute("point_to", id=case.id, target=target.id)
    _sql.execute("tell_of_target", id=target.id)
    emit(
        [
            CaseHandled(subject=case.number, subject_id=case.id, what="merged", detail=target.number),
            CaseHandled(subject=target.number, subject_id=target.id, what="joined", detail=case.number),
        ],
        by=by,
        at=at,
    )
    return str(target.number)


@transaction
def part(*, number: str, by: Actor, at: datetime) -> None:
    """Make a merged matter one of its own again, as it was. Safe to repeat.

    Raises:
        NotAllowed, NoSuchMatter: as for ``merge``.
        NotMerged: it is one already.
    """
    by.require(RIGHT)
    _sql.one("lock_merging")
    found = _sql.rows("lock_two", numbers=[number])
    if not found:
        raise errors.NoSuchMatter(number=number)
    case = found[0]
    if case.merged_into_id is None:
        raise errors.NotMerged(number=number)
    _sql.execute("part", id=case.id)
    _sql.execute("tell_of_target", id=case.merged_into_id)
    emit([CaseHandled(subject=case.number, subject_id=case.id, what="parted", detail="")], by=by, at=at)


def _two(number: str, into: str) -> tuple[Any, Any]:
    if number == into:
        raise errors.MergedIntoItself(number=number, target=into)
    found = {row.number: row for row in _sql.rows("lock_two", numbers=[number, into])}
    for wanted in (number, into):
        if wanted not in found:
            raise errors.NoSuchMatter(number=wanted)
    return found[number], found[into]


def _refuse_strangers(case: Any, target: Any) -> None:
    """Known customers must be one; who is no customer yet is told apart by the e-mail."""
    if case.is_known and target.is_known:
        is_same = case.party_id == target.party_id
    else:
        emails = {email for email in (case.email, case.known_email) if email}
        others = {email for email in (target.email, target.known_email) if email}
        is_same = not (emails and others) or bool(emails & others)
    if not is_same:
        raise errors.OfOtherCustomers(number=case.number, target=target.number)
