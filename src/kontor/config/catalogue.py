"""The German catalogue: read from one file a room, compiled for gettext whenever one of them is newer.

Standard library only, so that the very first words of the command line can use it.
"""

import ast
import os
import struct
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

LOCALE = Path(__file__).resolve().parents[1] / "locale"
PARTS = LOCALE / "de" / "parts"
COMPILED = LOCALE / "de" / "LC_MESSAGES" / "django.mo"

_HEADER = (
    "Project-Id-Version: Kontor\nLanguage: de\nMIME-Version: 1.0\nContent-Type: text/plain; charset=UTF-8\n"
    "Content-Transfer-Encoding: 8bit\nPlural-Forms: nplurals=2; plural=(n != 1);\n"
)
_MAGIC = 0x950412DE


class CatalogueError(Exception):
    """A catalogue file is not written as gettext writes it."""


@dataclass(frozen=True, slots=True)
class Message:
    """One entry of a catalogue: the English sentence, its German forms, and where it stands."""

    context: str
    english: str
    plural: str
    german: tuple[str, ...]
    is_fuzzy: bool
    place: str

    @property
    def key(self) -> tuple[str, str, str]:
        """What makes it this message: context, sentence, plural."""
        return self.context, self.english, self.plural

    @property
    def is_translated(self) -> bool:
        """Whether every form is there."""
        return len(self.german) == (2 if self.plural else 1) and all(self.german)


def ensure_compiled() -> None:
    """Compile the German catalogue if a part is newer than it. Safe to repeat, and in two processes at once."""
    if not PARTS.is_dir() or not _is_stale():
        return
    COMPILED.parent.mkdir(parents=True, exist_ok=True)
    if os.access(COMPILED.parent, os.W_OK):
        _replace(COMPILED, compiled(read_parts()))


def read_parts(folder: Path = PARTS) -> list[Message]:
    """Return all messages of all parts, in order of file name and line."""
    return [message for file in sorted(folder.glob("*.po")) for message in read_part(file)]


def read_part(file: Path) -> Iterator[Message]:
    """Yield the messages of one file, without its header.

    Raises:
        CatalogueError: a line is none of gettext's.
    """
    lines = file.read_text("utf-8").splitlines()
    values: dict[str, str] = {}
    field, fuzzy, began = "", False, 1
    for number, line in enumerate([*lines, ""], start=1):
        text = line.strip()
        place = f"{file.name}:{number}"
        if text.startswith("#,"):
            fuzzy = fuzzy or "fuzzy" in text
        elif text.startswith('"'):
            values[field] = values.get(field, "") + _unquoted(text, place)
        elif text and not text.startswith("#"):
            field, _, rest = text.partition(" ")
            if field in {"msgid", "msgctxt"} and "msgstr" in {key[:6] for key in values}:
                yield from _message(values, fuzzy=fuzzy, place=f"{file.name}:{began}")
                values, fuzzy = {}, False
            if not values:
                began = number
            values[field] = _unquoted(rest.strip(), place)
        elif not text and values:
            yield from _message(values, fuzzy=fuzzy, place=f"{file.name}:{began}")
            values, fuzzy = {}, False


def compiled(messages: Iterable[Message]) -> bytes:
    """Return the catalogue in gettext's binary format; the first of two equal messages counts."""
    entries: dict[bytes, bytes] = {b"": _HEADER.encode()}
    for message in messages:
        if message.is_translated:
            key = f"{message.context}\x04{message.english}" if message.context else message.english
            key = f"{key}\x00{message.plural}" if message.plural else key
            entries.setdefault(key.encode(), "\x00".join(message.german).encode())
    ordered = sorted(entries.items())
    start = 28 + 16 * len(ordered)  # seven numbers of the head, two tables of pairs
    ids = b"".join(key + b"\x00" for key, _ in ordered)
    tables: tuple[list[int], list[int]] = ([], [])
    positions = [start, start + len(ids)]
    for pair in ordered:
        for which, text in enumerate(pair):
            tables[which].extend((len(text), positions[which]))
            positions[which] += len(text) + 1
    head = struct.pack("<7I", _MAGIC, 0, len(ordered), 28, 28 + 8 * len(ordered), 0, start)
    numbers = [*tables[0], *tables[1]]
    strings = b"".join(text + b"\x00" for _, text in ordered)
    return head + struct.pack(f"<{len(numbers)}I", *numbers) + ids + strings


def _is_stale() -> bool:
    if not COMPILED.exists():
        return True
    made = COMPILED.stat().st_mtime
    # The folder's own time tells of a part that was removed.
    return any(source.stat().st_mtime >= made for source in (PARTS, *PARTS.glob("*.po")))


def _replace(file: Path, content: bytes) -> None:
    handle, name = tempfile.mkstemp(dir=file.parent, prefix=".django-")
    with os.fdopen(handle, "wb") as stream:
        stream.write(content)
    Path(name).chmod(0o644)
    Path(name).replace(file)


def _message(values: dict[str, str], *, fuzzy: bool, place: str) -> Iterator[Message]:
    english = values.get("msgid", "")
    if not english:
        return  # the header, which ours do not need
    plural = values.get("msgid_plural", "")
    german = [values[key] for key in sorted(values) if key.startswith("msgstr")]
    yield Message(values.get("msgctxt", ""), english, plural, tuple(german), fuzzy, place)


def _unquoted(text: str, place: str) -> str:
    try:
        value = ast.literal_eval(text)
    except (SyntaxError, ValueError) as error:
        raise CatalogueError(f"{place}: {text} is not a quoted string.") from error
    if not isinstance(value, str):
        raise CatalogueError(f"{place}: {text} is not a quoted string.")
    return value
