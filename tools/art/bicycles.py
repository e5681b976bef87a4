"""The three bicycles, drawn from their real geometry (millimetres and degrees). Used by draw_art.py."""

from tools.art.frames import GROUND, Frame, Geometry, saddle
from tools.art.pen import (
    BRASS,
    DARK,
    INK,
    METAL,
    PETROL,
    SAND,
    SHADE,
    TINT,
    Point,
    at,
    backdrop,
    between,
    circle,
    ground,
    group,
    line,
    move,
    num,
    path,
    rect,
    run,
    shape,
    tag,
    tilt,
    tubes,
)

ROAD = Geometry(
    wheel=672,
    tyre=26,
    wheelbase=988,
    chainstay=412,
    drop=70,
    seat_angle=73.5,
    head_angle=73,
    seat_tube=520,
    head_tube=140,
    fork=372,
    rake=45,
    saddle=690,
    slope=34,
    scale=0.272,
)
MOUNTAIN = Geometry(
    wheel=736,
    tyre=54,
    wheelbase=1128,
    chainstay=436,
    drop=44,
    seat_angle=74,
    head_angle=68,
    seat_tube=440,
    head_tube=112,
    fork=522,
    rake=46,
    saddle=690,
    slope=20,
    scale=0.236,
)
TOURING = Geometry(
    wheel=694,
    tyre=38,
    wheelbase=1064,
    chainstay=452,
    drop=66,
    seat_angle=72,
    head_angle=71.5,
    seat_tube=540,
    head_tube=170,
    fork=392,
    rake=52,
    saddle=670,
    slope=46,
    scale=0.254,
)


def road() -> str:
    """A road bicycle with drop bar, calliper brakes and narrow tyres."""
    frame = Frame(ROAD)
    spacer = move(frame.head_top, frame.axis, 20 * frame.s)
    clamp = move(spacer, 8, 100 * frame.s)
    x, y = clamp
    bar = (
        f"M{at(clamp)}L{at((x + 14, y - 2))}C{at((x + 36, y - 4))} {at((x + 36, y + 33))} {at((x + 14, y + 34))}"
        f"L{at((x - 8, y + 34))}"
    )
    hood = (
        f"M{at((x + 10, y - 5))}C{at((x + 18, y - 8))} {at((x + 24, y - 15))} {at((x + 29, y - 14))}"
        f"C{at((x + 34, y - 13))} {at((x + 33, y - 4))} {at((x + 28, y + 3))}L{at((x + 22, y + 4))}Z"
    )
    lever = f"M{at((x + 29, y - 2))}C{at((x + 37, y + 6))} {at((x + 37, y + 20))} {at((x + 31, y + 28))}"
    brake_f = move(frame.crown, 200, 2)
    brake_r = between(frame.top_rear, frame.rear, 0.2)
    cage_at = between(frame.bb, frame.down_front, 0.36)
    return "".join(
        [
            backdrop(),
            ground(22, 458, GROUND + 1.5),
            frame.wheels(28),
            _calliper(brake_r, -0.35),
            _calliper((frame.crown[0] + 5, frame.crown[1] + 5), 0.3),
            frame.seatpost(),
            frame.fork_legs(6.4),
            frame.body(7.6, 9.6, 8.4, 4.8),
            _bottle(cage_at, tilt(frame.bb, frame.down_front)),
            _band(frame),
            frame.drivetrain(103, 52),
            saddle(frame.post),
            line([frame.head_top, spacer], METAL, 8),
            line([spacer, clamp], INK, 8.4, stroke_linecap="round"),
            line([spacer, clamp], DARK, 6, stroke_linecap="round"),
            path(bar, "none", INK, 8.4, stroke_linecap="round"),
            path(bar, "none", BRASS, 6, stroke_linecap="round"),
            path(lever, "none", METAL, 3, stroke_linecap="round"),
            shape(hood, DARK, 1.2),
            path(
                f"M{at((x + 22, y - 8))}C{at((x + 6, y - 24))} {at((brake_f[0] - 6, y - 6))} {at(brake_f)}",
                "none",
                INK,
                1,
            ),
        ]
    )


def _calliper(center: Point, lean: float) -> str:
    x, y = center
    d = f"M{at((x - 6, y - 5))}Q{at((x + 4 * lean, y - 10))} {at((x + 6, y - 5))}L{at((x + 4, y + 8))}"
    return path(d + f"M{at((x - 6, y - 5))}L{at((x - 4, y + 8))}", "none", METAL, 3, stroke_linecap="round")


def _bottle(center: Point, angle: float) -> str:
    x, y = center
    body = "M-24 -15.5H10Q15 -15.5 15 -19H20V-9H15Q15 -3.5 10 -3.5H-24Q-27 -3.5 -27 -6.5V-12.5Q-27 -15.5 -24 -15.5Z"
    return group(
        path(body, TINT, INK, 1.3),
        path("M-14 -15.5V-3.5M-6 -15.5V-3.5", "none", PETROL, 2.6),
        path("M20 -17H25V-11H20", DARK, INK, 1),
        path("M-28 -2.4H2M-20 -2.4Q-8 -20 4 -16", "none", METAL, 1.8),
        transform=f"translate({num(x)} {num(y)}) rotate({num(-angle)}) scale(1.2)",
    )


