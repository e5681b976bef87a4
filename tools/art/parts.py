"""Frames, wheels and other parts. Used by draw_art.py."""

import itertools
from math import cos, pi, sin

from tools.art.pen import (
    BRASS,
    DARK,
    INK,
    METAL,
    PAINT,
    PETROL,
    TINT,
    Point,
    backdrop,
    circle,
    ground,
    group,
    line,
    move,
    num,
    path,
    rect,
    ring,
    run,
    shape,
    tag,
    tubes,
)


def handlebar() -> str:
    """A drop bar with tape, levers and stem, seen from the front side."""
    left = "M240 92H140C106 92 92 110 96 140C100 186 128 206 152 190"
    tape = "M176 92H140C106 92 92 110 96 140C100 186 128 206 152 190"
    hood = "M112 94c-12 -18 -30 -26 -36 -14c-4 10 2 26 14 34l16 6z"
    lever = "M82 92c-14 26 -14 60 4 86"
    half = "".join(
        [
            path(left, "none", INK, 17, stroke_linecap="round"),
            path(left, "none", METAL, 14, stroke_linecap="round"),
            path(tape, "none", INK, 19, stroke_linecap="round"),
            path(tape, "none", BRASS, 16, stroke_linecap="round"),
            path(tape, "none", INK, 15, stroke_dasharray="1.2 9", stroke_opacity=".55"),
            path(lever, "none", INK, 9, stroke_linecap="round"),
            path(lever, "none", METAL, 6, stroke_linecap="round"),
            shape(hood, DARK, 1.8, stroke_linejoin="round"),
            rect(
                146, 183, 12, 15, 5, fill=DARK, stroke=INK, stroke_width=1.4, transform="rotate(-32 152 190)"
            ),
        ]
    )
    stem = shape(
        "M222 74h36q6 0 6 6v24q0 6 -6 6h-8l8 96q0 14 -18 14t-18 -14l8 -96h-8q-6 0 -6 -6v-24q0 -6 6 -6z", DARK
    )
    bolts = "".join(circle((x, y), 3.4, METAL, INK, stroke_width=1) for x in (229, 251) for y in (82, 101))
    return "".join(
        [
            backdrop(),
            half,
            group(half, transform="matrix(-1 0 0 1 480 0)"),
            stem,
            bolts,
            path("M222 206h36M224 194h32", "none", METAL, 3),
            circle((240, 92), 4, "none", METAL, stroke_width=1.4),
        ]
    )


def handlebar_flat() -> str:
    """A flat bar with grips, brake levers and stem."""
    bar = "M58 150C110 150 150 120 200 118H280C330 120 370 150 422 150"
    grips = "".join(
        rect(x, 139, 74, 22, 9, fill=BRASS, stroke=INK, stroke_width=2)
        + path("".join(f"M{x + 14 + i * 10} 141v18" for i in range(5)), "none", INK, 1.2, stroke_opacity=".6")
        for x in (46, 360)
    )
    lever = "M146 132c-8 18 -26 34 -74 42"
    levers = path(lever, "none", INK, 9, stroke_linecap="round") + path(
        lever, "none", METAL, 6, stroke_linecap="round"
    )
    clamp = shape("M132 120h22v28h-22z", DARK, 1.8)
    side = levers + clamp
    stem = shape(
        "M216 100h48q6 0 6 6v26q0 6 -6 6h-8l4 62q0 12 -20 12t-20 -12l4 -62h-8q-6 0 -6 -6v-26q0 -6 6 -6z", DARK
    )
    bolts = "".join(circle((x, y), 3.6, METAL, INK, stroke_width=1) for x in (224, 256) for y in (109, 129))
    return "".join(
        [
            backdrop(),
            path(bar, "none", INK, 15, stroke_linecap="round"),
            path(bar, "none", METAL, 12, stroke_linecap="round"),
            side,
            group(side, transform="matrix(-1 0 0 1 480 0)"),
            grips,
            stem,
            bolts,
            path("M222 188h36M222 199h36", "none", METAL, 3),
        ]
    )


