"""Opening hours as people write them: “10–13, 14–18:30”."""

import re
from collections.abc import Sequence

from kontor.back.administration.setting_up.errors import UnreadableHours
from kontor.bridge.parties.errors import HoursOverlap
from kontor.kernel.clocks.opening import DAY_MINUTES, Span

_TIME = r"(\d{1,2})(?:[:.h](\d{2}))?"
_SPAN = re.compile(rf"{_TIME}\s*(?:-|–|—|bis|to|until)\s*{_TIME}")
_IGNORED = re.compile(r"\b(uhr|o'clock)\b", re.IGNORECASE)
MOST_SPANS = 6


def spans_of(text: str) -> list[Span]:
    """Read hours; nothing, or a dash, is closed.

    Raises:
        UnreadableHours: it is written otherwise.
        HoursOverlap: a span ends before it begins, or two overlap.
    """
    plain = _IGNORED.sub("", text).strip()
    if plain in ("", "-", "–", "—"):
        return []
    spans = []
    for part in re.split(r"[,;+/]|\bund\b|\band\b", plain):
        match = _SPAN.fullmatch(part.strip())
        if match is None:
            raise UnreadableHours(text=text)
        hour, minute, last_hour, last_minute = (int(value or 0) for value in match.groups())
        opens, closes = 60 * hour + minute, 60 * last_hour + last_minute
        if max(minute, last_minute) > 59 or max(opens, closes) > DAY_MINUTES:
            raise UnreadableHours(text=text)
        spans.append((opens, closes))
    spans.sort()
    if len(spans) > MOST_SPANS:
        raise UnreadableHours(text=text)
    ends = 0
    for opens, closes in spans:
        if opens >= closes or opens < ends:
            raise HoursOverlap
        ends = closes
    return spans


def written(spans: Sequence[Span]) -> str:
    """Hours as they are shown and read again: “10:00–13:00, 14:00–18:30”; closed is empty."""
    return ", ".join(f"{_clock(opens)}–{_clock(closes)}" for opens, closes in spans)


def _clock(minute: int) -> str:
    return f"{minute // 60}:{minute % 60:02d}"
