"""The three bicycles, drawn from their real geometry (millimetres and degrees). Used by draw_art.py."""

from dataclasses import dataclass

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
    ring,
    run,
    shape,
    tag,
    tilt,
    tubes,
    wheel,
)

GROUND = 276.0


@dataclass(frozen=True)
class Geometry:
    """What a frame builder would write down."""

    wheel: float
    tyre: float
    wheelbase: float
    chainstay: float
    drop: float
    seat_angle: float
    head_angle: float
    seat_tube: float
    head_tube: float
    fork: float
    rake: float
    saddle: float
    slope: float
    scale: float


class Frame:
    """A geometry laid out on the page: all named points."""

    def __init__(self, g: Geometry) -> None:
        s = g.scale
        self.g = g
        self.s = s
        self.radius = g.wheel / 2 * s
        span = g.wheelbase * s
        y = GROUND - self.radius
        self.rear: Point = (240 - span / 2, y)
        self.front: Point = (240 + span / 2, y)
        reach = (g.chainstay**2 - g.drop**2) ** 0.5 * s
        self.bb: Point = (self.rear[0] + reach, y + g.drop * s)
        self.seat = move(self.bb, 180 - g.seat_angle, g.seat_tube * s)
        self.post = move(self.bb, 180 - g.seat_angle, g.saddle * s)
        axis = 180 - g.head_angle
        along = (g.fork**2 - g.rake**2) ** 0.5 * s
        self.crown = move(move(self.front, axis, along), axis + 90, g.rake * s)
        self.head_low = move(self.crown, axis, 12 * s)
        self.head_top = move(self.head_low, axis, g.head_tube * s)
        self.axis = axis
        self.top_front = move(self.head_top, axis, -24 * s)
        self.top_rear = move(self.bb, 180 - g.seat_angle, (g.seat_tube - g.slope) * s)
        self.down_front = move(self.head_low, axis, 26 * s)

    def body(self, top: float, down: float, seat: float, stay: float) -> str:
        """Main triangle and stays."""
        return tubes(
            [
                (run(self.bb, self.rear), stay),
                (run(self.top_rear, self.rear), stay * 0.85),
                (run(self.bb, self.seat), seat),
                (run(self.top_rear, self.top_front), top),
                (run(self.bb, self.down_front), down),
                (run(self.head_low, self.head_top), down * 1.05),
            ]
        )

    def wheels(self, count: int, knobs: bool = False) -> str:
        """Both wheels."""
        tyre = self.g.tyre * self.s
        return "".join(
            wheel(center, self.radius, tyre, count=count, knobs=knobs) for center in (self.rear, self.front)
        )

    def drivetrain(self, ring_radius: float, sprocket: float, rings: int = 2) -> str:
        """Sprockets, derailleur, chain, crankset and pedals."""
        r, q = ring_radius * self.s, sprocket * self.s
        jockey = (self.rear[0] + 6, self.rear[1] + q + 11)
        lower = (self.rear[0] + 12, self.rear[1] + q + 26)
        crank = 170 * self.s
        pedal, other = move(self.bb, -28, crank), move(self.bb, 152, crank)
        chain = (
            f"M{at((self.rear[0], self.rear[1] - q))}L{at((self.bb[0], self.bb[1] - r))}"
            f"M{at((lower[0], lower[1] + 3))}L{at((self.bb[0], self.bb[1] + r))}"
            f"M{at((jockey[0] + 3, jockey[1]))}L{at((self.rear[0] + q * 0.8, self.rear[1] + q * 0.55))}"
        )
        inner = circle(self.bb, r * 0.74, "none", METAL, stroke_width=2.2) if rings > 1 else ""
        arms = "".join(
            line([self.bb, move(self.bb, angle, r - 2)], METAL, 3.4) for angle in range(20, 380, 72)
        )
        return "".join(
            [
                ring(self.rear, q, 16, METAL, 1.8),
                circle(self.rear, q * 0.62, "none", INK, stroke_width=0.8),
                circle(self.rear, 4, DARK, None),
                line([other, self.bb], INK, 5, stroke_linecap="round"),
                _pedal(other),
                path(chain, "none", DARK, 2.4, stroke_dasharray="2.4 1.2"),
                line(
                    [(self.rear[0] + 2, self.rear[1] + 6), jockey, lower], DARK, 4.5, stroke_linecap="round"
                ),
                circle(jockey, 3.4, METAL, INK, stroke_width=1),
                circle(lower, 3.4, METAL, INK, stroke_width=1),
                circle(self.bb, r - 1.4, "none", METAL, stroke_width=3.6),
                circle(self.bb, r, "none", INK, stroke_width=1, stroke_dasharray="2 1.6"),
                inner,
                arms,
                line([self.bb, pedal], INK, 7.4, stroke_linecap="round"),
                line([self.bb, pedal], METAL, 5, stroke_linecap="round"),
                circle(self.bb, 5, METAL, INK, stroke_width=1.2),
                circle(self.bb, 1.8, DARK, None),
                _pedal(pedal),
            ]
        )

    def fork_legs(self, width: float) -> str:
        """A rigid fork with a gentle curve towards the axle."""
        bend = between(self.crown, move(self.front, self.axis, 60 * self.s), 0.62)
        knee = move(bend, self.axis + 90, -2)
        return tubes(
            [(f"M{at(self.crown)}L{at(between(self.crown, bend, 0.9))}Q{at(knee)} {at(self.front)}", width)]
        )

    def seatpost(self) -> str:
        """The bright post between seat tube and saddle, with its clamp."""
        clamp = move(self.seat, 180 - self.g.seat_angle, 2)
        return (
            line([self.seat, self.post], INK, 8, stroke_linecap="butt")
            + line([self.seat, self.post], METAL, 5.6)
            + line([move(clamp, -self.g.seat_angle, 5), clamp], DARK, 10.5)
        )


