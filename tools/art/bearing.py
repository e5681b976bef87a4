"""What bears the rider: bare frames and saddles. Used by draw_art.py."""

from tools.art.frames import Frame, Geometry
from tools.art.pen import (
    BRASS,
    DARK,
    INK,
    METAL,
    PAINT,
    SHADE,
    at,
    backdrop,
    between,
    circle,
    group,
    line,
    move,
    num,
    path,
    shape,
)

ROAD_FRAME = Geometry(
    wheel=300,
    tyre=26,
    wheelbase=1010,
    chainstay=420,
    drop=66,
    seat_angle=73,
    head_angle=72.5,
    seat_tube=540,
    head_tube=150,
    fork=380,
    rake=46,
    saddle=560,
    slope=40,
    scale=0.335,
)
TOURING_FRAME = Geometry(
    wheel=300,
    tyre=26,
    wheelbase=1050,
    chainstay=450,
    drop=66,
    seat_angle=72,
    head_angle=71.5,
    seat_tube=560,
    head_tube=200,
    fork=392,
    rake=52,
    saddle=580,
    slope=20,
    scale=0.325,
)
MOUNTAIN_FRAME = Geometry(
    wheel=300,
    tyre=26,
    wheelbase=1130,
    chainstay=436,
    drop=44,
    seat_angle=74,
    head_angle=68,
    seat_tube=440,
    head_tube=115,
    fork=530,
    rake=46,
    saddle=460,
    slope=14,
    scale=0.335,
)


def frame() -> str:
    """A bare road frame with its fork, large on the page."""
    f = Frame(ROAD_FRAME)
    tip = f"M{at((f.front[0] - 7, f.front[1] - 8))}h12l3 9q-4 9 -13 7l-3 -6z"
    steerer = move(f.head_top, f.axis, 22)
    fork = [
        shape(tip, METAL, 1.4),
        line([f.head_top, steerer], INK, 12),
        line([f.head_top, steerer], METAL, 9),
        f.fork_legs(9),
    ]
    return backdrop() + "".join(fork) + _bare(f, f.body(11.5, 14.5, 13, 7))


def frame_touring() -> str:
    """A bare touring frame with its fork: upright, with eyelets for carrier and mudguards."""
    f = Frame(TOURING_FRAME)
    tip = f"M{at((f.front[0] - 7, f.front[1] - 8))}h12l3 9q-4 9 -13 7l-3 -6z"
    steerer = move(f.head_top, f.axis, 22)
    eyelets = "".join(
        circle(point, 3.4, BRASS, INK, stroke_width=1.2)
        for point in (
            (f.rear[0] + 2, f.rear[1] - 12),
            between(f.top_rear, f.rear, 0.2),
            between(f.crown, f.front, 0.55),
        )
    )
    fork = [
        shape(tip, METAL, 1.4),
        line([f.head_top, steerer], INK, 12),
        line([f.head_top, steerer], METAL, 9),
        f.fork_legs(10),
    ]
    return backdrop() + "".join(fork) + _bare(f, f.body(12.5, 15, 13, 7.6)) + eyelets


def frame_mountain() -> str:
    """A bare mountain frame without a fork: low, with stout tubes and a brace at the seat."""
    f = Frame(MOUNTAIN_FRAME)
    brace = [between(f.bb, f.seat, 0.82), between(f.top_rear, f.top_front, 0.16)]
    disc = f"M{at((f.rear[0] + 14, f.rear[1] - 4))}l14 -16l10 6l-10 16z"
    return "".join(
        [
            backdrop(),
            group(
                shape(disc, METAL, 1.4, stroke_linejoin="round"),
                _bare(f, f.body(14, 19, 13, 9)),
                line(brace, INK, 9),
                line(brace, SHADE, 6.6),
                transform="translate(34 14)",
            ),
        ]
    )


