"""What a customer was told about a problem or a wish, and what they say to it."""

from datetime import datetime
from typing import Any
from uuid import UUID

from kontor.bridge.voice.events import StillBroken
from kontor.front.account import errors
from kontor.kernel.actor.identity import Actor
from kontor.kernel.events.emitting import emit
from kontor.kernel.ids import uuid7
from kontor.kernel.sql import Statements
from kontor.kernel.transactions import transaction

MOST_CHARACTERS = 4000
_sql = Statements(__package__, "answers.sql")


def notice_of(notice_id: UUID) -> Any | None:
    """What the token's party was told; None for anybody else's. One statement."""
    return _sql.one("notice", id=notice_id)


@transaction
def say_still_broken(*, notice_id: UUID, words: str, by: Actor, at: datetime) -> None:
    """Say that what was told to be done is not: the worker opens the problem and the matter again.

    Moves no money. Safe to repeat: one notice is answered once.

    Raises:
        NoSuchAnswer: the token's party was told nothing of the kind, or that it was declined.
    """
    notice = notice_of(notice_id)
    if notice is None or notice.verdict != "done":
        raise errors.NoSuchAnswer
    reply_id = uuid7()
    added = _sql.one(
        "insert_reply",
        id=reply_id,
        notice=notice_id,
        party_id=by.party_id,
        words=words.strip()[:MOST_CHARACTERS],
    )
    if added is not None:
        emit([StillBroken(subject="–", subject_id=reply_id)], by=by, at=at)