def _pedal(center: Point) -> str:
    x, y = center
    return rect(x - 11, y - 2.6, 22, 5.2, 2, fill=DARK, stroke=INK, stroke_width=1)


def saddle(top: Point, *, sprung: bool = False, fill: str = BRASS, size: float = 1) -> str:
    """A saddle seen from the side; ``top`` is the upper end of the seatpost."""
    x, y = top
    k = 0.86 * size

    def p(dx: float, dy: float) -> str:
        return at((x + dx * k, y + dy * k))

    hull = (
        f"M{p(-33, -12)}C{p(-34, -17)} {p(-22, -16)} {p(-8, -12.5)}S{p(26, -13)} {p(38, -12)}C{p(42, -11)} {p(41, -7)} "
        f"{p(36, -7)}C{p(20, -7)} {p(4, -6)} {p(-6, -2)}S{p(-30, 3)} {p(-33, -12)}Z"
    )
    rails = path(f"M{p(-24, -4)}C{p(-16, 4)} {p(4, 4)} {p(26, -7)}", "none", METAL, 2.4)
    coils = (
        "".join(path(f"M{p(-29 + i * 5, -2)}V{num(y + 8 * k)}", "none", METAL, 3.4) for i in range(3))
        if sprung
        else ""
    )
    return rails + coils + shape(hull, fill, 1.6, stroke_linejoin="round")


