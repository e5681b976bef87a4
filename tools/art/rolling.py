"""Wheels, tyres and tubes. Used by draw_art.py."""

from tools.art.pen import (
    BRASS,
    DARK,
    INK,
    METAL,
    backdrop,
    circle,
    ground,
    line,
    path,
    rect,
    ring,
    wheel,
)


def wheel_set() -> str:
    """A front wheel before a rear wheel with its sprockets."""
    back = wheel((296, 152), 112, 8, count=24)
    front = wheel((186, 152), 124, 9, count=28)
    sprockets = "".join(
        ring((296, 152), radius, teeth, METAL, 2) for radius, teeth in ((26, 26), (20, 20), (14, 15))
    )
    valve = line([(186, 39), (186, 52)], BRASS, 3.4, stroke_linecap="round")
    return "".join(
        [
            backdrop(240, 150, 128),
            ground(60, 420, 277),
            back,
            sprockets,
            circle((296, 152), 5, DARK, None),
            circle((186, 152), 118, "var(--art-paper,#f6f4ec)", None, fill_opacity=".35"),
            front,
            valve,
            line([(170, 152), (202, 152)], METAL, 5, stroke_linecap="round"),
            circle((186, 152), 7, METAL, INK),
            path("M190 156l16 14", "none", INK, 4.5, stroke_linecap="round"),
        ]
    )


def _tyre(x: float, y: float, radius: float, width: float) -> str:
    return "".join(
        [
            circle((x, y), radius - width / 2, "none", DARK, stroke_width=float(width)),
            circle((x, y), radius, "none", DARK, stroke_width=4, stroke_dasharray="4.6 3.6"),
            circle((x, y), radius - width * 0.34, "none", "#fff", stroke_width=1.1, stroke_opacity=".25"),
            circle((x, y), radius - width + 1, "none", BRASS, stroke_width=3.4),
            circle((x, y), radius - width - 1, "none", INK, stroke_width=1),
        ]
    )


def tyre() -> str:
    """Two tyres, one folded for sale."""
    bundle = "".join(
        path(f"M{352 + i * 13} 178q-10 40 0 82q9 12 18 0q9 -40 0 -82q-9 -12 -18 0z", DARK, INK, 1.6)
        for i in range(3)
    )
    band = path("M346 206h60v30h-60z", BRASS, INK, 1.6) + path(
        "M356 216h40M356 225h26", "none", "#fff", 2.4, stroke_opacity=".85", stroke_linecap="round"
    )
    return backdrop() + ground(70, 430, 277) + _tyre(206, 152, 122, 25) + bundle + band


def tube() -> str:
    """An inner tube, folded, with its valve."""
    d = "M150 196C90 186 92 92 168 96C232 98 268 212 332 206C398 200 392 112 324 108C262 104 224 200 150 196Z"
    return "".join(
        [
            backdrop(),
            path(d, "none", INK, 27),
            path(d, "none", DARK, 24),
            path(d, "none", "#fff", 2.4, stroke_opacity=".22", transform="translate(-3 -4)"),
            line([(240, 150), (240, 102)], INK, 9),
            line([(240, 150), (240, 104)], BRASS, 6),
            rect(235, 88, 10, 18, 4, fill=DARK, stroke=INK, stroke_width=1.4),
            rect(232, 134, 16, 8, 2, fill=METAL, stroke=INK, stroke_width=1.4),
        ]
    )


ROLLING = {
    "wheel": wheel_set,
    "tyre": tyre,
    "tube": tube,
}