def _band(frame: Frame) -> str:
    """The house's brass bands on seat and head tube."""
    low, high = between(frame.bb, frame.seat, 0.62), between(frame.bb, frame.seat, 0.68)
    return line([low, high], BRASS, 8.4) + line(
        [between(low, high, 1.6), between(low, high, 1.9)], BRASS, 8.4
    )


def mountain() -> str:
    """A mountain bicycle with suspension fork, wide knobbly tyres and disc brakes."""
    frame = Frame(MOUNTAIN)
    rotor = "".join(
        circle(center, 19, "none", METAL, stroke_width=4.6)
        + circle(center, 19, "none", INK, stroke_width=1.1, stroke_dasharray="1.6 3.2")
        + circle(center, 11, "none", METAL, stroke_width=1.6)
        for center in (frame.rear, frame.front)
    )
    brace = [between(frame.bb, frame.seat, 0.86), between(frame.top_rear, frame.top_front, 0.14)]
    return "".join(
        [
            backdrop(),
            ground(20, 460, GROUND + 3),
            frame.wheels(28, knobs=True),
            rotor,
            frame.seatpost(),
            _suspension(frame),
            frame.body(10, 12.6, 9, 6.2),
            line(brace, SHADE, 4.6),
            _band(frame),
            frame.drivetrain(66, 92, rings=1),
            saddle(frame.post, fill=DARK, size=0.94),
            _flat_bar(frame),
        ]
    )


def _seal(frame: Frame) -> Point:
    """Where the bright upper tube of the suspension fork goes into the lower one."""
    return between((frame.crown[0] + 6.5, frame.crown[1] + 2), frame.front, 0.46)


def _suspension(frame: Frame) -> str:
    offset = (frame.crown[0] + 6.5, frame.crown[1] + 2)
    seal = _seal(frame)
    legs_low = move(frame.front, frame.axis, 30 * frame.s)
    collar = rect(
        seal[0] - 7.5,
        seal[1] - 3,
        15,
        6,
        2,
        fill=BRASS,
        stroke=INK,
        stroke_width=1,
        transform=f"rotate({num(90 - frame.axis)} {at(seal)})",
    )
    bridge = f"M{at(move(frame.crown, 180, 7))}L{at(move(offset, 0, 5))}"
    return "".join(
        [
            line([offset, seal], INK, 9.6),
            line([offset, seal], METAL, 7),
            tubes([(run(seal, frame.front), 10)], DARK),
            collar,
            line([legs_low, move(legs_low, 0, 8)], DARK, 5, stroke_linecap="round"),
            path(bridge, "none", DARK, 10, stroke_linecap="round"),
        ]
    )


def _flat_bar(frame: Frame) -> str:
    spacer = move(frame.head_top, frame.axis, 16 * frame.s)
    clamp = move(spacer, 6, 62 * frame.s)
    seal = _seal(frame)
    x, y = clamp
    rise = f"M{at((x + 2, y))}C{at((x - 3, y - 5))} {at((x - 5, y - 7))} {at((x - 13, y - 8))}"
    grip = f"M{at((x + 4, y - 8))}L{at((x - 18, y - 9))}"
    lever = f"M{at((x + 7, y - 6))}L{at((x + 17, y + 4))}"
    low, end = (seal[0] + 12, seal[1] - 20), (seal[0] + 6, seal[1])
    hose = f"M{at((x + 6, y - 6))}C{at((x + 22, y + 22))} {at(low)} {at(end)}"
    return "".join(
        [
            line([frame.head_top, spacer], METAL, 9),
            line([spacer, clamp], INK, 10, stroke_linecap="round"),
            line([spacer, clamp], DARK, 7.4, stroke_linecap="round"),
            path(rise, "none", DARK, 5.4, stroke_linecap="round"),
            path(grip, "none", INK, 9.4, stroke_linecap="round"),
            path(grip, "none", BRASS, 7, stroke_linecap="round"),
            path(lever, "none", METAL, 3, stroke_linecap="round"),
            path(hose, "none", INK, 1.1),
        ]
    )


def touring() -> str:
    """A touring bicycle with mudguards, carrier and pannier, lights and an upright bar."""
    frame = Frame(TOURING)
    return "".join(
        [
            backdrop(),
            ground(20, 460, GROUND + 1.5),
            _guard(frame.rear, frame.radius + 5.5, 200, 22),
            _guard(frame.front, frame.radius + 5.5, 196, 58),
            frame.wheels(22),
            line([frame.rear, move(frame.rear, 190, frame.radius + 5)], METAL, 1.6),
            line([frame.front, move(frame.front, 8, 2)], METAL, 1.6),
            line(
                [between(frame.bb, frame.rear, 0.42), (frame.rear[0] + 38, GROUND)],
                DARK,
                4,
                stroke_linecap="round",
            ),
            _carrier(frame),
            frame.seatpost(),
            frame.fork_legs(7.2),
            circle(frame.front, 9, METAL, INK, stroke_width=1.2),
            circle(frame.front, 2.4, DARK, None),
            frame.body(8.4, 10.4, 9, 5.2),
            _band(frame),
            _bottle(between(frame.bb, frame.down_front, 0.4), tilt(frame.bb, frame.down_front)),
            frame.drivetrain(88, 58, rings=2),
            _chain_guard(frame),
            saddle((frame.post[0], frame.post[1] - 2), sprung=True, size=1.02),
            _pannier(frame),
            _headlamp(frame),
            _swept_bar(frame),
        ]
    )


