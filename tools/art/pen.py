"""The pen behind our illustrations: colours, tubes, wheels, one hand for all. Used by draw_art.py.

Colours are custom properties with defaults that stand on light and dark paper, so a drawing can be tinted where it
is inlined or used (``<use href="bike-road.svg#art">``), and looks right as a plain image as well.
"""

import re
from collections.abc import Iterable
from math import atan2, cos, degrees, hypot, pi, radians, sin

INK = "var(--art-ink,#567278)"
DARK = "var(--art-dark,#3b5257)"
METAL = "var(--art-metal,#a9b8ba)"
TINT = "var(--art-tint,#c3dad8)"
PETROL = "var(--art-petrol,#0f757c)"
BRASS = "var(--art-brass,#c4923f)"
SAND = "var(--art-sand,#ead9b5)"
PAPER = "var(--art-paper,#f6f4ec)"
PAINT = "var(--paint,#0f757c)"
SHADE = "var(--paint-shade,#0a5a60)"

Point = tuple[float, float]


def num(value: float) -> str:
    """A coordinate with at most one decimal."""
    text = f"{value:.1f}"
    return text[:-2] if text.endswith(".0") else text


def at(point: Point) -> str:
    """A point as SVG writes it."""
    return f"{num(point[0])} {num(point[1])}"


def move(start: Point, angle: float, length: float) -> Point:
    """The point that lies ``length`` away at ``angle`` degrees (0 right, 90 up)."""
    return start[0] + length * cos(radians(angle)), start[1] - length * sin(radians(angle))


def between(start: Point, end: Point, share: float) -> Point:
    """The point that lies at a share of the way from one point to another."""
    return start[0] + (end[0] - start[0]) * share, start[1] + (end[1] - start[1]) * share


def attributes(**values: object) -> str:
    """Attributes in SVG's spelling; ``None`` leaves one out."""
    written = (
        (name.rstrip("_").replace("_", "-"), num(value) if isinstance(value, float) else value)
        for name, value in values.items()
        if value is not None
    )
    return "".join(f' {name}="{value}"' for name, value in written)


def tag(element: str, **values: object) -> str:
    """One empty element."""
    return f"<{element}{attributes(**values)}/>"


def group(*parts: str, **values: object) -> str:
    """Several parts under common attributes."""
    return f"<g{attributes(**values)}>{''.join(parts)}</g>"


def path(
    d: str, fill: str = "none", stroke: str | None = None, width: float | None = None, **more: object
) -> str:
    """A path; ``d`` as SVG writes it."""
    return tag("path", d=d, fill=fill, stroke=stroke, stroke_width=width, **more)


def shape(d: str, fill: str, width: float = 2, **more: object) -> str:
    """A flat tint with a hairline of ink around it."""
    return path(d, fill, INK, width, **more)


def line(points: Iterable[Point], stroke: str = INK, width: float = 2, **more: object) -> str:
    """A line through points."""
    return path("M" + "L".join(at(p) for p in points), "none", stroke, width, **more)


def circle(center: Point, radius: float, fill: str = "none", stroke: str | None = INK, **more: object) -> str:
    """A circle."""
    return tag(
        "circle", cx=float(center[0]), cy=float(center[1]), r=float(radius), fill=fill, stroke=stroke, **more
    )


def rect(x: float, y: float, width: float, height: float, radius: float = 0, **more: object) -> str:
    """A rectangle with round corners."""
    return tag(
        "rect",
        x=float(x),
        y=float(y),
        width=float(width),
        height=float(height),
        rx=float(radius) if radius else None,
        **more,
    )


