"""A tile of a dashboard: one question, one figure, one list behind it."""

from collections.abc import Sequence
from dataclasses import dataclass

from kontor.kernel.ui import formats
from kontor.kernel.ui.shapes import Point, Tone

_CAPPED = 1000


@dataclass(frozen=True, slots=True)
class Tile:
    """A tile; ``department`` is whose question it is, ``points`` draw a small line."""

    department: str
    question: str
    figure: str
    note: str
    url: str
    tone: Tone | str = ""
    points: Sequence[Point] = ()


def counted(count: int) -> str:
    """A figure that was counted to 1,001 and no further."""
    return f"{formats.quantity(_CAPPED)}+" if count > _CAPPED else formats.quantity(count)
