"""Reading a mail whatever it is like: broken headers, wrong character sets, lying types, nested parts.

Everything that comes out is plain text without control characters, or bytes; nothing is believed.
"""

import email.errors
import email.header
import email.utils
import mimetypes
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from email.headerregistry import Address
from email.message import Message
from email.parser import BytesParser
from email.policy import Policy, compat32

from kontor.bridge.cases.actions import SentFile
from kontor.bridge.cases.files import media_type_of, plain_name, sent_file
from kontor.front.care.mail_in.markup import text_of

MOST_PARTS = 100
MOST_FILES = 25
_MOST_TEXT = 200_000
_MOST_HEADER = 10_000
_MOST_OF_A_HEADER = 20
# Beyond these no person's mail comes; the parser of the standard library would read on for hours (one header of a
# million semicolons: a minute; a hundred nested parts over a million empty lines: as long).
_MOST_LINES = 1_000_000
_MOST_READ = 1_000
_MOST_NESTS = 100
_MESSAGE_ID = re.compile(r"<([^<>\s]{3,240})>")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
# Halves of characters that stand for no byte: a mail in UTF-7 may bring them, no database takes them.
_HALVES = re.compile(r"[\ud800-\udc7f\udd00-\udfff]")
_ADDRESS = re.compile(r"[^\s<>@,;:\"()\[\]]{1,64}@[^\s<>@,;:\"()\[\]]{1,189}")
_WHERE = ("To", "Cc", "Delivered-To", "X-Original-To", "Envelope-To", "X-Forwarded-To")

