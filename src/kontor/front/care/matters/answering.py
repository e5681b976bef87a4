"""Answering customers, noting among staff, keeping drafts."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from kontor.bridge.cases.actions import MOST_CHARACTERS, SentFile
from kontor.bridge.cases.errors import MessageTooLong
from kontor.bridge.cases.events import CaseClosed, CaseReopened
from kontor.bridge.cases.files import refuse_too_many
from kontor.front.care.events import CaseAnswered, CaseHandled
from kontor.front.care.matters import errors
from kontor.front.care.matters.actions import RIGHT, CloseReason, locked, refuse_unread
from kontor.kernel.actor.identity import Actor
from kontor.kernel.events.emitting import emit
from kontor.kernel.ids import uuid7
from kontor.kernel.sql import Statements
from kontor.kernel.transactions import in_transaction, transaction

Afterwards = Literal["waiting", "open", "closed"]
_sql = Statements(__package__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a clerk wants to say. ``id`` is the form's own key: sent twice, it is one mail.

    ``papers`` are documents of the customer; ``seen`` is how many contacts of theirs the page showed, ``kept`` which
    files of the clerk's draft.
    """

    id: UUID
    text: str
    sent_to: str
    seen: int
    afterwards: Afterwards = "waiting"
    reason: CloseReason = "answered"
    files: Sequence[SentFile] = field(default_factory=tuple)
    papers: Sequence[UUID] = field(default_factory=tuple)
    kept: Sequence[UUID] = field(default_factory=tuple)


@transaction
def reply(*, number: str, answer: Answer, by: Actor, at: datetime) -> bool:
    """Answer a customer by mail; the worker sends it. Returns whether this was the first time.

    An unclaimed matter becomes the clerk's own. Moves no money. Safe to repeat: the same ``answer.id`` is one mail.

    Raises:
        NotAllowed: ``by`` lacks the right ``cases.write``.
        NothingWritten, MessageTooLong: the text is no answer.
        TooManyFiles, FilesTooLarge: with those of the draft it is more than one mail carries.
        NoAddress, UnknownAddress: nobody can be written to, or not to this address.
        HeldByOther, IsMerged, NoSuchMatter: it is not the clerk's to answer.
        WrittenMeanwhile: the customer has written since; it is to be read first.
    """
    case = locked(number, by, may_be_closed=True)
    _check(answer.text)
    known = {row.email.lower() for row in _sql.rows("addresses", id=case.id)}
    if not known:
        raise errors.NoAddress(number=number)
    if answer.sent_to.lower() not in known:
        raise errors.UnknownAddress(number=number)
    contact = _contact(answer.id, "out", "mail", text=answer.text, by=by, at=at)
    contact |= {"party_id": case.party_id, "sent_to": answer.sent_to}
    if answer.kept:
        refuse_too_many(answer.files, _sql.one("draft_size", case_id=case.id, staff=by.id))
    if not _add(case, contact, answer.files):
        return False
    refuse_unread(case, answer.seen)
    if answer.papers:
        _sql.execute(
            "insert_papers", interaction_id=answer.id, party_id=case.party_id, papers=list(answer.papers)
        )
    _sql.execute(
        "after_answer",
        id=case.id,
        state=answer.afterwards,
        reason=answer.reason,
        staff=by.id,
        name=by.name[:120],
        at=at,
    )
    if answer.files:
        contents = [file.content for file in answer.files]
        _sql.execute("drop_same_files", case_id=case.id, staff=by.id, contents=contents)
    _sql.execute(
        "send_kept_files",
        case_id=case.id,
        staff=by.id,
        kept=list(answer.kept),
        interaction_id=answer.id,
        party_id=case.party_id,
    )
    _sql.execute("drop_draft", case_id=case.id, staff=by.id)
    happened: list[Any] = [CaseAnswered(subject=case.number, subject_id=case.id, interaction=str(answer.id))]
    if case.state == "closed" and answer.afterwards != "closed":
        happened.append(CaseReopened(subject=case.number, subject_id=case.id))
    if answer.afterwards == "closed":
        happened.append(CaseClosed(subject=case.number, subject_id=case.id, reason=answer.reason))
    emit(happened, by=by, at=at)
    return True


@transaction
def note(
    *, number: str, key: UUID, text: str, files: Sequence[SentFile] = (), by: Actor, at: datetime
) -> bool:
    """Write something among staff; no customer ever sees it, nor its files. Safe to repeat: one ``key`` is one note.

    Raises:
        NotAllowed, NothingWritten, MessageTooLong, NoSuchMatter, IsMerged: as for ``reply``.
    """
    case = locked(number, by, holds=False, may_be_closed=True)
    _check(text)
    contact = _contact(key, "internal", "note", text=text, by=by, at=at)
    if not _add(case, contact | {"party_id": None}, files):
        return False
    emit([CaseHandled(subject=case.number, subject_id=case.id, what="noted", detail="")], by=by, at=at)
    _sql.execute("touch", id=case.id, at=at)
    return True


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """A call, letter or visit about a matter that is there already; ``direction``: who sought it."""

    id: UUID
    kind: Literal["call", "letter", "visit"]
    direction: Literal["in", "out"]
    text: str
    files: Sequence[SentFile] = field(default_factory=tuple)