def tubes(runs: Iterable[tuple[str, float]], fill: str = PAINT, shine: bool = True) -> str:
    """Round tubes along paths: a rim of ink, the paint, a thread of light. Each run is a path and its thickness."""
    runs = list(runs)
    rim = "".join(tag("path", d=d, stroke_width=float(w + 2.4)) for d, w in runs)
    paint = "".join(tag("path", d=d, stroke_width=float(w)) for d, w in runs)
    light = "".join(tag("path", d=d, stroke_width=float(max(w * 0.2, 0.8))) for d, w in runs if w > 3)
    thick = max(w for _, w in runs)
    nudge = f"translate({num(-thick * 0.14)} {num(-thick * 0.17)})"
    lit = group(light, stroke="#fff", stroke_opacity=".4", transform=nudge) if shine else ""
    return group(
        group(rim, stroke=INK),
        group(paint, stroke=fill),
        lit,
        fill="none",
        stroke_linecap="round",
        stroke_linejoin="round",
    )


def run(*points: Point) -> str:
    """A straight run through points, as a path."""
    return "M" + "L".join(at(p) for p in points)


def spokes(center: Point, radius: float, hub: float, count: int) -> str:
    """Crossed spokes as one path: each leaves the hub at a tangent, as on a laced wheel."""
    parts = []
    for index in range(count):
        turn = 2 * pi * index / count
        lace = 0.42 if index % 2 else -0.42
        start = center[0] + hub * cos(turn + lace * 3), center[1] + hub * sin(turn + lace * 3)
        end = center[0] + radius * cos(turn), center[1] + radius * sin(turn)
        parts.append(
            f"M{at(start)}l{at((round(end[0], 1) - round(start[0], 1), round(end[1], 1) - round(start[1], 1)))}"
        )
    return path("".join(parts), "none", INK, 0.7, stroke_opacity=".75")


def wheel(center: Point, radius: float, tyre: float, *, count: int = 28, knobs: bool = False) -> str:
    """A wheel: tyre, rim, spokes, hub. ``radius`` is the outer one."""
    middle = radius - tyre / 2
    parts = [circle(center, middle, stroke=DARK, stroke_width=float(tyre))]
    if knobs:
        parts.append(circle(center, radius, stroke=DARK, stroke_width=3.2, stroke_dasharray="3.4 3"))
    rim = radius - tyre - 2.2
    parts += [
        circle(center, rim, stroke=METAL, stroke_width=4.4),
        circle(center, rim - 2.6, stroke=INK, stroke_width=0.8),
        circle(center, radius - tyre * 0.4, stroke="#fff", stroke_width=0.9, stroke_opacity=".22"),
        spokes(center, rim - 2.2, 5.5, count),
        circle(center, 6, METAL, INK, stroke_width=1.2),
        circle(center, 2, DARK, None),
    ]
    return "".join(parts)


def ring(center: Point, radius: float, teeth: int, fill: str, depth: float = 2.4) -> str:
    """A toothed ring as one path."""
    points = []
    for index in range(teeth * 2):
        reach = radius if index % 2 else radius - depth
        points.append(move(center, 360 * index / teeth / 2, reach))
    return path("M" + "L".join(at(p) for p in points) + "Z", fill, INK, 1, stroke_linejoin="round")


def backdrop(x: float = 240, y: float = 148, radius: float = 122) -> str:
    """The soft disc that every illustration stands before."""
    return circle((x, y), radius, PETROL, None, fill_opacity=".09")


def ground(left: float, right: float, y: float) -> str:
    """The hairline that things stand on."""
    return path(
        f"M{num(left)} {num(y)}H{num(right)}", "none", INK, 1.4, stroke_linecap="round", stroke_opacity=".55"
    )


def svg(body: str, width: int = 480, height: int = 300) -> str:
    """A whole file; its group ``art`` can be used from a page. Spaces before a minus sign are not needed."""
    body = re.sub(r"(?<=\d) (?=-)", "", body).replace(' fill="none"', "").replace(' stroke="none"', "")
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}">'
        f'<g id="art" fill="none">{body}</g></svg>\n'
    )


def tilt(start: Point, end: Point) -> float:
    """The angle of a line in degrees, counted as :func:`move` does."""
    return degrees(atan2(start[1] - end[1], end[0] - start[0]))


def length(start: Point, end: Point) -> float:
    """The distance of two points."""
    return hypot(end[0] - start[0], end[1] - start[1])
