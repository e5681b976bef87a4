"""The picture of the home page, Bremen and the Weser with a bicycle on the quay, and the house's mark.

Used by draw_art.py.
"""

from tools.art.pen import (
    BRASS,
    PETROL,
    SAND,
    at,
    between,
    circle,
    group,
    move,
    num,
    path,
    rect,
    tag,
)
from tools.art.quay_bicycle import bicycle_on_the_quay

SKY = "var(--art-sky,#d5e6e2)"
SKY_LOW = "var(--art-sky-low,#f3e8cd)"
WINDOW = "var(--art-window,#f3e8cd)"
SUN = "var(--art-sun,#e5b765)"
FAR = "var(--art-far,#a9c9c6)"
NEAR = "var(--art-near,#4f8c90)"
WATER = "var(--art-water,#86b9b9)"
GLINT = "var(--art-glint,#f7f3e4)"
BANK = "var(--art-bank,#e2cfa4)"
GRASS = "var(--art-grass,#1d5b5c)"
SHORE = 640.0


def hero() -> str:
    """The whole scene, 1600 by 1000."""
    return "".join(
        [
            _sky(),
            _far_town(),
            _old_town(),
            _harbour(),
            _river(),
            _barge(),
            _sail(1240, 716, 1),
            _quay(),
            bicycle_on_the_quay(),
            _reeds(),
        ]
    )


def _sky() -> str:
    gulls = "".join(
        path(f"M{x} {y}q{s} {-s} {s * 2} 0q{s} {-s} {s * 2} 0", "none", NEAR, 3.4, stroke_linecap="round")
        for x, y, s in ((500, 190, 15), (570, 236, 11), (452, 262, 9), (1270, 170, 12))
    )
    clouds = "".join(
        path(
            f"M{x} {y}h{w}a22 22 0 0 0 -6 -44a44 44 0 0 0 -78 -16a34 34 0 0 0 -58 14a24 24 0 0 0 {158 - w - 6} 46z",
            GLINT,
            None,
            fill_opacity=".6",
        )
        for x, y, w in ((180, 250, 190), (1180, 320, 176))
    )
    return "".join(
        [
            rect(0, 0, 1600, 1000, fill=SKY),
            path("M0 470Q420 400 800 440T1600 400V660H0Z", SKY_LOW, None),
            circle((1030, 420), 250, SUN, None, fill_opacity=".16"),
            circle((1030, 420), 186, SUN, None, fill_opacity=".25"),
            circle((1030, 420), 124, SUN, None),
            clouds,
            gulls,
        ]
    )


def _far_town() -> str:
    """The drop tower, a church, poplars and long roofs, far away."""
    tower = "M322 640V300L334 250L346 300V640Z"
    roofs = (
        "M0 640V588H70V566H150V600H210V574L236 556L262 574V596H300V640ZM360 640V582H430V560L446 544L462 560V590H560"
        "V572H640V640ZM1040 640V580L1066 560L1092 580V596H1150V570H1230V600H1600V640Z"
    )
    poplars = "".join(
        tag("ellipse", cx=x, cy=float(640 - h / 2), rx=11, ry=float(h / 2), fill=FAR)
        for x, h in ((30, 96), (58, 120), (86, 104), (1120, 92), (1146, 116), (1172, 98))
    )
    return path(tower + roofs, FAR, None) + poplars + path("M334 250V206", "none", FAR, 4)


def _old_town() -> str:
    """Cathedral, town hall and the stepped gables of the Schlachte."""
    dom = (
        "M606 640V430L610 398L640 316L670 398L674 430V500H714V430L718 398L748 316L778 398L782 430V640Z"
        "M640 316V286M748 316V286"
    )
    nave = "M782 640V500L800 470H900L920 500V640Z"
    gables = ""
    x = 430
    for width, height in ((58, 96), (50, 122), (64, 84), (0, 0)):
        if width:
            gables += _gable(x, width, height)
            x += width
    x = 880
    for width, height in ((54, 104), (62, 84), (50, 120), (58, 92)):
        gables += _gable(x, width, height)
        x += width
    windows = "".join(f"M{x} {y}v22" for x in (628, 640, 652, 736, 748, 760) for y in (452, 520, 580))
    panes = "".join(f"M{x} {y}v16" for x in range(444, 600, 19) for y in (574, 606))
    panes += "".join(f"M{x} {y}v16" for x in range(894, 1096, 19) for y in (574, 606))
    return "".join(
        [
            path(dom + nave, NEAR, NEAR, 4, stroke_linejoin="round"),
            path(gables, NEAR, None),
            path(windows, "none", WINDOW, 6, stroke_linecap="round", stroke_opacity=".75"),
            path(panes, "none", WINDOW, 7, stroke_opacity=".55"),
            circle((694, 476), 12, WINDOW, None, fill_opacity=".75"),
            path("M606 430H674M714 430H782M600 500H790", "none", WINDOW, 2, stroke_opacity=".6"),
        ]
    )


