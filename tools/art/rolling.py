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


def _single(*, is_rear: bool, is_mountain: bool) -> str:
    """One wheel, large: with sprockets when it is a rear one, with knobs and a disc for mountains."""
    center = (240.0, 152.0)
    tread = wheel(center, 124, 17 if is_mountain else 8, count=32 if is_rear else 24, knobs=is_mountain)
    disc = [
        circle(center, 36, "none", METAL, stroke_width=7),
        circle(center, 36, "none", INK, stroke_width=1.6, stroke_dasharray="2.400 5"),
        circle(center, 20, "none", METAL, stroke_width=2.4),
    ]
    sprockets = [ring(center, radius, teeth, METAL, 2.4) for radius, teeth in ((34, 30), (27, 24), (20, 18))]
    sprockets.append(circle(center, 12, BRASS, INK, stroke_width=1.6))
    hub = [
        line([(216, 152), (264, 152)], METAL, 6, stroke_linecap="round"),
        circle(center, 7, METAL, INK),
        circle(center, 2.4, DARK, None),
    ]
    parts = [backdrop(240, 152, 128), ground(96, 384, 277.5), tread]
    parts += disc if is_mountain and not is_rear else []
    parts += sprockets if is_rear else hub
    parts.append(line([(240, 41), (240, 56)] if not is_mountain else [(240, 48), (240, 62)], BRASS, 3.4))
    return "".join(parts)


def road_front() -> str:
    """A front wheel for roads."""
    return _single(is_rear=False, is_mountain=False)


def road_rear() -> str:
    """A rear wheel for roads."""
    return _single(is_rear=True, is_mountain=False)


def mountain_front() -> str:
    """A front wheel for mountains."""
    return _single(is_rear=False, is_mountain=True)


def mountain_rear() -> str:
    """A rear wheel for mountains."""
    return _single(is_rear=True, is_mountain=True)


def _tyre(x: float, y: float, radius: float, width: float, tread: str = "") -> str:
    knobs = circle((x, y), radius, "none", DARK, stroke_width=4, stroke_dasharray=tread) if tread else ""
    return "".join(
        [
            circle((x, y), radius - width / 2, "none", DARK, stroke_width=float(width)),
            knobs,
            circle((x, y), radius - width * 0.34, "none", "#fff", stroke_width=1.1, stroke_opacity=".25"),
            circle((x, y), radius - width + 1, "none", BRASS, stroke_width=3.4),
            circle((x, y), radius - width - 1, "none", INK, stroke_width=1),
        ]
    )


def tyre() -> str:
    """A mountain tyre and a folded one."""
    return _for_sale(_tyre(206, 152, 122, 25, "4.600 3.600"))


def tyre_road() -> str:
    """A road tyre, slim and smooth, and a folded one."""
    return _for_sale(_tyre(206, 152, 122, 11))


def tyre_touring() -> str:
    """A touring tyre with a fine tread and a reflecting stripe, and a folded one."""
    stripe = circle((206, 152), 108, "none", METAL, stroke_width=2.6)
    return _for_sale(_tyre(206, 152, 122, 18, "2 2.200") + stripe)


def _for_sale(standing: str) -> str:
    bundle = "".join(
        path(f"M{352 + i * 13} 178q-10 40 0 82q9 12 18 0q9 -40 0 -82q-9 -12 -18 0z", DARK, INK, 1.6)
        for i in range(3)
    )
    band = path("M346 206h60v30h-60z", BRASS, INK, 1.6)
    label = path("M356 216h40M356 225h26", "none", "#fff", 2.4, stroke_opacity=".85", stroke_linecap="round")
    return backdrop() + ground(70, 430, 277) + standing + bundle + band + label


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
    "wheel-road-front": road_front,
    "wheel-road-rear": road_rear,
    "wheel-mountain-front": mountain_front,
    "wheel-mountain-rear": mountain_rear,
    "tyre": tyre,
    "tyre-road": tyre_road,
    "tyre-touring": tyre_touring,
    "tube": tube,
}