def fork() -> str:
    """A rigid fork, front view turned a little."""
    left, right = "M206 108C196 160 196 214 192 264", "M274 108C284 160 284 214 288 264"
    crown = "M192 112q0 -24 22 -26h52q22 2 22 26q-14 10 -24 -4q-24 -14 -48 0q-10 14 -24 4z"
    return "".join(
        [
            backdrop(),
            tubes([("M240 92V30", 17)], METAL),
            path("M231 44h18M231 50h18M231 56h18", "none", INK, 1.2),
            tubes([(left, 15), (right, 15)]),
            shape(crown, PAINT, 2, stroke_linejoin="round"),
            path("M208 96q32 -10 64 0", "none", "#fff", 2, stroke_opacity=".4", stroke_linecap="round"),
            rect(228, 72, 24, 10, 2, fill=BRASS, stroke=INK, stroke_width=1.6),
            path("M198 150h12M270 150h12", "none", BRASS, 14),
            path("M198 162h11M271 162h11", "none", BRASS, 4),
            shape("M184 258h16l2 16q-2 8 -9 8h-3q0 -8 -4 -8z", METAL, 1.6),
            shape("M280 258h16l-2 16q-4 0 -4 8h-3q-7 0 -9 -8z", METAL, 1.6),
        ]
    )


def headset() -> str:
    """Bearings and cups of a headset, taken apart in order."""

    def disc(y: float, rx: float, depth: float, fill: str) -> str:
        ry = rx * 0.3
        d = f"M{num(240 - rx)} {num(y)}v{num(depth)}a{num(rx)} {num(ry)} 0 0 0 {num(rx * 2)} 0v{num(-depth)}"
        top = tag(
            "ellipse", cx=240, cy=float(y), rx=float(rx), ry=float(ry), fill=fill, stroke=INK, stroke_width=2
        )
        hole = tag(
            "ellipse",
            cx=240,
            cy=float(y),
            rx=float(rx * 0.56),
            ry=float(ry * 0.56),
            fill=DARK,
            stroke=INK,
            stroke_width=1.4,
        )
        return shape(d + "z", fill, 2) + top + hole

    balls = "".join(
        circle((240 + 46 * x, 152 + 13.5 * y), 5.4, METAL, INK, stroke_width=1.2)
        for x, y in ((1, 0), (0.87, 0.5), (0.5, 0.87), (0, 1), (-0.5, 0.87), (-0.87, 0.5), (-1, 0))
    )
    return "".join(
        [
            backdrop(),
            line([(240, 28), (240, 276)], INK, 1, stroke_dasharray="3 5", stroke_opacity=".6"),
            disc(240, 56, 18, METAL),
            disc(196, 64, 16, PETROL),
            disc(150, 52, 7, BRASS),
            balls,
            disc(104, 64, 16, PETROL),
            disc(62, 50, 14, METAL),
        ]
    )


def pedal() -> str:
    """A pair of clipless pedals, one from above and one from the side."""
    body = "M90 66h126q18 0 18 18v92q0 18 -18 18h-126q-18 0 -18 -18v-92q0 -18 18 -18z"
    cut = "M114 88h78q10 0 10 10v64q0 10 -10 10h-78q-10 0 -10 -10v-64q0 -10 10 -10z"
    pins = "".join(circle((x, y), 4, METAL, INK, stroke_width=1.2) for x in (88, 218) for y in (82, 178))
    side = "M260 226q0 -15 18 -18h116q18 3 18 18t-18 18h-116q-18 -3 -18 -18z"
    return "".join(
        [
            backdrop(),
            line([(234, 130), (342, 130)], INK, 23),
            line([(236, 130), (340, 130)], METAL, 19),
            path("M300 121v18M308 121v18M316 121v18M324 121v18M332 121v18", "none", INK, 1.4),
            rect(270, 117, 14, 26, 2, fill=DARK, stroke=INK, stroke_width=1.6),
            shape(body, DARK, 2.4),
            shape(cut, TINT, 2.2),
            rect(72, 121, 162, 18, 0, fill=METAL, stroke=INK, stroke_width=1.6),
            pins,
            path("M128 90v80M178 90v80", "none", INK, 9.4),
            path("M128 91v78M178 91v78", "none", BRASS, 6.6),
            ground(236, 430, 246),
            shape(side, DARK, 2.2),
            circle((336, 226), 10, METAL, INK, stroke_width=2),
            circle((336, 226), 4, DARK, INK, stroke_width=1),
            path("M276 209h52M276 243h52", "none", BRASS, 5, stroke_linecap="round"),
        ]
    )


