"""Bringing a matter, and writing about it again. What staff do with matters is care's."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from kontor.bridge.cases import errors, events
from kontor.kernel.actor.identity import Actor
from kontor.kernel.events.emitting import emit
from kontor.kernel.ids import uuid7
from kontor.kernel.sql import Statements
from kontor.kernel.transactions import in_transaction, transaction

MOST_CHARACTERS = 20_000
_sql = Statements(__package__)


@dataclass(frozen=True, slots=True)
class SentFile:
    """A file that came along; ``media_type`` was found from its bytes (``files.sent_file``).

    ``stated_type`` is what its sender called it, where that is something else.
    """

    name: str
    media_type: str
    content: bytes
    stated_type: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Matter:
    """What somebody brings. ``id`` is the form's own key: sent twice, it is one case.

    ``party_id`` is the customer's, or the visitor's token's; ``channel`` and ``kind`` are those of ``Case``.
    """

    id: UUID
    kind: str
    channel: str
    subject: str
    text: str
    party_id: UUID | None
    name: str = ""
    email: str = ""
    phone: str = ""
    language: str = "de"
    stated_order: str = ""
    order_id: UUID | None = None
    order_line_id: UUID | None = None
    offering_id: UUID | None = None
    files: Sequence[SentFile] = field(default_factory=tuple)


@transaction
def open_case(*, matter: Matter, by: Actor, at: datetime) -> str:
    """Open a case with its first contact and return its number. Moves no money.

    Safe to repeat: the same ``matter.id`` stays one case. For customers and visitors (of whom it asks no right) it is
    a request: the worker finds the order that is meant, sets the due date and sends the receipt.

    Raises:
        NothingWritten, MessageTooLong: the message is no message.
        NotAllowed: staff without the right ``cases.write``.
    """
    if not by.is_public:
        by.require("cases.write")
    return bring(matter=matter, by=by, at=at)


@in_transaction
def bring(*, matter: Matter, by: Actor, at: datetime) -> str:
    """The part of ``open_case`` inside a larger action; the same promises, no right asked."""
    _check(matter.text)
    fields = {
        name: getattr(matter, name)
        for name in ("id", "kind", "channel", "party_id", "name", "email", "phone", "language")
    }
    fields |= {name: getattr(matter, name) for name in ("order_id", "order_line_id", "offering_id")}
    fields |= {"subject": matter.subject[:200], "stated_order": matter.stated_order[:120]}
    if _sql.one("insert_case", **fields) is not None:
        kind = {"mail": "mail", "call": "call", "letter": "letter", "visit": "visit"}.get(
            matter.channel, "form"
        )
        _add_contact(matter.id, matter=matter, kind=kind, interaction_id=uuid7())
        emit(
            [events.CaseOpened(subject=_number(matter.id), subject_id=matter.id, kind=matter.kind)],
            by=by,
            at=at,
        )
    return _number(matter.id)


@transaction
def write_again(
    *, number: str, interaction_id: UUID, text: str, files: Sequence[SentFile], by: Actor, at: datetime
) -> None:
    """A customer adds to a matter of their own; a settled one is opened again by the worker.

    Moves no money. Safe to repeat: the same ``interaction_id`` is one contact.

    Raises:
        NoSuchCase: the token's party has no case of this number.
        NothingWritten, MessageTooLong: the message is no message.
    """
    _check(text)
    case = _sql.one("case_of", number=number)
    if case is None:
        raise errors.NoSuchCase
    matter = Matter(
        id=case.id,
        kind="",
        channel="form",
        subject=case.subject,
        text=text,
        party_id=by.party_id,
        name=by.name,
        files=files,
    )
    if _add_contact(case.id, matter=matter, kind="form", interaction_id=interaction_id):
        written = events.CaseWrittenTo(
            subject=case.number, subject_id=case.id, interaction=str(interaction_id)
        )
        emit([written], by=by, at=at)


@transaction
def rate_case(*, number: str, rating: int, by: Actor, at: datetime) -> None:
    """Say how well a settled matter was settled: 1 (badly) to 5 (very well); the last word counts.

    Moves no money. Safe to repeat: the same rating is told once.

    Raises:
        NoSuchCase: the token's party has no case of this number.
        NotSettledYet: it is still being worked on.
        NoSuchRating: not one of one to five.
    """
    if not 1 <= rating <= 5:
        raise errors.NoSuchRating
    case = _sql.one("case_of", number=number)
    if case is None:
        raise errors.NoSuchCase
    if case.state != "closed":
        raise errors.NotSettledYet
    if _sql.execute("rate", id=case.id, rating=rating):
        emit([events.CaseRated(subject=case.number, subject_id=case.id, rating=rating)], by=by, at=at)


def _add_contact(case_id: UUID, *, matter: Matter, kind: str, interaction_id: UUID) -> bool:
    added = _sql.one(
        "insert_contact",
        id=interaction_id,
        kind=kind,
        party_id=matter.party_id,
        name=matter.name,
        email=matter.email,
        subject=matter.subject[:250],
        text=matter.text,
    )
    if added is None:
        return False
    _sql.execute("join_contact", case_id=case_id, interaction_id=interaction_id, party_id=matter.party_id)
    if matter.files:
        _sql.execute(
            "insert_files",
            interaction_id=interaction_id,
            party_id=matter.party_id,
            ids=[uuid7() for _ in matter.files],
            names=[file.name[:200] for file in matter.files],
            types=[file.media_type for file in matter.files],
            stated=[file.stated_type for file in matter.files],
            contents=[file.content for file in matter.files],
        )
    return True


def _number(case_id: UUID) -> str:
    row = _sql.one("number_of", id=case_id)
    if row is None:  # the key of somebody else's form
        raise errors.NoSuchCase
    return str(row.number)


def _check(text: str) -> None:
    if not text.strip():
        raise errors.NothingWritten
    if len(text) > MOST_CHARACTERS:
        raise errors.MessageTooLong
