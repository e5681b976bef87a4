"""The bicycle of the home page's scene: a touring bicycle on its stand, simpler than the one on the product pages.

Used by scene.py.
"""

from math import cos, radians, sin

from tools.art.pen import (
    BRASS,
    DARK,
    INK,
    METAL,
    PETROL,
    SAND,
    Point,
    at,
    between,
    circle,
    line,
    move,
    num,
    path,
    ring,
    run,
    tag,
    tubes,
)

SUN = "var(--art-sun,#e5b765)"
GRASS = "var(--art-grass,#1d5b5c)"
RADIUS = 112.0
REAR: Point = (690.0, 842.0)
FRONT: Point = (1024.0, 842.0)
BRACKET: Point = (830.0, 864.0)
SEAT: Point = (790.0, 700.0)
LOW: Point = (974.0, 716.0)
HEAD: Point = (962.0, 668.0)
TOP: Point = between(BRACKET, SEAT, 0.92)


def bicycle_on_the_quay() -> str:
    """The bicycle with its shadow, drawn from back to front."""
    shadow = tag("ellipse", cx=860, cy=962, rx=310, ry=12, fill=GRASS, fill_opacity=".22")
    wheels = "".join(_wheel(center, RADIUS) for center in (REAR, FRONT))
    post = move(SEAT, 106, 40)
    return "".join(
        [
            shadow,
            line([BRACKET, (790, 954)], DARK, 7, stroke_linecap="round"),
            wheels,
            _guards(),
            _carrier(),
            line([SEAT, post], METAL, 10),
            _frame(),
            _drivetrain(),
            _bag(),
            _bar(),
            _saddle(post),
            _lamp(HEAD),
        ]
    )


def _frame() -> str:
    return tubes(
        [
            (run(BRACKET, REAR), 8),
            (run(TOP, REAR), 7),
            (run(LOW, FRONT), 10),
            (run(BRACKET, SEAT), 13),
            (run(TOP, between(LOW, HEAD, 0.75)), 12),
            (run(BRACKET, LOW), 15),
            (run(LOW, HEAD), 16),
        ]
    )


def _guards() -> str:
    r = RADIUS + 9
    return path(
        f"M{at(move(REAR, 196, r))}A{r} {r} 0 0 1 {at(move(REAR, 32, r))}"
        f"M{at(move(FRONT, 188, r))}A{r} {r} 0 0 1 {at(move(FRONT, 58, r))}",
        "none",
        PETROL,
        7,
        stroke_linecap="round",
    )


def _carrier() -> str:
    x = REAR[0]
    d = f"M{num(x - 70)} 716H{num(x + 76)}L{at(TOP)}M{num(x - 40)} 718L{at(REAR)}L{num(x + 44)} 718"
    return path(d, "none", DARK, 5.5, stroke_linejoin="round")


def _bag() -> str:
    x = REAR[0]
    flap = f"M{num(x - 66)} 712h120v34q0 18 -20 18h-80q-20 0 -20 -18z"
    return "".join(
        [
            path(f"M{num(x - 62)} 722h112l-8 98q-2 14 -16 14h-64q-14 0 -16 -14z", SAND, INK, 2.6),
            path(flap, BRASS, INK, 2.6, stroke_linejoin="round"),
            path(f"M{num(x - 38)} 712v70M{num(x + 26)} 712v70", "none", DARK, 5.5),
        ]
    )


def _drivetrain() -> str:
    crank, back = move(BRACKET, -40, 48), move(BRACKET, 140, 48)
    chain = (
        f"M{at((REAR[0], REAR[1] - 20))}L{at((BRACKET[0], BRACKET[1] - 31))}"
        f"M{at((REAR[0] + 8, REAR[1] + 32))}L{at((BRACKET[0], BRACKET[1] + 31))}"
    )
    pedals = f"M{num(crank[0] - 20)} {num(crank[1])}h40M{num(back[0] - 20)} {num(back[1])}h40"
    return "".join(
        [
            path(chain, "none", DARK, 4, stroke_dasharray="5 2"),
            ring(REAR, 20, 18, METAL, 3),
            line([back, crank], INK, 12, stroke_linecap="round"),
            ring(BRACKET, 33, 36, METAL, 3),
            circle(BRACKET, 20, BRASS, INK, stroke_width=2),
            line([BRACKET, crank], METAL, 9, stroke_linecap="round"),
            path(pedals, "none", DARK, 10, stroke_linecap="round"),
        ]
    )


def _bar() -> str:
    stem = move(HEAD, 104, 34)
    bar = f"M{at(stem)}q26 -18 4 -30q-18 -6 -62 6"
    grip = f"M{num(stem[0] - 30)} {num(stem[1] - 31)}l-32 8"
    return "".join(
        [
            line([HEAD, stem], METAL, 10, stroke_linecap="round"),
            path(bar, "none", INK, 11, stroke_linecap="round"),
            path(bar, "none", METAL, 8, stroke_linecap="round"),
            path(grip, "none", BRASS, 14, stroke_linecap="round"),
        ]
    )


def _saddle(post: Point) -> str:
    d = f"M{num(post[0] - 42)} {num(post[1] - 12)}q6 -14 40 -6q30 6 56 0q10 0 6 8q-40 8 -58 18q-38 8 -44 -20z"
    return path(d, BRASS, INK, 2.6, stroke_linejoin="round")


def _lamp(head: Point) -> str:
    x, y = head
    return path(
        f"M{num(x + 14)} {num(y + 16)}h16q14 0 14 14t-14 14h-16q-8 -14 0 -28z", METAL, INK, 2.4
    ) + path(f"M{num(x + 36)} {num(y + 18)}q12 12 0 24", "none", SUN, 5)


def _wheel(center: Point, radius: float) -> str:
    lace = "".join(
        f"M{at((center[0] + 9 * cos(radians(a + 62)), center[1] + 9 * sin(radians(a + 62))))}"
        f"L{at((center[0] + (radius - 14) * cos(radians(a)), center[1] + (radius - 14) * sin(radians(a))))}"
        for a in range(0, 360, 20)
    )
    return "".join(
        [
            circle(center, radius - 5, "none", DARK, stroke_width=10),
            circle(center, radius - 13, "none", METAL, stroke_width=6),
            path(lace, "none", INK, 1.4),
            circle(center, 9, METAL, INK, stroke_width=2),
        ]
    )
