"""The frame of a bicycle laid out from its geometry, with wheels, drivetrain and saddle. Used by the drawings."""

from dataclasses import dataclass

from tools.art.pen import (
    BRASS,
    DARK,
    INK,
    METAL,
    Point,
    at,
    between,
    circle,
    line,
    move,
    num,
    path,
    rect,
    ring,
    run,
    shape,
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
