"""What happens to the website."""

from dataclasses import dataclass
from datetime import datetime

from kontor.kernel.events.emitting import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class PagePublished(Event):
    """An edition of a page was published. The subject is the page's name, the id the edition's."""

    number: int
    valid_from: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class PageTakenBack(Event):
    """An edition was ended before its time, or before it began."""

    number: int
