"""Keyset cursors: where a page ends, as text in its address. A forged or stale one is read as the first page."""

import base64
import binascii
import json
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any
from uuid import UUID

_WRITERS: tuple[tuple[type, str, Callable[[Any], str]], ...] = (
    (datetime, "t", datetime.isoformat),
    (date, "d", date.isoformat),
    (Decimal, "n", str),
    (UUID, "u", str),
    (int, "i", str),
    (str, "s", str),
)


def _instant(text: str) -> datetime:
    at = datetime.fromisoformat(text)
    if at.tzinfo is None or not 1900 <= at.year <= 2999:
        raise ValueError("Neither an instant without zone nor one of such a year was written here.")
    return at


def _number(text: str) -> Decimal:
    number = Decimal(text)
    if not number.is_finite() or abs(number.adjusted()) > _MOST_DIGITS:
        raise ValueError("No column holds such a number.")
    return number


def _text(text: str) -> str:
    if "\0" in text:
        raise ValueError("PostgreSQL has no text with NUL in it.")
    return text


_READERS: dict[str, Callable[[str], Any]] = {
    "t": _instant,
    "d": date.fromisoformat,
    "n": _number,
    "u": UUID,
    "i": int,
    "s": _text,
}
_LONGEST = 600
_MOST_DIGITS = 30


def written(value: Any, key: Any) -> str:
    """The cursor of the row with this sort value and this tie."""
    return base64.urlsafe_b64encode(json.dumps([_pack(value), _pack(key)]).encode()).decode().rstrip("=")


def read(text: str) -> tuple[Any, Any] | None:
    """Sort value and tie of a cursor, or None where it is none."""
    if not text or len(text) > _LONGEST:
        return None
    try:
        value, key = json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
        return _unpack(value), _unpack(key)
    except (binascii.Error, ValueError, TypeError, KeyError, IndexError, InvalidOperation):
        return None


def _pack(value: Any) -> str:
    for kind, mark, write in _WRITERS:
        if isinstance(value, kind):
            return mark + write(value)
    raise TypeError(f"{type(value).__name__} cannot be sorted by: declare another column.")


def _unpack(text: str) -> Any:
    return _READERS[text[0]](text[1:])