def _gable(x: float, width: float, height: float) -> str:
    """One stepped gable house front."""
    step, rise = width / 6, 15
    d = f"M{num(x)} 640V{num(640 - height + 3 * rise)}"
    for _ in range(2):
        d += f"h{num(step)}v{-rise}"
    d += f"h{num(step)}v{-rise}h{num(width - 6 * step + 0.01)}"
    for _ in range(2):
        d += f"h{num(step)}v{rise}"
    return d + f"h{num(step)}v{rise}V640Z"


def _harbour() -> str:
    """The long warehouse of the Überseestadt and two slewing cranes."""
    store = "M1180 640V560H1216V540H1252V560H1340V540H1376V560H1464V540H1500V560H1600V640Z"
    panes = "".join(f"M{x} {y}v14" for x in range(1200, 1596, 22) for y in (576, 606))
    return "".join(
        [
            _crane(1420, 640, 1.0),
            path(store, NEAR, None),
            path(panes, "none", WINDOW, 8, stroke_opacity=".55"),
            _crane(1270, 640, 0.78),
            _crane(150, 640, 0.92, mirror=True),
        ]
    )


def _crane(x: float, y: float, size: float, *, mirror: bool = False) -> str:
    tip, lower, upper = (-214.0, -360.0), (-30.0, -176.0), (-14.0, -222.0)
    lattice = "L".join(at(between(lower if i % 2 else upper, tip, i * 0.085)) for i in range(12))
    d = (
        "M-44 0L-26-110H26L44 0M-36-50H36M-26-110L36-50M26-110L-36-50"
        f"M{at(lower)}L{at(tip)}L{at(upper)}M-14-222L40-150M-14-222V-176"
    )
    house = "M-34 -112H44V-160L30 -176H-10L-34 -150Z"
    rope = "M-214 -360V-212M-222 -212h16v14h-16z"
    across = -size if mirror else size
    return group(
        path(d + rope, "none", NEAR, 6, stroke_linejoin="round"),
        path("M" + lattice, "none", NEAR, 2.6),
        path(house, NEAR, None),
        path("M-24 -150h20v18h-20z", WINDOW, None, fill_opacity=".8"),
        path("M48 -150h34v34h-34z", NEAR, None),
        transform=f"translate({num(x)} {num(y)}) scale({across} {size})",
    )


def _river() -> str:
    strips = "".join(
        f"M{x} {y}h{w}"
        for x, y, w in (
            (40, 668, 90),
            (220, 690, 60),
            (380, 664, 120),
            (640, 684, 70),
            (820, 670, 50),
            (1160, 688, 80),
            (1340, 666, 130),
            (1500, 700, 60),
            (90, 742, 130),
            (560, 752, 110),
            (760, 722, 90),
            (1130, 764, 70),
            (1400, 752, 150),
            (20, 798, 90),
            (330, 806, 160),
            (720, 800, 60),
            (1220, 812, 120),
            (1480, 806, 90),
        )
    )
    sun = "".join(
        f"M{1030 - w / 2:.0f} {y}h{w}"
        for y, w in ((656, 170), (676, 120), (698, 190), (722, 90), (748, 130), (780, 70))
    )
    return "".join(
        [
            rect(0, SHORE, 1600, 240, fill=WATER),
            path(f"M0 {num(SHORE)}H1600", "none", NEAR, 6),
            path("M606 646h176v26h-176zM1180 646h420v14h-420z", NEAR, None, fill_opacity=".25"),
            path(sun, "none", SUN, 7, stroke_linecap="round", stroke_opacity=".85"),
            path(strips, "none", GLINT, 4, stroke_linecap="round", stroke_opacity=".65"),
        ]
    )


