"""Taking a mail in: into the matter it belongs to, as a new matter, or kept aside with the reason. Nothing is lost."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any, Literal
from uuid import UUID

import structlog
from django.db import DataError

from kontor.bridge.cases import events
from kontor.bridge.cases.actions import MOST_CHARACTERS, Matter, SentFile, bring
from kontor.front.care.mail_in.parsing import ParsedMail, read_mail
from kontor.front.care.mail_in.sorting import kind_of, language_of, own_ids, sort_of
from kontor.front.care.mail_in.splitting import Split, split
from kontor.front.care.matters.actions import RIGHT
from kontor.front.care.matters.receiving import order_numbers_in
from kontor.front.care.matters.tokens import case_number_in
from kontor.kernel.actor.identity import Actor, ActorKind
from kontor.kernel.errors import NotFound
from kontor.kernel.events.emitting import emit
from kontor.kernel.ids import uuid7
from kontor.kernel.sql import Statements
from kontor.kernel.transactions import in_transaction, transaction, undoable

MOST_BYTES = 25 * 1024 * 1024
KEPT_BYTES_OF_A_LARGE_ONE = 65_536
MOST_AN_HOUR = 20
UNREADABLE = (ValueError, LookupError, TypeError, AttributeError, RecursionError)
UNTAKEABLE = (*UNREADABLE, DataError)
_log = structlog.get_logger(__name__)
_sql = Statements(__package__)

type Fate = Literal["opened", "joined", "kept", "duplicate"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a mail; ``number`` is that of its case, ``reason`` says why it was kept aside."""

    fate: Fate
    number: str = ""
    reason: str = ""


@transaction
def take_mail(*, raw: bytes, source: str, by: Actor, at: datetime) -> Outcome:
    """Take in a mail as it came over the wire. Moves no money; tells nobody by itself (the receipt follows the case).

    Safe to repeat: the same bytes, or the same words under the same Message-ID, are taken once. Never raises for what
    stands in a mail: what cannot be read is kept as it is.
    """
    mail, mail_id = _kept(raw, source, "broken")
    if mail_id is None:
        return Outcome("duplicate")
    if mail is None:
        return Outcome("kept", reason="broken")
    try:
        with undoable():
            outcome = _place(mail, by=by, at=at)
            _settle(mail_id, outcome)
    except UNTAKEABLE:
        _log.warning("mail cannot be placed", mail=str(mail_id), exc_info=True)
        return Outcome("kept", reason="broken")
    return outcome


@transaction
def keep_large(*, head: bytes, digest: bytes, size: int, source: str, by: Actor, at: datetime) -> bool:
    """Note a mail that is too large to take in; its beginning is kept here, the whole where it lies. Safe to repeat."""
    return _kept(head, source, "too_large", digest=digest, size=size)[1] is not None


@transaction
def take_kept(*, mail_id: UUID, by: Actor, at: datetime) -> str:
    """Make a matter of a mail that was kept aside; returns its number. Safe to repeat.

    Raises:
        NotAllowed: ``by`` lacks the right ``cases.write``.
        NotFound: there is no such mail, or it is too broken to be read.
    """
    by.require(RIGHT)
    kept = _sql.one("lock_kept", id=mail_id)
    if kept is None:
        raise NotFound(number=str(mail_id)[:8])
    if kept.state == "taken":
        return str(kept.case_number)
    try:
        with undoable():
            mail = read_mail(bytes(kept.raw))
            number = _open(mail, split(mail.text), known=None, by=by, at=at)
    except UNTAKEABLE as error:
        raise NotFound(number=str(mail_id)[:8]) from error
    _sql.execute("taken", id=mail_id, number=number, state="taken")
    return number


@transaction
def dismiss(*, mail_id: UUID, by: Actor, at: datetime) -> None:
    """Say that a mail kept aside was looked through; it stays kept, and leaves the list. Safe to repeat.

    Raises:
        NotAllowed: ``by`` lacks the right ``cases.write``.
    """
    by.require(RIGHT)
    _sql.execute("dismiss", id=mail_id)


def _kept(
    raw: bytes, source: str, reason: str, *, digest: bytes | None = None, size: int | None = None
) -> tuple[ParsedMail | None, UUID | None]:
    """Keep a mail as it came, with what can be read of it; no id where it is known, no mail where it is broken."""
    try:
        mail = read_mail(raw)
        with undoable():
            return mail, _keep(raw, source, mail, reason, digest=digest, size=size)
    except UNTAKEABLE:
        return None, _keep(raw, source, None, reason, digest=digest, size=size)


@in_transaction
def _keep(
    raw: bytes,
    source: str,
    mail: ParsedMail | None,
    reason: str,
    *,
    digest: bytes | None = None,
    size: int | None = None,
) -> UUID | None:
    row = _sql.one(
        "keep_mail",
        id=uuid7(),
        sha256=digest or sha256(raw).digest(),
        message_id=mail.message_id[:250] if mail else "",
        answered=list(mail.references) if mail else [],
        sender=mail.sender if mail else "",
        subject=mail.subject if mail else "",
        source=source,
        size=len(raw) if size is None else size,
        raw=raw,
        reason=reason,
    )
    return row.id if row else None


def _settle(mail_id: UUID, outcome: Outcome) -> None:
    if outcome.fate == "kept":
        _sql.execute("keep_reason", id=mail_id, reason=outcome.reason)
    else:
        _sql.execute("taken", id=mail_id, number=outcome.number, state="taken")


