"""Files that people send: what they are is read from their bytes, never from what the sender says."""

import re
import zipfile
from collections.abc import Iterable, Sequence
from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import UploadedFile

from kontor.bridge.cases import errors
from kontor.bridge.cases.actions import SentFile

MOST_FILES = 10
MOST_FILES_OF_STRANGERS = 3
MOST_BYTES = 10 * 1024 * 1024
MOST_BYTES_TOGETHER = 25 * 1024 * 1024
_MEGABYTE = 1024 * 1024
_UNKNOWN = "application/octet-stream"
# How files begin. Source: each format's specification; the list is that of Python's and browsers' sniffers, cut to
# what customers send.
_BEGINNINGS: Sequence[tuple[bytes, str]] = (
    (b"%PDF-", "application/pdf"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"BM", "image/bmp"),
    (b"II*\0", "image/tiff"),
    (b"MM\0*", "image/tiff"),
    (b"PK\x03\x04", "application/zip"),
    (b"\x1f\x8b", "application/gzip"),
    (b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
    (b"Rar!\x1a\x07", "application/vnd.rar"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/x-ole-storage"),
    (b"MZ", "application/vnd.microsoft.portable-executable"),
    (b"\x7fELF", "application/x-elf"),
    (b"OggS", "audio/ogg"),
    (b"ID3", "audio/mpeg"),
    (b"{\\rtf", "application/rtf"),
)
_OFFICE = {
    "word/": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xl/": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "ppt/": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
}
# Possessive and atomic throughout: what was skipped once is never tried another way, however many comments there are.
_MARKUP = re.compile(
    rb"\s*+(?:(?><!--.*?-->)\s*+)*+<(!doctype html|html|head|body|script|svg|\?xml|iframe|img)", re.I | re.S
)
# Two names of one thing are no lie.
_SAME = {
    "image/jpg": "image/jpeg",
    "image/pjpeg": "image/jpeg",
    "image/x-png": "image/png",
    "application/x-zip-compressed": "application/zip",
    "application/x-pdf": "application/pdf",
    "application/x-gzip": "application/gzip",
    "application/msword": "application/x-ole-storage",
    "application/vnd.ms-excel": "application/x-ole-storage",
    "application/vnd.ms-powerpoint": "application/x-ole-storage",
    "application/vnd.ms-outlook": "application/x-ole-storage",
    "application/xml": "text/xml",
    "text/rtf": "application/rtf",
    "audio/mp3": "audio/mpeg",
}


def media_type_of(content: bytes) -> str:
    """What a file is, by its bytes; text that is markup is ``text/html``, whatever else it claims to be."""
    for beginning, found in _BEGINNINGS:
        if content.startswith(beginning):
            return _office_or_zip(content) if found == "application/zip" else found
    if content[:4] == b"RIFF" and content[8:12] in (b"WEBP", b"WAVE"):
        return "image/webp" if content[8:12] == b"WEBP" else "audio/wav"
    if content[4:8] == b"ftyp":
        return "image/heic" if content[8:12] in (b"heic", b"heix", b"mif1", b"msf1") else "video/mp4"
    return _text_or_unknown(content)


def sent_file(name: str, content: bytes, *, stated_type: str = "") -> SentFile:
    """A file with what its bytes are, a name that is only a name, and its sender's word where that differs."""
    found = media_type_of(content)
    stated = re.sub(r"[^\x21-\x7e]", "", stated_type.partition(";")[0]).lower()
    is_lie = _differs(_SAME.get(stated, stated), found)
    return SentFile(plain_name(name), found, content, stated_type=stated[:80] if is_lie else "")


def sent_files(uploads: "Iterable[UploadedFile[Any]]", *, is_stranger: bool = False) -> list[SentFile]:
    """The files of a form, each checked; sizes are checked before any is read. Who has no login may send fewer.

    Raises:
        TooManyFiles, FileTooLarge, FilesTooLarge, EmptyFile: what is wrong with them.
    """
    chosen, most = list(uploads), MOST_FILES_OF_STRANGERS if is_stranger else MOST_FILES
    if len(chosen) > most:
        raise errors.TooManyFiles(most=most)
    for upload in chosen:
        if (upload.size or 0) > MOST_BYTES:
            raise errors.FileTooLarge(name=plain_name(upload.name or ""), most=MOST_BYTES // _MEGABYTE)
    if sum(upload.size or 0 for upload in chosen) > MOST_BYTES_TOGETHER:
        raise errors.FilesTooLarge(most=MOST_BYTES_TOGETHER // _MEGABYTE)
    found = []
    for upload in chosen:
        content = upload.read()
        if not content:
            raise errors.EmptyFile(name=plain_name(upload.name or ""))
        found.append(sent_file(upload.name or "", content, stated_type=upload.content_type or ""))
    return found


def refuse_too_many(files: Sequence[SentFile], known: Any) -> None:
    """Refuse what one message does not carry; ``known``: how many ``files`` and ``bytes`` it has already.

    Raises:
        TooManyFiles, FilesTooLarge: it would be more.
    """
    if known.files + len(files) > MOST_FILES:
        raise errors.TooManyFiles(most=MOST_FILES)
    if known.bytes + sum(len(file.content) for file in files) > MOST_BYTES_TOGETHER:
        raise errors.FilesTooLarge(most=MOST_BYTES_TOGETHER // _MEGABYTE)


def plain_name(name: str) -> str:
    """A file's name without folders, control and direction characters; never empty, at most 120 characters."""
    last = re.split(r"[/\\]", name)[-1]
    plain = re.sub(
        r"[\x00-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff\"<>|:*?]", "", last
    ).strip(" .")
    if len(plain) > 120:
        stem, dot, ending = plain.rpartition(".")
        plain = f"{stem[:100]}{dot}{ending[:15]}" if dot else plain[:120]
    return plain or "file"


def _differs(stated: str, found: str) -> bool:
    if not stated or stated in (found, _UNKNOWN, "application/force-download", "binary/octet-stream"):
        return False
    if found.startswith("text/") and found != "text/html":
        return not (
            stated.startswith(("text/", "message/")) or stated.endswith(("json", "xml", "calendar", "csv"))
        )
    if found == _UNKNOWN:
        # Formats this list does not know may be what they say, but no picture and no paper.
        return stated.startswith("image/") or stated in ("application/pdf", "text/plain", "text/html")
    if found == "application/zip":
        return not stated.startswith(("application/", "multipart/"))
    if found == "text/html":
        return stated not in ("text/xml", "image/svg+xml", "application/xhtml+xml")
    return True


def _office_or_zip(content: bytes) -> str:
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            names = archive.namelist()[:200]
    except (zipfile.BadZipFile, ValueError, RuntimeError, OSError):
        return "application/zip"
    return next(
        (kind for folder, kind in _OFFICE.items() if any(n.startswith(folder) for n in names)),
        "application/zip",
    )


def _text_or_unknown(content: bytes) -> str:
    head = content[:4096]
    if b"\0" in head:
        return _UNKNOWN
    if _MARKUP.match(head.removeprefix(b"\xef\xbb\xbf")):
        return "text/html"
    try:
        head.decode("utf-8")
    except UnicodeDecodeError as error:
        if error.start < len(head) - 4 and sum(
            byte < 32 and byte not in (9, 10, 12, 13, 27) for byte in head
        ):
            return _UNKNOWN
    return "text/calendar" if head.startswith(b"BEGIN:VCALENDAR") else "text/plain"