def road() -> str:
    """A road bicycle with drop bar, calliper brakes and narrow tyres."""
    frame = Frame(
        Geometry(
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
    )
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
    frame = Frame(
        Geometry(
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
    )
    s, axis = frame.s, frame.axis
    crown = frame.crown
    legs_low = move(frame.front, axis, 30 * s)
    offset = (crown[0] + 6.5, crown[1] + 2)
    seal = between(offset, frame.front, 0.46)
    spacer = move(frame.head_top, axis, 16 * s)
    clamp = move(spacer, 6, 62 * s)
    x, y = clamp
    rotor = "".join(
        circle(center, 19, "none", METAL, stroke_width=4.6)
        + circle(center, 19, "none", INK, stroke_width=1.1, stroke_dasharray="1.6 3.2")
        + circle(center, 11, "none", METAL, stroke_width=1.6)
        for center in (frame.rear, frame.front)
    )
    seat_brace = between(frame.bb, frame.seat, 0.86)
    return "".join(
        [
            backdrop(),
            ground(20, 460, GROUND + 3),
            frame.wheels(28, knobs=True),
            rotor,
            frame.seatpost(),
            line([offset, seal], INK, 9.6),
            line([offset, seal], METAL, 7),
            tubes([(run(seal, frame.front), 10)], DARK),
            rect(
                seal[0] - 7.5,
                seal[1] - 3,
                15,
                6,
                2,
                fill=BRASS,
                stroke=INK,
                stroke_width=1,
                transform=f"rotate({num(90 - axis)} {at(seal)})",
            ),
            line([legs_low, move(legs_low, 0, 8)], DARK, 5, stroke_linecap="round"),
            path(
                f"M{at(move(crown, 180, 7))}L{at(move(offset, 0, 5))}",
                "none",
                DARK,
                10,
                stroke_linecap="round",
            ),
            frame.body(10, 12.6, 9, 6.2),
            line([seat_brace, between(frame.top_rear, frame.top_front, 0.14)], SHADE, 4.6),
            _band(frame),
            frame.drivetrain(66, 92, rings=1),
            saddle(frame.post, fill=DARK, size=0.94),
            line([frame.head_top, spacer], METAL, 9),
            line([spacer, clamp], INK, 10, stroke_linecap="round"),
            line([spacer, clamp], DARK, 7.4, stroke_linecap="round"),
            path(
                f"M{at((x + 2, y))}C{at((x - 3, y - 5))} {at((x - 5, y - 7))} {at((x - 13, y - 8))}",
                "none",
                DARK,
                5.4,
                stroke_linecap="round",
            ),
            path(f"M{at((x + 4, y - 8))}L{at((x - 18, y - 9))}", "none", INK, 9.4, stroke_linecap="round"),
            path(f"M{at((x + 4, y - 8))}L{at((x - 18, y - 9))}", "none", BRASS, 7, stroke_linecap="round"),
            path(f"M{at((x + 7, y - 6))}L{at((x + 17, y + 4))}", "none", METAL, 3, stroke_linecap="round"),
            path(
                f"M{at((x + 6, y - 6))}C{at((x + 22, y + 22))} {at((seal[0] + 12, seal[1] - 20))}"
                f" {at((seal[0] + 6, seal[1]))}",
                "none",
                INK,
                1.1,
            ),
        ]
    )


def touring() -> str:
    """A touring bicycle with mudguards, carrier and pannier, lights and an upright bar."""
    frame = Frame(
        Geometry(
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
    )
    s, axis = frame.s, frame.axis
    spacer = move(frame.head_top, axis, 46 * s)
    clamp = move(spacer, 22, 74 * s)
    x, y = clamp
    bend, grip_end = (x - 12, y - 12), (x - 36, y - 7)
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
            line([frame.head_top, spacer], METAL, 9),
            line([spacer, clamp], INK, 8.6, stroke_linecap="round"),
            line([spacer, clamp], METAL, 6.2, stroke_linecap="round"),
            tubes(
                [(f"M{at(clamp)}C{at((x + 5, y - 7))} {at((x, y - 12))} {at(bend)}", 4.4)], METAL, shine=False
            ),
            line([bend, grip_end], INK, 9.8, stroke_linecap="round"),
            line([bend, grip_end], BRASS, 7.4, stroke_linecap="round"),
            path(
                f"M{at((x - 3, y - 8))}C{at((x, y - 1))} {at((x - 10, y + 3))} {at((x - 22, y + 3))}",
                "none",
                METAL,
                2.6,
                stroke_linecap="round",
            ),
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
