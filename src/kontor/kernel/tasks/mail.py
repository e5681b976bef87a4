"""Mails out: queued in the action's transaction, sent by a job; a file in the outbox where no mail server is set.

At least once, and as near to once as mail allows: the Message-ID is the mail's own id, so a mail server or reader
that sees a second copy after a crash can tell.

One mail that cannot be sent keeps no other back. What no attempt can mend (an address that is none) is given up at
once, what the server refuses for good (5xx) after a few attempts, each with a task for the administration; a server
that is away, or says "later", is asked again for as long as it takes.
"""

import os
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path
from smtplib import SMTP as SmtpClient
from smtplib import (
    SMTP_SSL,
    SMTPDataError,
    SMTPNotSupportedError,
    SMTPRecipientsRefused,
    SMTPSenderRefused,
)
from typing import Any, Literal
from urllib.parse import unquote, urlsplit
from uuid import UUID

import structlog
from django.conf import settings
from django.tasks import task
from django.utils import timezone

from kontor.kernel.house import standing
from kontor.kernel.sql import Statements
from kontor.kernel.tasks.actions import NewTask, open_tasks
from kontor.kernel.transactions import in_transaction, transaction

_sql = Statements(__package__)
_log = structlog.get_logger(__name__)
_SERVER_SECONDS = 20
MOST_REFUSALS = 4  # about 20 minutes: a relay that is set up wrong for a moment loses nobody's mail
_UNWRITABLE = (MessageError, ValueError, LookupError, TypeError, AttributeError)
_ABOUT_THE_HOUSE = (503, 530)  # RFC 4954: it must log in first
_TOO_LARGE = 552  # RFC 1870: the one refusal at MAIL FROM that is about the mail and not about the house

type Sent = Literal["sent", "not_waiting", "later", "away", "given_up"]


@dataclass(frozen=True, slots=True)
class MailFile:
    """A file of a mail."""

    name: str
    media_type: str
    content: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class NewMail:
    """A mail to send. ``key`` names its cause: the same cause is told once.

    ``id`` is drawn by the database unless given; the Message-ID is made of it (``message_id_of``).
    ``references`` are the Message-IDs of the thread, the oldest first. ``is_personal``: somebody wrote it, so it
    is not marked as automatic.
    """

    key: str
    recipient: str
    subject: str
    text: str
    attachment_name: str = ""
    attachment_type: str = ""
    attachment: bytes | None = None
    files: Sequence[MailFile] = ()
    id: UUID | None = None
    reply_to: str = ""
    in_reply_to: str = ""
    references: Sequence[str] = ()
    is_personal: bool = False


def message_id_of(mail_id: UUID) -> str:
    """The Message-ID of a mail of the house."""
    return f"<{mail_id}@{settings.MAIL_FROM.rpartition('@')[2]}>"


@in_transaction
def queue_mail(mail: NewMail) -> None:
    """Queue a mail; a job sends it after the commit. Safe to repeat: the same key is queued once."""
    row = _sql.one(
        "queue_mail",
        key=mail.key,
        recipient=_one_line(mail.recipient),
        subject=_one_line(mail.subject)[:200],
        text=mail.text,
        attachment_name=mail.attachment_name,
        attachment_type=mail.attachment_type,
        attachment=mail.attachment,
        id=mail.id,
        reply_to=_one_line(mail.reply_to),
        in_reply_to=_one_line(mail.in_reply_to)[:250],
        references=_one_line(" ".join(mail.references)),
        is_personal=mail.is_personal,
    )
    if row is not None and mail.files:
        _sql.execute(
            "queue_files",
            mail_id=row.id,
            names=[file.name for file in mail.files],
            types=[file.media_type for file in mail.files],
            contents=[file.content for file in mail.files],
        )
    if row is not None:
        send_mail.enqueue(str(row.id))


@task
def send_mail(mail_id: str) -> None:
    """Send one queued mail. Sent already, or being sent by another worker: nothing happens."""
    deliver(UUID(mail_id))


@transaction
def deliver(mail_id: UUID) -> Sent:
    """Hand a mail to the server (or the outbox) and note it, or note why not; returns what became of it.

    Never raises for what is wrong with the mail, its address or the server. Safe to repeat.
    """
    row = _sql.one("mail_to_send", id=mail_id)
    if row is None:
        return "not_waiting"
    files = _sql.rows("files_to_send", id=row.id) if row.has_files else []
    name = standing().name
    try:
        house = Address(name, addr_spec=settings.MAIL_FROM)
    except _UNWRITABLE as error:  # the house's own address is wrong: no fault of this mail
        return _note_failure(row, error, "away")
    try:
        message = _compose(row._asdict(), [MailFile(*file) for file in files], house)
        content = message.as_bytes()
    except _UNWRITABLE as error:
        return _note_failure(row, error, "given_up")
    try:
        if settings.SMTP_URL:
            _hand_to_server(message)
        else:
            _put_into_outbox(content, row.id)
    except (OSError, ValueError) as error:  # SMTPException is an OSError; a wrong SMTP address a ValueError
        if _is_refused(error, row.recipient):
            is_last = row.refusals + 1 >= MOST_REFUSALS
            return _note_failure(row, error, "given_up" if is_last else "later", is_refused=True)
        is_answer = isinstance(error, (SMTPRecipientsRefused, SMTPDataError))
        return _note_failure(row, error, "later" if is_answer else "away")
    _sql.execute("mail_sent", id=row.id)
    return "sent"