def _bare(f: Frame, body: str) -> str:
    """What every bare frame shows: dropout, tubes, bands, bottom bracket shell, seat clamp, cage bolts."""
    drop_out = f"M{at((f.rear[0] - 9, f.rear[1] + 9))}q-6 -10 2 -17l16 -1l3 8l-8 10z"
    return "".join(
        [
            shape(drop_out, METAL, 1.4),
            body,
            line([move(f.head_low, f.axis, 4), move(f.head_low, f.axis, 8)], BRASS, 19),
            line([move(f.head_top, f.axis, -8), move(f.head_top, f.axis, -4)], BRASS, 19),
            line([between(f.bb, f.seat, 0.6), between(f.bb, f.seat, 0.66)], BRASS, 14),
            line([between(f.bb, f.seat, 0.69), between(f.bb, f.seat, 0.71)], BRASS, 14),
            circle(f.bb, 13, SHADE, INK, stroke_width=1.6),
            circle(f.bb, 8, METAL, INK, stroke_width=1.4),
            circle(f.bb, 4, DARK, None),
            line([move(f.seat, 17, 8), move(f.seat, 197, 8)], METAL, 5, stroke_linecap="round"),
            circle(between(f.bb, f.down_front, 0.45), 2, METAL, INK, stroke_width=1),
            circle(between(f.bb, f.down_front, 0.58), 2, METAL, INK, stroke_width=1),
        ]
    )


def seat() -> str:
    """A mountain saddle, large on its post."""
    return _seat(DARK)


def seat_road() -> str:
    """A racing saddle: slim, with a groove."""
    groove = path("M180 116C236 128 300 122 350 114", "none", DARK, 5, stroke_linecap="round")
    return _seat(PAINT, slim=0.78) + groove


def seat_touring() -> str:
    """A touring saddle of leather, sprung."""
    coils = "".join(
        path(f"M{x} 152v34", "none", INK, 15) + path(f"M{x} 152v34", "none", METAL, 12) for x in (126, 150)
    )
    turns = "".join(f"M{x - 8} {y}l16 -5" for x in (126, 150) for y in range(160, 190, 7))
    return _seat(BRASS, extra=coils + path(turns, "none", INK, 1.6) + path("M114 186h52", "none", DARK, 7))


def _seat(fill: str, *, slim: float = 1, extra: str = "") -> str:
    post = line([(232, 188), (218, 276)], INK, 22) + line([(232, 190), (218, 276)], METAL, 18)
    clamp = shape("M204 172h56q8 0 8 9t-8 9h-56q-8 0 -8 -9t8 -9z", DARK, 2)
    rails = "M146 158C176 186 262 194 352 122"
    hull = (
        "M94 110C92 88 122 86 170 98C226 112 284 104 352 98C384 96 396 100 394 110C392 122 376 124 356 124"
        "C290 124 250 134 214 152C176 170 104 176 94 110Z"
    )
    shine = "M112 106C150 100 196 124 250 121C300 118 340 112 380 108"
    rivets = ((108, 104), (106, 118), (384, 106))
    cover = [
        shape(hull, fill, 2.4, stroke_linejoin="round"),
        path(shine, "none", "#fff", 2.6, stroke_opacity=".45", stroke_linecap="round"),
        path(
            "M118 128C140 148 178 148 206 136", "none", INK, 1.4, stroke_dasharray="4 4", stroke_opacity=".7"
        ),
        "".join(circle(point, 2.6, METAL, INK, stroke_width=1) for point in rivets),
    ]
    fitted = f"translate(0 {num(150 * (1 - slim))}) scale(1 {slim})" if slim != 1 else None
    return "".join(
        [
            backdrop(),
            post,
            path(rails, "none", METAL, 6),
            path(rails, "none", INK, 1, transform="translate(0 3)"),
            clamp,
            extra,
            group(*cover, transform=fitted),
        ]
    )


BEARING = {
    "frame": frame,
    "frame-touring": frame_touring,
    "frame-mountain": frame_mountain,
    "saddle": seat,
    "saddle-road": seat_road,
    "saddle-touring": seat_touring,
}
