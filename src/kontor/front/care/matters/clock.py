"""Until when a matter is to be answered: minutes of opening hours after it came in, with the reasons in words."""

import json
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import NamedTuple

from kontor.bridge.parties.places import service_calendar
from kontor.kernel.clocks.opening import OpeningHours, service_due
from kontor.kernel.sql import Statements, loaded

_sql = Statements(__package__, "receiving.sql")
_LANGUAGES = ("de", "en")
# For a kind nobody has set a time for: one working day of eight hours.
_OTHERWISE_MINUTES = 480


class Due(NamedTuple):
    """Until when, and the steps as JSON: a list of sentences for each language."""

    at: datetime
    steps: str


class AnswerClock:
    """The opening hours of the main place and the answer times of today, read once for a list of matters."""

    def __init__(self, hours: OpeningHours, minutes: Mapping[str, int]) -> None:
        self._hours = hours
        self._minutes = minutes

    @classmethod
    def of(cls, *, at: datetime) -> "AnswerClock":
        """The clock as it goes now. Two statements."""
        hours = service_calendar(at=at)
        return cls(hours, answer_times(at.astimezone(hours.zone).date()))

    def due(self, kind: str, since: datetime) -> Due:
        """Until when a matter of a kind that came in ``since`` then is to be answered (before that instant)."""
        found = service_due(since, self._minutes.get(kind, _OTHERWISE_MINUTES), self._hours)
        steps = {language: found.why(language) for language in _LANGUAGES}
        return Due(found.at, json.dumps(steps, ensure_ascii=False))


def answer_times(today: date) -> dict[str, int]:
    """Minutes of opening hours by kind, as they hold on a day. One statement."""
    return {row.kind: row.minutes for row in _sql.rows("answer_times", today=today)}


def steps_in(steps: Mapping[str, Iterable[str]] | str | None, language: str) -> list[str]:
    """The sentences of a due date in a language."""
    known = loaded(steps)
    if not known:
        return []
    return list(known.get(language[:2]) or known.get("de", ()))