def send_waiting_mails(*, older_than_seconds: int = 60) -> int:
    """Send mails whose job was lost or that fall due again; returns how many. For the worker's sweep; safe to repeat.

    Where the server is away, one mail asks for all: the others wait for the next sweep.
    """
    count = 0
    for row in _sql.rows("waiting_mails", older=older_than_seconds):
        fate = deliver(row.id)
        if fate == "away":
            break
        count += fate == "sent"
    return count


def _is_refused(error: Exception, recipient: str) -> bool:
    """Whether the server refuses this very mail for good; what it refuses of the house it may take tomorrow."""
    match error:
        case SMTPRecipientsRefused():
            codes = [code for code, _ in error.recipients.values()]
            return all(500 <= code < 600 and code not in _ABOUT_THE_HOUSE for code in codes)
        case SMTPSenderRefused():
            return error.smtp_code == _TOO_LARGE
        case SMTPDataError():
            return 500 <= error.smtp_code < 600
        case SMTPNotSupportedError():
            return not recipient.isascii()
    return False


@in_transaction
def _note_failure(row: Any, error: Exception, fate: Sent, *, is_refused: bool = False) -> Sent:
    said = re.sub(r"[\0\ud800-\udfff]", "", str(error)).strip()[:500] or type(error).__name__
    _log.warning("mail not sent", mail=str(row.id), fate=fate, error=said)
    _sql.execute(
        "mail_failed",
        id=row.id,
        error=said,
        is_refused=is_refused,
        is_given_up=fate == "given_up",
    )
    if fate == "given_up":
        open_tasks(
            [
                NewTask(
                    key=f"mail.undeliverable:{row.id}",
                    kind="mail.undeliverable",
                    department="administration",
                    subject=row.recipient[:80],
                    subject_id=row.id,
                    detail={"subject": row.subject, "error": said},
                )
            ]
        )
    return fate


def _one_line(text: str) -> str:
    return re.sub(r"[\r\n\0]+", " ", text).strip()


def _compose(row: Mapping[str, Any], files: Sequence[MailFile], house: Address) -> EmailMessage:
    message = EmailMessage(policy=SMTP.clone(utf8=False))
    message["From"] = house
    message["To"] = Address(addr_spec=row["recipient"])
    message["Subject"] = row["subject"]
    message["Date"] = timezone.now()
    message["Message-ID"] = message_id_of(row["id"])
    if row["reply_to"]:
        message["Reply-To"] = Address(house.display_name, addr_spec=row["reply_to"])
    if row["in_reply_to"]:
        message["In-Reply-To"] = row["in_reply_to"]
    if row["references"]:
        message["References"] = row["references"]
    if not row["is_personal"]:
        message["Auto-Submitted"] = "auto-generated"
    # What comes back to the house as its own is recognised by this, whatever a relay made of the rest.
    message["X-Kontor-Mail"] = str(row["id"])
    message.set_content(row["text"])
    if row["attachment"] is not None:
        own = MailFile(row["attachment_name"], row["attachment_type"], bytes(row["attachment"]))
        files = [own, *files]
    for file in files:
        main, _, sub = file.media_type.partition("/")
        message.add_attachment(
            bytes(file.content), maintype=main, subtype=sub or "octet-stream", filename=file.name
        )
    return message


def _put_into_outbox(content: bytes, mail_id: UUID) -> None:
    folder: Path = settings.HOUSE.outbox
    folder.mkdir(parents=True, exist_ok=True)
    draft = folder / f".{mail_id}.part"
    draft.write_bytes(content)
    os.replace(draft, folder / f"{mail_id}.eml")


def _hand_to_server(message: EmailMessage) -> None:
    """``smtp://user:password@host:587`` (STARTTLS), ``smtps://…`` (TLS from the start), ``smtp://localhost:25?tls=no``."""
    url = urlsplit(settings.SMTP_URL)
    kind = SMTP_SSL if url.scheme == "smtps" else SmtpClient
    with kind(url.hostname or "localhost", url.port or 0, timeout=_SERVER_SECONDS) as server:
        if url.scheme == "smtp" and url.query != "tls=no":
            server.starttls()
        if url.username:
            server.login(unquote(url.username), unquote(url.password or ""))
        server.send_message(message)