def _barge() -> str:
    """An inland motor vessel, loaded, with its wheelhouse aft."""
    hull = "M250 716H640L676 700Q668 742 646 752H282Q260 746 250 716Z"
    cargo = "".join(
        rect(330 + i * 50, 690, 46, 26, fill=fill)
        for i, fill in enumerate((BRASS, PETROL, SAND, BRASS, PETROL, SAND))
    )
    return "".join(
        [
            cargo,
            path("M270 716V670H318V716ZM262 670H326V662H262Z", GLINT, None),
            path("M276 678h14v14h-14zM298 678h14v14h-14z", GRASS, None),
            path(hull, GRASS, None),
            path("M254 726H664", "none", BRASS, 4),
            path("M294 662V628l18 8l-18 8", "none", GRASS, 3),
            path("M230 756h90M380 760h160M600 756h80", "none", GLINT, 5, stroke_linecap="round"),
        ]
    )


def _sail(x: float, y: float, size: float) -> str:
    return group(
        path("M-4 -6V-128L58 -14Z", GLINT, None),
        path("M-12 -8V-104L-52 -14Z", SAND, None),
        path("M-8 4V-132", "none", GRASS, 4),
        path("M-58 0H62L44 20H-40Z", GRASS, None),
        path("M-70 26h60M10 26h70", "none", GLINT, 4, stroke_linecap="round"),
        transform=f"translate({num(x)} {num(y)}) scale({num(size)})",
    )


def _quay() -> str:
    stones = "".join(f"M{x} 872v26" for x in range(40, 1600, 92)) + "".join(
        f"M{x} 898v22" for x in range(86, 1600, 92)
    )
    bollard = "M0 0V-34Q-12 -36 -12 -46Q-12 -56 8 -56H22Q42 -56 42 -46Q42 -36 30 -34V0Z"
    lamp = "M0 0V-250M-10 0h20M-8 -40h16M0 -250Q0 -262 -16 -264M0 -250Q0 -262 16 -264"
    return "".join(
        [
            path("M0 856H1600V1000H0Z", BANK, None),
            path("M0 856H1600V872H0Z", GLINT, None, fill_opacity=".75"),
            path("M0 872H1600M0 898H1600M0 920H1600" + stones, "none", NEAR, 2, stroke_opacity=".35"),
            path("M0 856H1600", "none", GRASS, 3),
            group(path(bollard, GRASS, None), transform="translate(214 866)"),
            group(path(bollard, GRASS, None), transform="translate(1340 866)"),
            group(
                path(lamp, "none", GRASS, 7, stroke_linecap="round"),
                path("M-22 -318h44l-8 54h-28zM-28 -318L0 -342L28 -318Z", GRASS, None),
                path("M-12 -308h24l-5 36h-14z", SUN, None),
                transform="translate(470 866)",
            ),
        ]
    )


def _reeds() -> str:
    blades = "".join(
        f"M{x} 1000Q{x + lean * 0.3:.0f} {1000 - h * 0.6:.0f} {x + lean} {1000 - h}"
        for x, h, lean in (
            (20, 150, 26),
            (44, 210, 14),
            (66, 130, 40),
            (92, 180, -18),
            (118, 120, 34),
            (1500, 170, -24),
            (1524, 220, 12),
            (1550, 140, -34),
            (1574, 190, 22),
        )
    )
    heads = "".join(
        tag("ellipse", cx=x, cy=y, rx=7, ry=26, fill=BRASS)
        for x, y in ((58, 786), (74, 822), (1536, 778), (1596, 812))
    )
    turf = "M0 1000V962Q220 930 480 966T1000 978T1600 950V1000Z"
    return path(turf, GRASS, None) + path(blades, "none", GRASS, 7, stroke_linecap="round") + heads


def mark() -> str:
    """The house's mark on a square of 64: a wheel that rolls on the river."""
    upper = "".join(f"M32 34L{at(move((32, 34), angle, 21))}" for angle in (12, 38, 64, 90, 116, 142, 168))
    wave = "M7.500 42Q12.400 35.500 17.300 42T27.100 42T36.900 42T46.700 42T56.500 42"
    return "".join(
        [
            path("M6.200 42A27 27 0 1 1 57.800 42", "none", PETROL, 5, stroke_linecap="round"),
            path(upper, "none", PETROL, 2, stroke_linecap="round"),
            circle((32, 34), 4.4, BRASS, None),
            path(wave, "none", PETROL, 4, stroke_linecap="round"),
            path(
                "M17.300 51Q22.200 57.500 27.100 51T36.900 51T46.700 51",
                "none",
                BRASS,
                4,
                stroke_linecap="round",
            ),
            path("M27.100 60Q32 53.500 36.900 60", "none", PETROL, 4, stroke_linecap="round"),
        ]
    )