type _Mail = Message[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class ParsedMail:
    """A mail as it can be worked with. Message-IDs stand with their angle brackets; ``sender`` is lower case.

    ``references``: In-Reply-To first, then References, the latest first. ``originals``: ids of mails inside of it (of
    a bounce: the one that could not be delivered). ``headers`` are those that tell machines from people, lower case.
    """

    message_id: str
    references: tuple[str, ...]
    originals: tuple[str, ...]
    sender: str
    sender_name: str
    addressed: str
    subject: str
    text: str
    files: tuple[SentFile, ...]
    is_report: bool
    headers: dict[str, str] = field(default_factory=dict)


_TELLING = (
    *("auto-submitted", "precedence", "x-autoreply", "x-autorespond", "x-auto-response-suppress", "list-id"),
    *("list-unsubscribe", "return-path", "x-failed-recipients", "x-kontor-mail", "x-loop", "feedback-id"),
)


def read_mail(raw: bytes) -> ParsedMail:
    """Read a mail. Where it brings more files than are kept one by one, it is kept whole beside them.

    Raises:
        ValueError, LookupError, TypeError, AttributeError, RecursionError: it is too broken to be read.
    """
    if raw.count(b"\n") > _MOST_LINES:
        raise ValueError("too many lines")
    message = BytesParser(_Reading().part, policy=compat32).parsebytes(raw)
    name, sender = _sender(message)
    references = _ids(_header(message, "In-Reply-To")) + tuple(reversed(_ids(_header(message, "References"))))
    parts = _Parts()
    parts.gather(message)
    own = _ids(_header(message, "Message-ID"))
    return ParsedMail(
        message_id=own[0] if own else "",
        references=tuple(dict.fromkeys(references))[:50],
        originals=tuple(parts.originals[:20]),
        sender=sender,
        sender_name=name,
        addressed=" ".join(text for header in _WHERE for text in _all(message, header)),
        subject=_one_line(_header(message, "Subject"))[:250],
        text=parts.words(),
        files=(*parts.files, SentFile("mail.eml", "message/rfc822", raw))
        if parts.left_off
        else tuple(parts.files),
        is_report=message.get_content_type() == "multipart/report",
        headers={
            name: _one_line(_header(message, name)).lower()[:300] for name in _TELLING if name in message
        },
    )


class _Reading:
    """How much of one mail was read so far, over all of its parts."""

    def __init__(self) -> None:
        self.parts = 0
        self.nests = 0

    def part(self, policy: Policy = compat32) -> "_Part":
        self.parts += 1
        if self.parts > _MOST_READ:
            raise ValueError("too many parts")
        return _Part(policy, self)

    def nest(self) -> None:
        self.nests += 1
        if self.nests > _MOST_NESTS:
            raise ValueError("too many parts within parts")


class _Part(Message):
    """A part whose headers are cut to what is ever looked at."""

    def __init__(self, policy: Policy, reading: _Reading) -> None:
        super().__init__(policy)
        self._reading = reading

    def set_raw(self, name: str, value: str) -> None:
        """Keep a header as it came."""
        if name.lower() == "content-type" and value.lstrip()[:10].lower().startswith(
            ("multipart/", "message/")
        ):
            self._reading.nest()
        super().set_raw(name, value[:_MOST_HEADER])


@dataclass(slots=True)
class _Words:
    """Words that a mail says in one way or in two."""

    plain: list[str] = field(default_factory=list)
    html: list[str] = field(default_factory=list)

    def said(self) -> str:
        """Its plain words; those of the HTML where it has no others."""
        plain = "\n\n".join(text for text in self.plain if text.strip())
        return plain if plain.strip() else "\n\n".join(text_of(markup) for markup in self.html)


class _Parts:
    """What a mail is made of, gathered part by part."""

    def __init__(self) -> None:
        self.words_of: dict[int, _Words] = {}
        self.files: list[SentFile] = []
        self.originals: list[str] = []
        self.left_off = 0

    def words(self) -> str:
        """The text of the mail; of the HTML only where it says what no plain text says."""
        said = (words.said() for words in self.words_of.values())
        found = "\n\n".join(text for text in said if text.strip())
        return _CONTROL.sub("", found.replace("\r\n", "\n").replace("\r", "\n"))[:_MOST_TEXT].strip()

    def gather(self, message: _Mail) -> None:
        for count, (part, choice) in enumerate(_walk(message)):
            if count >= MOST_PARTS:
                self.left_off += 1
            elif part.get_content_type() == "message/rfc822":
                self._keep_mail(part)
            elif part.get_content_type() in ("message/delivery-status", "text/rfc822-headers"):
                self._note_originals(_decoded(part).decode("utf-8", "replace"))
            elif self._is_body(part):
                words = self.words_of.setdefault(choice or id(part), _Words())
                (words.html if part.get_content_type() == "text/html" else words.plain).append(_text(part))
            elif (content := _decoded(part)).strip() or _part_name(part):
                self._keep_file(part, content)

    def _keep_file(self, part: _Mail, content: bytes) -> None:
        if len(self.files) >= MOST_FILES:
            self.left_off += 1
            return
        ending = mimetypes.guess_extension(media_type_of(content)) or ""
        name = _part_name(part) or f"part-{len(self.files) + 1}{ending}"
        self.files.append(sent_file(name, content, stated_type=part.get_content_type()))

    @staticmethod
    def _is_body(part: _Mail) -> bool:
        if part.get_content_type() not in ("text/plain", "text/html"):
            return False
        return "attachment" not in str(part.get("Content-Disposition", "")).lower() and not _part_name(part)

    def _keep_mail(self, part: _Mail) -> None:
        inner = part.get_payload(0) if part.is_multipart() else None
        if isinstance(inner, Message):
            self._note_originals(
                "\n".join(f"Message-ID: {text}" for text in _ids(_header(inner, "Message-ID")))
            )
            if len(self.files) >= MOST_FILES:
                self.left_off += 1
                return
            name = plain_name(_one_line(_header(inner, "Subject"))[:80] or "mail") + ".eml"
            self.files.append(SentFile(name, "message/rfc822", inner.as_bytes()))

    def _note_originals(self, text: str) -> None:
        found = re.findall(r"(?im)^(?:original-)?message-id:\s*(<[^<>\s]{3,240}>)", _CONTROL.sub("", text))
        self.originals.extend(found)


def _walk(message: _Mail) -> Iterator[tuple[_Mail, int]]:
    """The leaves of a mail, mails inside of it counting as one; each with the innermost choice of ways to say the same
    that it stands in (0: in none, as the foot that a mailing list adds to an HTML mail).
    """
    waiting: list[tuple[_Mail, int]] = [(message, 0)]
    while waiting:
        part, choice = waiting.pop(0)
        if part.get_content_maintype() != "multipart" or not part.is_multipart():
            yield part, choice
            continue
        ways = id(part) if part.get_content_subtype() == "alternative" else choice
        waiting[:0] = [(entry, ways) for entry in part.get_payload() if isinstance(entry, Message)]


def _decoded(part: _Mail) -> bytes:
    content = part.get_payload(decode=True)
    if isinstance(content, bytes):
        return content
    # A part that says it holds others and does not, or a report in parts.
    payload = part.get_payload()
    if isinstance(payload, list):
        return b"\n".join(entry.as_bytes() for entry in payload if isinstance(entry, Message))
    return str(payload or "").encode("utf-8", "surrogateescape")


def _text(part: _Mail) -> str:
    content = _decoded(part)
    stated = str(part.get_content_charset() or "").strip("'\" ")
    for charset in (stated, "utf-8"):
        try:
            return content.decode(charset)
        except (LookupError, UnicodeDecodeError, ValueError):
            continue
    return content.decode("cp1252", "replace")


def _part_name(part: _Mail) -> str:
    found = part.get_filename()
    return _one_line(_plain(found)) if found else ""


def _header(message: _Mail, name: str) -> str:
    value = message.get(name)
    return "" if value is None else _plain(value)


def _all(message: _Mail, name: str) -> list[str]:
    return [_plain(value) for value in message.get_all(name, [])[:_MOST_OF_A_HEADER]]


def _plain(value: object) -> str:
    """A header in words: encoded words read, wrong character sets guessed."""
    text = str(value)[:_MOST_HEADER]
    if "=?" in text:
        try:
            pieces = email.header.decode_header(text)
        except (email.errors.HeaderParseError, ValueError):
            pieces = [(text, None)]
        text = "".join(_piece(content, charset) for content, charset in pieces)
    raw = _HALVES.sub("\ufffd", text).encode("utf-8", "surrogateescape")
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("cp1252", "replace")


def _piece(content: bytes | str, charset: str | None) -> str:
    if isinstance(content, str):
        return content
    for name in (charset or "ascii", "utf-8"):
        try:
            return content.decode(name)
        except (LookupError, UnicodeDecodeError, ValueError):
            continue
    return content.decode("cp1252", "replace")


def _sender(message: _Mail) -> tuple[str, str]:
    for header in ("From", "Sender", "Reply-To"):
        for text in _all(message, header):
            line = _one_line(text)
            name, address = email.utils.parseaddr(line)
            found = _ADDRESS.search(address) or _ADDRESS.search(line)
            sender = found[0].strip(".").lower()[:254] if found else ""
            if _can_be_answered(sender):
                return _one_line(name)[:120], sender
    return "", ""


def _can_be_answered(address: str) -> bool:
    """Whether a mail to this address can be written at all."""
    try:
        return bool(address and Address(addr_spec=address).domain)
    except (email.errors.MessageError, ValueError, LookupError):
        return False


def _ids(text: str) -> tuple[str, ...]:
    return tuple(f"<{found}>" for found in _MESSAGE_ID.findall(_CONTROL.sub("", text)))


def _one_line(text: str) -> str:
    return re.sub(r"\s+", " ", _CONTROL.sub("", text)).strip()