def crankset() -> str:
    """Chainrings with spider and crank arm."""
    c: Point = (222, 142)
    arms = "".join(line([c, move(c, angle, 76)], INK, 15) for angle in range(18, 378, 72))
    flats = "".join(line([c, move(c, angle, 75)], METAL, 11) for angle in range(18, 378, 72))
    bolts = "".join(
        circle(move(c, angle, 70), 4.4, BRASS, INK, stroke_width=1.2) for angle in range(18, 378, 72)
    )
    end = move(c, -32, 196)
    return "".join(
        [
            backdrop(),
            ring(c, 108, 52, METAL, 5),
            circle(c, 96, "var(--art-paper,#f6f4ec)", INK, stroke_width=1.4),
            circle(c, 96, PETROL, None, fill_opacity=".12"),
            circle(c, 84, "none", METAL, stroke_width=9),
            circle(c, 88.5, "none", INK, stroke_width=1),
            circle(c, 79.5, "none", INK, stroke_width=1),
            arms,
            flats,
            bolts,
            line([c, end], INK, 27, stroke_linecap="round"),
            line([c, end], METAL, 23, stroke_linecap="round"),
            line([move(c, -32, 36), move(c, -32, 168)], DARK, 7, stroke_linecap="round"),
            circle(c, 20, METAL, INK, stroke_width=2),
            circle(c, 11, DARK, INK),
            circle(end, 7, DARK, INK),
        ]
    )


def bottom_bracket() -> str:
    """A bottom bracket with cups and axle, lying."""
    thread = "".join(f"M{x} 112v76" for x in range(126, 168, 7))
    thread += "".join(f"M{x} 112v76" for x in range(316, 358, 7))
    return "".join(
        [
            backdrop(),
            line([(64, 150), (416, 150)], INK, 40),
            line([(66, 150), (414, 150)], METAL, 36),
            path("M78 132v36M90 132v36M390 132v36M402 132v36", "none", INK, 1.4),
            path("M66 140h348", "none", "#fff", 3, stroke_opacity=".5"),
            rect(168, 116, 148, 68, 4, fill=PETROL, stroke=INK, stroke_width=2.2),
            path("M172 128h140", "none", "#fff", 3, stroke_opacity=".35"),
            rect(116, 108, 54, 84, 4, fill=METAL, stroke=INK, stroke_width=2.2),
            rect(312, 108, 54, 84, 4, fill=METAL, stroke=INK, stroke_width=2.2),
            path(thread, "none", INK, 1.2),
            rect(100, 98, 20, 104, 5, fill=BRASS, stroke=INK, stroke_width=2.2),
            rect(360, 98, 20, 104, 5, fill=BRASS, stroke=INK, stroke_width=2.2),
            path("".join(f"M100 {y}h20M360 {y}h20" for y in range(110, 200, 12)), "none", INK, 1.4),
        ]
    )


def chain() -> str:
    """A chain laid in a loose wave, drawn link by link; all links are equally long."""
    points: list[Point] = []
    x = 76.0
    for _ in range(28):
        points.append((x, 150 - 74 * sin((x - 76) / 328 * 3 * pi) * (1 - (x - 240) ** 2 / 90000)))
        slope = 74 * 3 * pi / 328 * cos((x - 76) / 328 * 3 * pi)
        x += 25 / (1 + slope * slope) ** 0.5
    outer: list[str] = []
    inner: list[str] = []
    for index, (start, end) in enumerate(itertools.pairwise(points)):
        target = outer if index % 2 else inner
        target.append(run(start, end))
    pins = "".join(circle(p, 3, BRASS, INK, stroke_width=1) for p in points)
    return "".join(
        [
            backdrop(),
            path("".join(inner), "none", INK, 15, stroke_linecap="round"),
            path("".join(inner), "none", DARK, 11.5, stroke_linecap="round"),
            path("".join(outer), "none", INK, 18, stroke_linecap="round"),
            path("".join(outer), "none", METAL, 14.5, stroke_linecap="round"),
            pins,
        ]
    )