def _place(mail: ParsedMail, *, by: Actor, at: datetime) -> Outcome:
    """Where a mail belongs."""
    sort = sort_of(mail)
    if sort in ("own", "no_sender"):
        return Outcome("kept", reason=sort)
    twin = _sql.one("with_message_id", message_id=mail.message_id) if mail.message_id else None
    parted = split(mail.text)
    if twin is not None and _says_the_same(twin, mail, parted):
        return Outcome("duplicate", number=twin.number)
    case = _case_of(mail)
    if sort != "person":
        if case is None:
            return Outcome("kept", reason=sort)
        _join(case, mail, parted, is_automatic=True)
        return Outcome("joined", number=case.number)
    lately = _sql.one("lately_from", sender=mail.sender)
    if lately is not None and lately.count > MOST_AN_HOUR:
        return Outcome("kept", reason="too_many")
    if case is None:
        return Outcome("opened", number=_open(mail, parted, known=twin, by=by, at=at))
    interaction = _join(case, mail, parted, is_automatic=False, known=twin)
    emit(
        [events.CaseWrittenTo(subject=case.number, subject_id=case.id, interaction=str(interaction))],
        by=by,
        at=at,
    )
    return Outcome("joined", number=case.number)


def _case_of(mail: ParsedMail) -> Any | None:
    """The case a mail proves to belong to: by a mark only we can make, or by answering a mail only its reader knows."""
    number = case_number_in(f"{mail.addressed} {mail.subject}")
    if number is not None and (found := _sql.one("case_numbered", number=number)) is not None:
        return found
    references = (*mail.references, *mail.originals)
    if references:
        ids = own_ids(references)
        found = _sql.one("case_answered", references=list(references), ids=ids, sender=mail.sender)
        if found is not None:
            return found
    # Folders and mailboxes hand out mails in any order: the answer may have come before what it answers.
    return (
        _sql.one("case_of_an_answer", message_id=mail.message_id, sender=mail.sender)
        if mail.message_id
        else None
    )


def _open(mail: ParsedMail, parted: Split, *, known: Any | None, by: Actor, at: datetime) -> str:
    words = _words(mail, parted)
    # Only the worker knows which mails went out.
    answered = [found for found in own_ids(mail.references) if found and by.kind is ActorKind.SCHEDULE]
    order = _sql.one("order_answered", ids=answered) if answered else None
    stated = (
        order.number if order else next(iter(order_numbers_in(f"{mail.subject} {parted.new[:4000]}")), "")
    )
    case_id = uuid7()
    number = bring(
        matter=Matter(
            id=case_id,
            kind=kind_of(mail, parted.new),
            channel="mail",
            subject=mail.subject[:200] or _first_words(words),
            text=words,
            party_id=None,
            name=mail.sender_name,
            email=mail.sender,
            language=language_of(parted.new) if len(parted.new) > 20 or order is None else order.language,
            stated_order=stated,
            files=mail.files,
        ),
        by=by,
        at=at,
    )
    _sql.execute(
        "note_mail_of_case",
        case_id=case_id,
        message_id=_own_message_id(mail, known),
        quoted=_rest(mail, parted),
    )
    return number


def _join(
    case: Any, mail: ParsedMail, parted: Split, *, is_automatic: bool, known: Any | None = None
) -> UUID:
    interaction = uuid7()
    _sql.execute(
        "insert_contact",
        id=interaction,
        party_id=case.party_id,
        name=mail.sender_name,
        email=mail.sender,
        subject=mail.subject,
        text=_words(mail, parted),
        quoted=_rest(mail, parted),
        message_id=_own_message_id(mail, known),
        is_automatic=is_automatic,
    )
    _sql.execute("join_contact", case_id=case.id, interaction_id=interaction, party_id=case.party_id)
    if mail.files:
        _add_files(interaction, case.party_id, mail.files)
    if is_automatic:
        _sql.execute("touch", id=case.id)
    return interaction


def _add_files(interaction: UUID, party_id: UUID | None, files: Sequence[SentFile]) -> None:
    _sql.execute(
        "insert_files",
        interaction_id=interaction,
        party_id=party_id,
        ids=[uuid7() for _ in files],
        names=[file.name[:200] for file in files],
        types=[file.media_type for file in files],
        stated=[file.stated_type for file in files],
        contents=[file.content for file in files],
    )


def _own_message_id(mail: ParsedMail, known: Any | None) -> str | None:
    """The Message-ID, unless another mail came under it before: programmes that repeat theirs lose nothing."""
    return None if known is not None or not 0 < len(mail.message_id) <= 250 else mail.message_id


def _says_the_same(twin: Any, mail: ParsedMail, parted: Split) -> bool:
    """Whether a mail brings no word and no file beyond those of an earlier one."""
    brought = {sha256(file.content).digest() for file in mail.files}
    return bool(twin.text == _words(mail, parted)) and brought <= {bytes(known) for known in twin.files}


def _words(mail: ParsedMail, parted: Split) -> str:
    words = parted.new[:MOST_CHARACTERS]
    return words or ", ".join(file.name for file in mail.files) or mail.subject or "–"


def _rest(mail: ParsedMail, parted: Split) -> str:
    return "\n".join(part for part in (parted.new[MOST_CHARACTERS:], parted.rest) if part)


def _first_words(text: str) -> str:
    return " ".join(text.split())[:80]
