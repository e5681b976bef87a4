"""A tile of a dashboard: one question, one figure, one list behind it."""

from collections.abc import Sequence
from dataclasses import dataclass

from kontor.kernel.ui.shapes import Point, Tone


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