def brake() -> str:
    """A calliper brake from the front."""
    left = "M236 92C176 96 150 140 158 214l20 2C178 166 196 128 240 122Z"
    right = "M244 84C312 88 338 140 322 214l-20 2C306 160 290 122 240 116Z"
    pad = "M150 206h34q6 0 6 6v20q0 6 -6 6h-34q-6 0 -6 -6v-20q0 -6 6 -6z"
    return "".join(
        [
            backdrop(),
            path("M244 30C246 52 262 60 286 76", "none", INK, 5),
            path("M244 30C246 52 262 60 286 76", "none", DARK, 3),
            rect(238, 14, 12, 26, 4, fill=BRASS, stroke=INK, stroke_width=1.6),
            shape(left, PAINT, 2.2, stroke_linejoin="round"),
            shape(right, METAL, 2.2, stroke_linejoin="round"),
            path(
                "M190 116C174 136 168 168 168 196",
                "none",
                "#fff",
                2.6,
                stroke_opacity=".4",
                stroke_linecap="round",
            ),
            circle((240, 106), 17, METAL, INK, stroke_width=2.2),
            circle((240, 106), 8, DARK, INK),
            circle((292, 82), 8, BRASS, INK, stroke_width=1.6),
            shape(pad, DARK, 2),
            shape(pad, DARK, 2, transform="translate(146 0)"),
            path("M150 222h34M296 222h34", "none", BRASS, 4),
            circle((167, 214), 5, METAL, INK, stroke_width=1.4),
            circle((313, 214), 5, METAL, INK, stroke_width=1.4),
        ]
    )


def derailleur() -> str:
    """A rear derailleur with its two pulleys and a piece of chain."""
    cage = "M214 168L262 262L286 252L240 158Z"
    body = "M176 56q34 -14 62 8l34 60q2 22 -22 26l-34 4q-14 -4 -18 -20l-34 -56q-4 -16 12 -22z"
    return "".join(
        [
            backdrop(),
            path("M92 277H274", "none", DARK, 6, stroke_dasharray="7 3"),
            shape("M148 40h40l14 30l-26 20l-30 -14z", METAL, 2.2, stroke_linejoin="round"),
            circle((172, 62), 11, BRASS, INK, stroke_width=2),
            shape(body, PAINT, 2.4, stroke_linejoin="round"),
            path("M196 76L236 138", "none", "#fff", 3, stroke_opacity=".4", stroke_linecap="round"),
            path("M210 66L254 126", "none", INK, 1.6),
            circle((190, 84), 9, METAL, INK, stroke_width=1.8),
            circle((246, 132), 9, METAL, INK, stroke_width=1.8),
            shape(cage, METAL, 2.2, stroke_linejoin="round"),
            ring((232, 166), 27, 11, DARK, 6),
            ring((272, 254), 27, 11, DARK, 6),
            circle((232, 166), 7, BRASS, INK, stroke_width=1.6),
            circle((272, 254), 7, BRASS, INK, stroke_width=1.6),
            path("M270 120C320 96 344 70 356 40", "none", INK, 6),
            path("M270 120C320 96 344 70 356 40", "none", PETROL, 3.6),
        ]
    )


PARTS = {
    "handlebar": handlebar,
    "handlebar-flat": handlebar_flat,
    "fork": fork,
    "headset": headset,
    "pedal": pedal,
    "crankset": crankset,
    "bottom-bracket": bottom_bracket,
    "chain": chain,
    "brake": brake,
    "derailleur": derailleur,
}
