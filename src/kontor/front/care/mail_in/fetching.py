"""Where mails come from: files that a mail server drops into the house's folder, and a mailbox by IMAP.

A mail leaves where it lies only after the transaction that took it in has committed: killed in between, it is read
again and found to be known.
"""

import hashlib
import imaplib
import os
import re
import ssl
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit

import structlog
from django.conf import settings
from django.db import IntegrityError
from django.utils import timezone

from kontor.front.care.mail_in.taking import (
    KEPT_BYTES_OF_A_LARGE_ONE,
    MOST_BYTES,
    Outcome,
    keep_large,
    take_mail,
)
from kontor.kernel.actor.identity import the_house
from kontor.kernel.errors import Refusal

_SERVER_SECONDS = 15
_AT_ONCE = 50
_log = structlog.get_logger(__name__)


def sweep_mail_in() -> int:
    """Take in what lies in the drop folder and in the mailbox; returns how many mails. Safe to repeat, also at once."""
    return take_dropped() + take_from_mailbox()


def take_dropped() -> int:
    """Take in the files of the drop folder; names that begin with a dot or end in .part are still being written."""
    folder: Path = settings.MAIL_DROP
    if not folder.is_dir():
        return 0
    count = 0
    for file in sorted(folder.iterdir())[:_AT_ONCE]:
        if file.name.startswith(".") or file.suffix in (".part", ".tmp") or not file.is_file():
            continue
        try:
            count += _take_file(file, folder)
        except (Refusal, IntegrityError):
            _log.warning("mail cannot be taken in", file=file.name, exc_info=True)
    return count


def _take_file(file: Path, folder: Path) -> int:
    try:
        size = file.stat().st_size
        if size > MOST_BYTES:
            return _keep_large_file(file, folder, size)
        raw = file.read_bytes()
    except FileNotFoundError:
        return 0  # another worker was faster
    except OSError as error:
        _log.warning("mail cannot be read", file=file.name, error=str(error))
        return 0
    outcome = take_mail(raw=raw, source="drop", by=the_house(), at=timezone.now())
    _log.info("mail taken in", fate=outcome.fate, case=outcome.number, reason=outcome.reason)
    file.unlink(missing_ok=True)
    return 1


def _keep_large_file(file: Path, folder: Path, size: int) -> int:
    with file.open("rb") as stream:
        head = stream.read(KEPT_BYTES_OF_A_LARGE_ONE)
        stream.seek(0)
        digest = hashlib.file_digest(stream, "sha256").digest()
    keep_large(head=head, digest=digest, size=size, source="drop", by=the_house(), at=timezone.now())
    kept = folder / "kept"
    kept.mkdir(exist_ok=True)
    os.replace(file, kept / f"{digest.hex()[:16]}.eml")
    return 1


def take_from_mailbox() -> int:
    """Take in what lies in the mailbox of KONTOR_IMAP_URL; a server that is away is asked again at the next sweep.

    ``imaps://user:password@host/INBOX?done=Kontor``: mails that were taken in move to the folder ``done``.
    """
    if not settings.IMAP_URL:
        return 0
    url = urlsplit(settings.IMAP_URL)
    try:
        with _connected(url) as mailbox:
            return sum(_take_one(mailbox, uid, _done_folder(url)) for uid in _waiting(mailbox, url))
    except (OSError, imaplib.IMAP4.error) as error:
        _log.warning("mailbox cannot be read", host=url.hostname, error=str(error))
        return 0


def _connected(url: SplitResult) -> imaplib.IMAP4:
    host = url.hostname or "localhost"
    if url.scheme == "imaps":
        mailbox: imaplib.IMAP4 = imaplib.IMAP4_SSL(
            host, url.port or 993, ssl_context=ssl.create_default_context(), timeout=_SERVER_SECONDS
        )
    else:
        mailbox = imaplib.IMAP4(host, url.port or 143, timeout=_SERVER_SECONDS)
        if parse_qs(url.query).get("tls") != ["no"]:
            mailbox.starttls(ssl.create_default_context())
    mailbox.login(unquote(url.username or ""), unquote(url.password or ""))
    return mailbox


def _waiting(mailbox: imaplib.IMAP4, url: SplitResult) -> Iterator[str]:
    _checked(mailbox.select(_quoted(unquote(url.path.strip("/")) or "INBOX")))
    found = _checked(mailbox.uid("SEARCH", "ALL"))
    yield from [uid.decode() for uid in (found[0] or b"").split()][:_AT_ONCE]


def _take_one(mailbox: imaplib.IMAP4, uid: str, done: str) -> int:
    """One that cannot be taken in stays where it is, and keeps no other from coming in."""
    try:
        return _take_from(mailbox, uid, done)
    except (Refusal, IntegrityError):
        _log.warning("mail cannot be taken in", uid=uid, exc_info=True)
        return 0


def _take_from(mailbox: imaplib.IMAP4, uid: str, done: str) -> int:
    answer = _checked(mailbox.uid("FETCH", uid, "(RFC822.SIZE)"))
    sized = re.search(rb"RFC822\.SIZE (\d+)", b" ".join(part for part in answer if isinstance(part, bytes)))
    size = int(sized[1]) if sized else 0
    part = f"BODY.PEEK[]<0.{KEPT_BYTES_OF_A_LARGE_ONE}>" if size > MOST_BYTES else "BODY.PEEK[]"
    fetched = _checked(mailbox.uid("FETCH", uid, f"({part})"))
    raw = next((entry[1] for entry in fetched if isinstance(entry, tuple)), None)
    if raw is None:
        return 0
    if size > MOST_BYTES:
        digest = hashlib.sha256(raw + str(size).encode()).digest()
        keep_large(head=raw, digest=digest, size=size, source="imap", by=the_house(), at=timezone.now())
    else:
        outcome: Outcome = take_mail(raw=raw, source="imap", by=the_house(), at=timezone.now())
        _log.info("mail taken in", fate=outcome.fate, case=outcome.number, reason=outcome.reason)
    _move(mailbox, uid, done)
    return 1


def _move(mailbox: imaplib.IMAP4, uid: str, done: str) -> None:
    """Only what is committed moves; a copy that fails leaves the mail where it is, to be found known."""
    mailbox.create(_quoted(done))  # is there already: the server says NO, which is as good
    _checked(mailbox.uid("COPY", uid, _quoted(done)))
    _checked(mailbox.uid("STORE", uid, "+FLAGS.SILENT", r"(\Seen \Deleted)"))
    mailbox.expunge()


def _done_folder(url: SplitResult) -> str:
    return parse_qs(url.query).get("done", ["Kontor"])[0]


def _quoted(name: str) -> str:
    escaped = name.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _checked[T](answer: tuple[str, T]) -> T:
    status, found = answer
    if status != "OK":
        raise imaplib.IMAP4.error(f"{status} {found!r:.200}")
    return found