@transaction
def log_contact(*, number: str, contact: Contact, by: Actor, at: datetime) -> bool:
    """Note a call, a letter or a visit; the customer sees it in the thread. Safe to repeat: one id is one contact.

    Raises:
        NotAllowed, NothingWritten, MessageTooLong, NoSuchMatter, IsMerged: as for ``reply``.
    """
    case = locked(number, by, holds=False, may_be_closed=True)
    _check(contact.text)
    facts = _contact(contact.id, contact.direction, contact.kind, text=contact.text, by=by, at=at)
    if not _add(case, facts | {"party_id": case.party_id}, contact.files):
        return False
    _sql.execute("touch", id=case.id, at=at)
    emit([CaseHandled(subject=case.number, subject_id=case.id, what=contact.kind, detail="")], by=by, at=at)
    return True


@transaction
def keep_draft(*, number: str, text: str, by: Actor, at: datetime) -> None:
    """Keep what a clerk has begun to write; an empty text lets it go, its files stay. Safe to repeat.

    Raises:
        NotAllowed, NoSuchMatter, MessageTooLong: it cannot be kept.
    """
    by.require(RIGHT)
    if len(text) > MOST_CHARACTERS:
        raise MessageTooLong
    case = _drafted(number, by)
    if text.strip():
        _sql.execute("save_draft", case_id=case.id, staff=by.id, text=text)
    else:
        _sql.execute("drop_draft", case_id=case.id, staff=by.id)


@transaction
def keep_files(*, number: str, files: Sequence[SentFile], by: Actor, at: datetime) -> None:
    """Keep the files of an answer that is being written; the same file is kept once. Safe to repeat.

    Raises:
        NotAllowed, NoSuchMatter: as for ``keep_draft``.
        TooManyFiles, FilesTooLarge: it is more than one mail carries.
    """
    case = _drafted(number, by)
    if not files:
        return
    refuse_too_many(files, _sql.one("draft_size", case_id=case.id, staff=by.id))
    _sql.execute(
        "keep_files",
        case_id=case.id,
        staff=by.id,
        ids=[uuid7() for _ in files],
        names=[file.name[:200] for file in files],
        types=[file.media_type for file in files],
        contents=[file.content for file in files],
    )


@transaction
def drop_file(*, number: str, file_id: UUID, by: Actor, at: datetime) -> None:
    """Take a file out of one's own draft. Safe to repeat.

    Raises:
        NotAllowed, NoSuchMatter: as for ``keep_draft``.
    """
    _sql.execute("drop_file", id=file_id, case_id=_drafted(number, by).id, staff=by.id)


@transaction
def drop_draft(*, number: str, by: Actor, at: datetime) -> None:
    """Let one's own draft go with its files. Safe to repeat.

    Raises:
        NotAllowed, NoSuchMatter: as for ``keep_draft``.
    """
    case = _drafted(number, by)
    _sql.execute("drop_draft", case_id=case.id, staff=by.id)
    _sql.execute("drop_files", case_id=case.id, staff=by.id)


def _drafted(number: str, by: Actor) -> Any:
    by.require(RIGHT)
    case = _sql.one("case_id", number=number)
    if case is None:
        raise errors.NoSuchMatter(number=number)
    return case


def _check(text: str) -> None:
    if not text.strip():
        raise errors.NothingWritten
    if len(text) > MOST_CHARACTERS:
        raise MessageTooLong


def _contact(key: UUID, direction: str, kind: str, *, text: str, by: Actor, at: datetime) -> dict[str, Any]:
    return {
        "id": key,
        "direction": direction,
        "kind": kind,
        "text": text,
        "sent_to": "",
        "name": by.name[:120],
        "staff": by.id,
        "subject": "",
        "at": at,
    }


@in_transaction
def _add(case: Any, contact: dict[str, Any], files: Sequence[SentFile]) -> bool:
    if _sql.one("insert_contact", **contact) is None:
        return False
    ids = {"interaction_id": contact["id"], "party_id": contact["party_id"]}
    _sql.execute("join_contact", case_id=case.id, **ids)
    if files:
        _sql.execute(
            "insert_files",
            ids=[uuid7() for _ in files],
            names=[file.name[:200] for file in files],
            types=[file.media_type for file in files],
            contents=[file.content for file in files],
            **ids,
        )
    return True
