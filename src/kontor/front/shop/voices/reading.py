"""Reviews as the page of an article shows them."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal


@dataclass(frozen=True, slots=True)
class Shown:
    """A review as everybody reads it."""

    stars: int
    text: str
    shown_as: str
    language: str
    on: date


@dataclass(frozen=True, slots=True)
class Rating:
    """All reviews of an article in all its variants: how many, the average of their stars, the latest ten."""

    count: int
    average: Decimal
    latest: Sequence[Shown]

    @property
    def rounded(self) -> int:
        """The average in whole stars."""
        return int(self.average.quantize(Decimal(1), ROUND_HALF_UP))


def rating_of(read: str | None) -> Rating | None:
    """The reviews that the statement ``product`` read; None where there are none."""
    if not read:
        return None
    count, average, latest = json.loads(read)
    shown = [
        Shown(stars, text, shown_as, language, date.fromisoformat(on))
        for stars, text, shown_as, language, on in latest
    ]
    return Rating(count, Decimal(average), shown)
