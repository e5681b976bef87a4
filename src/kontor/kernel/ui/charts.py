"""Geometry of small charts drawn on the server. Points come in, SVG coordinates go out; the template draws."""

from collections.abc import Sequence
from dataclasses import dataclass

from kontor.kernel.ui.shapes import Point

WIDTH = 240
SPARK_HEIGHT = 40
BARS_HEIGHT = 120
MARGIN = 3


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar in SVG units, with the point it stands for."""

    x: float
    y: float
    width: float
    height: float
    point: Point


@dataclass(frozen=True, slots=True)
class Line:
    """A line through all points, the area under it and its last point."""

    stroke: str
    area: str
    last_x: float
    last_y: float


def line_through(points: Sequence[Point]) -> Line | None:
    """Return the line of a sparkline; fewer than two points draw nothing. A flat series runs through the middle."""
    if len(points) < 2:
        return None
    values = [float(point.value) for point in points]
    low, high = min(values), max(values)
    span = high - low
    inner = SPARK_HEIGHT - 2 * MARGIN
    step = WIDTH / (len(values) - 1)
    places = [
        (
            round(number * step, 1),
            round(MARGIN + inner * (1 - (value - low) / span), 1) if span else SPARK_HEIGHT / 2,
        )
        for number, value in enumerate(values)
    ]
    stroke = "M" + "L".join(f"{x} {y}" for x, y in places)
    area = f"{stroke}L{places[-1][0]} {SPARK_HEIGHT}L0 {SPARK_HEIGHT}Z"
    return Line(stroke, area, *places[-1])


def bars_of(points: Sequence[Point]) -> list[Bar]:
    """Return one bar per point; the highest fills the height, values below zero draw no bar."""
    if not points:
        return []
    highest = max(float(point.value) for point in points) or 1.0
    slot = WIDTH / len(points)
    width = round(slot * 0.66, 1)
    bars = []
    for number, point in enumerate(points):
        height = round(max(float(point.value), 0.0) / highest * (BARS_HEIGHT - 2), 1)
        bars.append(
            Bar(
                round(number * slot + (slot - width) / 2, 1),
                round(BARS_HEIGHT - height, 1),
                width,
                height,
                point,
            )
        )
    return bars