def _swept_bar(frame: Frame) -> str:
    spacer = move(frame.head_top, frame.axis, 46 * frame.s)
    clamp = move(spacer, 22, 74 * frame.s)
    x, y = clamp
    bend, grip_end = (x - 12, y - 12), (x - 36, y - 7)
    rise = f"M{at(clamp)}C{at((x + 5, y - 7))} {at((x, y - 12))} {at(bend)}"
    lever = f"M{at((x - 3, y - 8))}C{at((x, y - 1))} {at((x - 10, y + 3))} {at((x - 22, y + 3))}"
    return "".join(
        [
            line([frame.head_top, spacer], METAL, 9),
            line([spacer, clamp], INK, 8.6, stroke_linecap="round"),
            line([spacer, clamp], METAL, 6.2, stroke_linecap="round"),
            tubes([(rise, 4.4)], METAL, shine=False),
            line([bend, grip_end], INK, 9.8, stroke_linecap="round"),
            line([bend, grip_end], BRASS, 7.4, stroke_linecap="round"),
            path(lever, "none", METAL, 2.6, stroke_linecap="round"),
            circle((x + 3, y - 6), 4.6, BRASS, INK, stroke_width=1.2),
        ]
    )


def _guard(center: Point, radius: float, start: float, end: float) -> str:
    first, last = move(center, start, radius), move(center, end, radius)
    large = 1 if abs(start - end) > 180 else 0
    d = f"M{at(first)}A{num(radius)} {num(radius)} 0 {large} 1 {at(last)}"
    return path(d, "none", INK, 5.4, stroke_linecap="round") + tag(
        "path", d=d, fill="none", stroke=SHADE, stroke_width=3, stroke_linecap="round"
    )


def _carrier(frame: Frame) -> str:
    y = frame.rear[1] - frame.radius - 14
    left, right = frame.rear[0] - 38, frame.rear[0] + 42
    joint = between(frame.top_rear, frame.rear, 0.24)
    legs = f"M{num(left + 16)} {num(y)}L{at(frame.rear)}L{num(right - 22)} {num(y)}M{num(right)} {num(y)}L{at(joint)}"
    lamp = f"M{num(left - 2)} {num(y + 1)}h-7q-3 6 0 12h7z"
    return (
        path(legs, "none", DARK, 2.6, stroke_linejoin="round")
        + path(f"M{num(left)} {num(y)}H{num(right)}", "none", DARK, 4.4, stroke_linecap="round")
        + shape(lamp, "#c2412f", 1.2)
    )


def _pannier(frame: Frame) -> str:
    x, y = frame.rear[0] - 34, frame.rear[1] - frame.radius - 12
    body = f"M{num(x)} {num(y)}h62q3 0 3 4l-5 56q-1 8 -8 8h-44q-7 0 -8 -8l-4 -56q0 -4 4 -4z"
    flap = f"M{num(x - 2)} {num(y - 3)}h66q3 0 3 4v14q0 10 -12 10h-48q-12 0 -12 -10v-14q0 -4 3 -4z"
    straps = f"M{num(x + 14)} {num(y - 3)}v40M{num(x + 46)} {num(y - 3)}v40"
    buckles = f"M{num(x + 10)} {num(y + 32)}h8v7h-8zM{num(x + 42)} {num(y + 32)}h8v7h-8z"
    return "".join(
        [
            shape(body, SAND, 1.5, stroke_linejoin="round"),
            shape(flap, BRASS, 1.5, stroke_linejoin="round"),
            path(straps, "none", DARK, 3),
            shape(buckles, METAL, 1),
        ]
    )


def _headlamp(frame: Frame) -> str:
    x, y = frame.crown[0] + 8, frame.crown[1] - 16
    return (
        line([(x - 8, y + 8), (x + 2, y + 1)], DARK, 2.6)
        + shape(f"M{num(x)} {num(y - 6)}h8q6 0 6 7t-6 7h-8q-5 -7 0 -14z", METAL, 1.2)
        + path(f"M{num(x + 9)} {num(y - 5)}q6 6 0 12", "none", BRASS, 2.4)
    )


def _chain_guard(frame: Frame) -> str:
    r = 88 * frame.s + 3
    d = f"M{at(move(frame.bb, 160, r))}A{num(r)} {num(r)} 0 0 1 {at(move(frame.bb, 20, r))}"
    return path(d, "none", INK, 3.6, stroke_linecap="round")
