"""Mails out: queued in the action's transaction, sent by a job; a file in the outbox where no mail server is set.

At least once, and as near to once as mail allows: the Message-ID is the mail's own id, so a mail server or reader
that sees a second copy after a crash can tell.
"""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path
from smtplib import SMTP as SmtpClient
from smtplib import SMTP_SSL
from typing import Any
from urllib.parse import unquote, urlsplit
from uuid import UUID

from django.conf import settings
from django.tasks import task
from django.utils import timezone

from kontor.kernel.house import standing
from kontor.kernel.sql import Statements
from kontor.kernel.transactions import in_transaction, transaction

_sql = Statements(__package__)
_SERVER_SECONDS = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class NewMail:
    """A mail to send. ``key`` names its cause: the same cause is told once."""

    key: str
    recipient: str
    subject: str
    text: str
    attachment_name: str = ""
    attachment_type: str = ""
    attachment: bytes | None = None


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
    )
    if row is not None:
        send_mail.enqueue(str(row.id))


@task
def send_mail(mail_id: str) -> None:
    """Send one queued mail. Sent already, or being sent by another worker: nothing happens."""
    deliver(UUID(mail_id))


@transaction
def deliver(mail_id: UUID) -> bool:
    """Hand a mail to the server (or the outbox) and note it; returns whether it was still waiting."""
    row = _sql.one("mail_to_send", id=mail_id)
    if row is None:
        return False
    message = _compose(row._asdict())
    if settings.SMTP_URL:
        _hand_to_server(message)
    else:
        _put_into_outbox(message, row.id)
    _sql.execute("mail_sent", id=row.id)
    return True


def send_waiting_mails(*, older_than_seconds: int = 60) -> int:
    """Send mails whose job was lost; returns how many. For the worker's sweep; safe to repeat."""
    rows = _sql.rows("waiting_mails", older=older_than_seconds)
    return sum(deliver(row.id) for row in rows)


def _one_line(text: str) -> str:
    return re.sub(r"[\r\n\0]+", " ", text).strip()


def _compose(row: Mapping[str, Any]) -> EmailMessage:
    sender = settings.MAIL_FROM
    message = EmailMessage(policy=SMTP.clone(utf8=False))
    message["From"] = Address(standing().name, addr_spec=sender)
    message["To"] = Address(addr_spec=row["recipient"])
    message["Subject"] = row["subject"]
    message["Date"] = timezone.now()
    message["Message-ID"] = f"<{row['id']}@{sender.rpartition('@')[2]}>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(row["text"])
    if row["attachment"] is not None:
        main, _, sub = row["attachment_type"].partition("/")
        message.add_attachment(
            bytes(row["attachment"]), maintype=main, subtype=sub, filename=row["attachment_name"]
        )
    return message


def _put_into_outbox(message: EmailMessage, mail_id: UUID) -> None:
    folder: Path = settings.HOUSE.outbox
    folder.mkdir(parents=True, exist_ok=True)
    draft = folder / f".{mail_id}.part"
    draft.write_bytes(message.as_bytes())
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
