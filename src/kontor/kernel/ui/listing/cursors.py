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
_READERS: dict[str, Callable[[str], Any]] = {
    "t": datetime.fromisoformat,
    "d": date.fromisoformat,
    "n": Decimal,
    "u": UUID,
    "i": int,
    "s": str,
}
_LONGEST = 600


def written(value: Any, key: Any) -> str:
    """The cursor of the row with this sort value and this id."""
    return base64.urlsafe_b64encode(json.dumps([_pack(value), _pack(key)]).encode()).decode().rstrip("=")


def read(text: str) -> tuple[Any, Any] | None:
    """Sort value and id of a cursor, or None where it is none."""
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
