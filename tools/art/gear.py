"""Accessories: bottles, lights, locks, pumps, luggage, care. Used by draw_art.py."""

from tools.art.pen import (
    BRASS,
    DARK,
    INK,
    METAL,
    PAINT,
    PAPER,
    PETROL,
    SAND,
    SHADE,
    TINT,
    backdrop,
    circle,
    ground,
    group,
    line,
    move,
    path,
    rect,
    shape,
    tag,
)

ROUND = {"stroke_linejoin": "round"}


def bottle() -> str:
    """A drinking bottle with the river on it."""
    body = (
        "M190 92Q190 84 200 84H280Q290 84 290 92V140Q282 150 290 160V246Q290 260 276 260H204Q190 260 190 246V160"
        "Q198 150 190 140Z"
    )
    return "".join(
        [
            backdrop(),
            ground(130, 350, 262),
            shape("M218 34h44q4 0 4 5v11h-52v-11q0 -5 4 -5z", TINT, 2),
            shape("M230 20h20q5 0 5 6v10h-30v-10q0 -6 5 -6z", BRASS, 2),
            shape("M202 50h76q8 0 8 8v26h-92v-26q0 -8 8 -8z", DARK, 2.2),
            path("".join(f"M{x} 56V80" for x in range(206, 284, 8)), "none", METAL, 1.4),
            shape(body, PAINT, 2.4, **ROUND),
            path("M191 196Q216 180 240 196T289 194V214Q264 228 240 214T191 216Z", BRASS, None),
            path("M191 224Q216 208 240 224T289 222", "none", TINT, 4),
            path("M191 236Q216 220 240 236T289 234", "none", TINT, 2.4),
            path("M204 100V132M204 168V186", "none", "#fff", 4, stroke_opacity=".45", stroke_linecap="round"),
            path("M190 140Q198 150 190 160M290 140Q282 150 290 160", "none", INK, 2),
        ]
    )


def cage() -> str:
    """A bottle cage of bent aluminium tube."""
    d = (
        "M196 40V236Q196 262 224 262H262Q286 262 286 240V188Q286 172 302 168L318 162Q330 156 326 140Q320 124 302 128"
        "L236 146"
    )
    other = "M228 40V226Q228 236 240 236"
    return "".join(
        [
            backdrop(),
            path("M196 40Q196 26 212 26T228 40", "none", INK, 15),
            path(other, "none", INK, 15, stroke_linecap="round"),
            path(other, "none", METAL, 11, stroke_linecap="round"),
            path("M196 40Q196 26 212 26T228 40", "none", METAL, 11),
            path(d, "none", INK, 16, stroke_linecap="round", **ROUND),
            path(d, "none", METAL, 12, stroke_linecap="round", **ROUND),
            path(d, "none", "#fff", 2, stroke_opacity=".6", transform="translate(-2 -2)"),
            rect(190, 84, 44, 16, 3, fill=BRASS, stroke=INK, stroke_width=1.8),
            rect(190, 180, 44, 16, 3, fill=BRASS, stroke=INK, stroke_width=1.8),
            circle((212, 92), 4, DARK, INK, stroke_width=1.2),
            circle((212, 188), 4, DARK, INK, stroke_width=1.2),
        ]
    )


def _rays(x: float, y: float, angles: range, near: float, far: float) -> str:
    return "".join(
        line([move((x, y), a, near), move((x, y), a, far)], BRASS, 3, stroke_linecap="round") for a in angles
    )


def light() -> str:
    """A headlight with its bracket and beam."""
    beam = "M318 96L440 62V214L318 184Z"
    body = "M128 112Q130 96 150 94L300 84Q318 84 318 100V178Q318 196 300 196L150 186Q130 184 128 168Z"
    return "".join(
        [
            backdrop(),
            path(beam, BRASS, None, fill_opacity=".22"),
            _rays(318, 140, range(-18, 19, 12), 42, 104),
            shape("M192 186h46l-6 36h-34z", DARK, 2.2),
            shape("M176 218h80q14 0 14 14t-14 14h-80q-14 0 -14 -14t14 -14z", DARK, 2.2),
            circle((216, 232), 8, METAL, INK, stroke_width=1.8),
            shape(body, PAINT, 2.4, **ROUND),
            path("M160 96V184M176 95V186M192 94V187M208 92V188", "none", INK, 1.8, stroke_opacity=".55"),
            path("M150 106L286 97", "none", "#fff", 4, stroke_opacity=".4", stroke_linecap="round"),
            shape("M296 80q26 -2 26 18v84q0 20 -26 18z", METAL, 2.2),
            tag("ellipse", cx=321, cy=140, rx=14, ry=46, fill=SAND, stroke=INK, stroke_width=2.2),
            tag("ellipse", cx=324, cy=140, rx=7, ry=28, fill=BRASS),
            rect(232, 76, 30, 12, 5, fill=BRASS, stroke=INK, stroke_width=1.8),
        ]
    )


def light_dual() -> str:
    """A double headlight on one bracket."""
    lamps = "".join(
        circle((x, 128), 58, PAINT, INK, stroke_width=2.4)
        + circle((x, 128), 46, METAL, INK, stroke_width=2)
        + circle((x, 128), 36, SAND, INK, stroke_width=1.8)
        + circle((x, 128), 14, BRASS, None)
        + path(f"M{x - 24} 112q8 -16 26 -18", "none", "#fff", 4, stroke_opacity=".7", stroke_linecap="round")
        for x in (170, 310)
    )
    rays = _rays(170, 128, range(90, 211, 30), 68, 86) + _rays(310, 128, range(-30, 91, 30), 68, 86)
    cable = "M240 206C240 262 300 270 348 246"
    return "".join(
        [
            backdrop(),
            rays,
            rect(196, 112, 88, 32, 8, fill=DARK, stroke=INK, stroke_width=2.2),
            path(cable, "none", INK, 7, stroke_linecap="round"),
            path(cable, "none", DARK, 4.6, stroke_linecap="round"),
            shape("M222 140h36l6 60q0 12 -24 12t-24 -12z", DARK, 2.2, **ROUND),
            rect(200, 190, 80, 20, 9, fill=METAL, stroke=INK, stroke_width=2),
            circle((240, 200), 5, DARK, INK),
            lamps,
        ]
    )


def light_rear() -> str:
    """A red rear light, lit."""
    red, deep = "#c2412f", "#96291b"
    body = "M176 70Q240 44 304 70Q322 146 300 214Q240 244 180 214Q158 146 176 70Z"
    return "".join(
        [
            backdrop(),
            circle((240, 142), 116, red, None, fill_opacity=".10"),
            _red_rays(),
            shape("M214 222h52v26q0 10 -10 10h-32q-10 0 -10 -10z", DARK, 2.2),
            shape(body, DARK, 2.4, **ROUND),
            shape("M188 82Q240 62 292 82Q306 146 290 202Q240 224 190 202Q174 146 188 82Z", red, 2, **ROUND),
            "".join(
                circle((240, y), 21, deep, INK, stroke_width=1.8) + circle((240, y), 10, "#f4a48f", None)
                for y in (100, 144, 188)
            ),
            path(
                "M200 96Q192 146 202 186M280 96Q288 146 278 186",
                "none",
                "#fff",
                3,
                stroke_opacity=".4",
                stroke_linecap="round",
            ),
        ]
    )


def _red_rays() -> str:
    return "".join(
        line([move((240, 142), a, 92), move((240, 142), a, 112)], "#c2412f", 3, stroke_linecap="round")
        for a in (-24, 0, 24, 156, 180, 204)
    )


def lock() -> str:
    """A cable lock, coiled, with two keys."""
    coils = "".join(
        tag(
            "ellipse",
            cx=240,
            cy=132 + i * 9,
            rx=118 - i * 5,
            ry=66 - i * 4,
            fill="none",
            stroke=INK,
            stroke_width=17,
        )
        + tag(
            "ellipse",
            cx=240,
            cy=132 + i * 9,
            rx=118 - i * 5,
            ry=66 - i * 4,
            fill="none",
            stroke=PAINT,
            stroke_width=13,
        )
        + tag(
            "ellipse",
            cx=238,
            cy=129 + i * 9,
            rx=118 - i * 5,
            ry=66 - i * 4,
            fill="none",
            stroke="#fff",
            stroke_width=2,
            stroke_opacity=".3",
            stroke_dasharray="90 40",
        )
        for i in range(3)
    )
    key = "".join(
        [
            path("M0 0V44M0 30H9M0 38H7", "none", INK, 7),
            path("M0 0V43M0 30H8M0 38H6", "none", METAL, 4),
            circle((0, -8), 15, BRASS, INK, stroke_width=2),
            circle((0, -12), 4.5, PAPER, INK, stroke_width=1.6),
        ]
    )
    return "".join(
        [
            backdrop(),
            coils,
            shape("M168 186h144q10 0 10 10v30q0 10 -10 10h-144q-10 0 -10 -10v-30q0 -10 10 -10z", DARK, 2.4),
            rect(226, 180, 40, 62, 6, fill=METAL, stroke=INK, stroke_width=2.2),
            circle((246, 211), 9, DARK, INK),
            path("M246 205v12", "none", METAL, 3, stroke_linecap="round"),
            path("M172 200h44", "none", "#fff", 2.4, stroke_opacity=".35", stroke_linecap="round"),
            group(key, transform="translate(364 216) rotate(-24)"),
            group(key, transform="translate(338 226) rotate(18)"),
        ]
    )


def pump() -> str:
    """A floor pump with gauge and hose."""
    hose = "M250 224C330 250 372 200 340 150C326 126 300 140 306 168"
    return "".join(
        [
            backdrop(),
            ground(110, 370, 268),
            path(hose, "none", INK, 9, stroke_linecap="round"),
            path(hose, "none", DARK, 6, stroke_linecap="round"),
            shape("M298 164h18l-2 26h-14z", BRASS, 1.8),
            line([(240, 30), (240, 96)], INK, 10),
            line([(240, 30), (240, 96)], METAL, 7),
            rect(168, 18, 144, 20, 10, fill=DARK, stroke=INK, stroke_width=2.2),
            rect(176, 18, 40, 20, 9, fill=BRASS, stroke=INK, stroke_width=2),
            rect(264, 18, 40, 20, 9, fill=BRASS, stroke=INK, stroke_width=2),
            rect(218, 88, 44, 150, 4, fill=PAINT, stroke=INK, stroke_width=2.4),
            rect(212, 84, 56, 16, 5, fill=METAL, stroke=INK, stroke_width=2.2),
            path("M228 108V226", "none", "#fff", 4, stroke_opacity=".4", stroke_linecap="round"),
            path("M219 150H261V158H219Z", BRASS, None),
            shape("M148 268q4 -20 30 -22l34 -14h56l34 14q26 2 30 22z", DARK, 2.4, **ROUND),
            circle((240, 206), 27, METAL, INK, stroke_width=2.4),
            circle((240, 206), 20, PAPER, INK, stroke_width=1.6),
            path("M226 214A16 16 0 0 1 254 214", "none", PETROL, 3),
            line([(240, 208), (250, 197)], "#c2412f", 3, stroke_linecap="round"),
            circle((240, 208), 3, DARK, None),
        ]
    )


def pannier() -> str:
    """A pair of panniers with flaps and straps."""
    bag = "".join(
        [
            shape(
                "M96 96h116q6 0 6 8l-8 136q-2 18 -18 18h-76q-16 0 -18 -18l-8 -136q0 -8 6 -8z",
                PAINT,
                2.4,
                **ROUND,
            ),
            shape(
                "M116 168h76q6 0 6 6l-3 54q-1 10 -10 10h-62q-9 0 -10 -10l-3 -54q0 -6 6 -6z", SHADE, 2, **ROUND
            ),
            shape(
                "M90 78q64 -14 128 0q6 2 6 8v46q0 18 -20 18h-100q-20 0 -20 -18v-46q0 -6 6 -8z",
                BRASS,
                2.4,
                **ROUND,
            ),
            path("M122 74V196M186 74V196", "none", INK, 11),
            path("M122 74V195M186 74V195", "none", DARK, 8),
            shape("M114 158h16v18h-16zM178 158h16v18h-16z", METAL, 1.8, **ROUND),
            path("M138 70Q154 48 170 70", "none", INK, 8),
            path("M138 70Q154 48 170 70", "none", DARK, 5),
            path("M100 92Q154 82 208 92", "none", "#fff", 3, stroke_opacity=".4", stroke_linecap="round"),
            path("M96 244H212", "none", TINT, 3, stroke_dasharray="6 4"),
        ]
    )
    return (
        backdrop()
        + ground(70, 420, 264)
        + group(bag, transform="translate(136 -2)")
        + group(bag, transform="translate(10 6)")
    )


def rack() -> str:
    """A carrier for the tow bar with four cradles."""
    arms = "".join(
        path(f"M{x} 96l0 -22M{x - 14} 72h28", "none", INK, 11, stroke_linecap="round")
        + path(f"M{x} 96l0 -22M{x - 14} 72h28", "none", DARK, 8, stroke_linecap="round")
        + rect(x - 13, 64, 26, 14, 6, fill=BRASS, stroke=INK, stroke_width=1.8)
        for x in (208, 264, 320, 376)
    )
    mast = "M140 238V108Q140 94 156 94H396"
    return "".join(
        [
            backdrop(),
            arms,
            path(mast, "none", INK, 22, stroke_linecap="round", **ROUND),
            path(mast, "none", PAINT, 18, stroke_linecap="round", **ROUND),
            path("M137 230V110Q137 91 156 91H392", "none", "#fff", 3, stroke_opacity=".4"),
            path("M140 166L196 98", "none", INK, 14),
            path("M140 166L196 98", "none", SHADE, 10.5),
            rect(60, 222, 196, 26, 4, fill=METAL, stroke=INK, stroke_width=2.4),
            rect(116, 214, 48, 42, 6, fill=DARK, stroke=INK, stroke_width=2.4),
            circle((140, 235), 8, METAL, INK, stroke_width=1.8),
            circle((82, 235), 6, DARK, INK),
            path("M176 235h64", "none", INK, 1.6, stroke_opacity=".6"),
            shape("M388 84h14v20h-14z", BRASS, 1.8),
        ]
    )


def stand() -> str:
    """A repair stand holding a frame tube."""
    return "".join(
        [
            backdrop(),
            ground(90, 390, 272),
            path("M226 214L146 270M226 214L306 270M226 196L190 270", "none", INK, 15, stroke_linecap="round"),
            path(
                "M226 214L146 270M226 214L306 270M226 196L190 270", "none", DARK, 11.5, stroke_linecap="round"
            ),
            line([(226, 220), (226, 62)], INK, 24, stroke_linecap="round"),
            line([(226, 220), (226, 62)], PAINT, 20, stroke_linecap="round"),
            line([(222, 210), (222, 66)], "#fff", 3, stroke_opacity=".4"),
            rect(210, 128, 32, 24, 4, fill=BRASS, stroke=INK, stroke_width=2),
            circle((250, 140), 8, DARK, INK),
            line([(226, 66), (322, 66)], INK, 20, stroke_linecap="round"),
            line([(226, 66), (322, 66)], METAL, 16, stroke_linecap="round"),
            circle((226, 66), 17, DARK, INK, stroke_width=2.2),
            circle((226, 66), 6, BRASS, INK, stroke_width=1.6),
            line([(350, 20), (350, 128)], INK, 20),
            line([(350, 20), (350, 128)], TINT, 16),
            shape("M318 46h46q8 0 8 8v24q0 8 -8 8h-46q-8 0 -8 -8v-24q0 -8 8 -8z", DARK, 2.4),
            path("M322 56h36", "none", BRASS, 4, stroke_linecap="round"),
            path("M196 216L256 216", "none", METAL, 7, stroke_linecap="round"),
        ]
    )


def fender() -> str:
    """A pair of clip-on mudguards over a hint of wheel."""
    arc, small = "M86 196A118 118 0 0 1 286 112", "M262 238A100 100 0 0 1 408 168"
    return "".join(
        [
            backdrop(),
            circle(
                (196, 208), 92, "none", INK, stroke_width=1.6, stroke_dasharray="3 6", stroke_opacity=".6"
            ),
            circle(
                (348, 262), 82, "none", INK, stroke_width=1.6, stroke_dasharray="3 6", stroke_opacity=".5"
            ),
            path("M196 208L112 160M196 208L250 122", "none", METAL, 4),
            circle((196, 208), 7, METAL, INK),
            path(arc, "none", INK, 27, stroke_linecap="round"),
            path(arc, "none", PAINT, 22.5, stroke_linecap="round"),
            path(arc, "none", "#fff", 4, stroke_opacity=".4", transform="translate(-3 -5)"),
            path(small, "none", INK, 25, stroke_linecap="round"),
            path(small, "none", SHADE, 20.5, stroke_linecap="round"),
            path(small, "none", "#fff", 3.4, stroke_opacity=".3", transform="translate(-3 -4)"),
            rect(166, 78, 34, 22, 5, fill=BRASS, stroke=INK, stroke_width=2, transform="rotate(-14 183 89)"),
            rect(
                318, 158, 30, 20, 5, fill=BRASS, stroke=INK, stroke_width=2, transform="rotate(-20 333 168)"
            ),
        ]
    )


def care() -> str:
    """A bottle of bike wash, a brush and a cloth."""
    body = (
        "M156 124Q156 108 174 104L182 96H222L230 104Q248 108 248 124V244Q248 260 232 260H172Q156 260 156 244Z"
    )
    bristles = "".join(f"M{x} 176V212" for x in range(292, 362, 7))
    return "".join(
        [
            backdrop(),
            ground(110, 400, 262),
            shape("M192 70h20v28h-20z", TINT, 2),
            shape(
                "M176 44h52q10 0 10 9t-10 9h-6v10h-40v-10h-18l-18 8v-14l16 -8q6 -4 14 -4z", DARK, 2.2, **ROUND
            ),
            path("M166 64Q158 76 166 88", "none", INK, 7),
            path("M166 64Q158 76 166 88", "none", BRASS, 4.4),
            shape(body, PAINT, 2.4, **ROUND),
            shape("M156 150H248V226H156Z", PAPER, 1.8),
            path("M164 196Q184 180 202 196T240 196", "none", PETROL, 5),
            path("M164 208Q184 192 202 208T240 208", "none", BRASS, 4),
            path("M172 166H232", "none", INK, 4, stroke_linecap="round"),
            path("M168 122V142", "none", "#fff", 4, stroke_opacity=".45", stroke_linecap="round"),
            path(bristles, "none", DARK, 4.6),
            path(bristles, "none", BRASS, 2.6),
            shape("M284 150h84q8 0 8 8v12q0 8 -8 8h-84q-8 0 -8 -8v-12q0 -8 8 -8z", PAINT, 2.2),
            path("M326 150C326 120 352 112 356 76", "none", INK, 17, stroke_linecap="round"),
            path("M326 150C326 120 352 112 356 76", "none", PAINT, 13, stroke_linecap="round"),
            circle((356, 78), 3.4, PAPER, INK, stroke_width=1.4),
            shape("M278 260q0 -20 22 -22q10 -14 32 -10q16 -10 32 2q28 0 28 30z", SAND, 2.2, **ROUND),
            path(
                "M300 240q12 6 14 18M340 232q8 10 6 26M364 236q2 12 12 22",
                "none",
                INK,
                1.4,
                stroke_opacity=".6",
            ),
        ]
    )


def patch_kit() -> str:
    """A tin of patches, rubber solution and sandpaper."""

    def patch(x: int, y: int, r: int) -> str:
        return circle((x, y), r, BRASS, INK, stroke_width=1.8) + circle(
            (x, y), r - 6, DARK, INK, stroke_width=1.4
        )

    tube = "".join(
        [
            shape("M0 -14H92Q104 -14 104 0T92 14H0L-8 16V-16Z", PAINT, 2.2, **ROUND),
            rect(104, -6, 16, 12, 2, fill=METAL, stroke=INK, stroke_width=1.8),
            rect(120, -9, 14, 18, 3, fill=DARK, stroke=INK, stroke_width=1.8),
            path("M16 -4H76M16 4H60", "none", PAPER, 3, stroke_linecap="round"),
        ]
    )
    return "".join(
        [
            backdrop(),
            shape("M104 92h196q14 0 14 14v124q0 14 -14 14h-196q-14 0 -14 -14v-124q0 -14 14 -14z", SHADE, 2.4),
            shape("M104 84h196q14 0 14 14v120q0 14 -14 14h-196q-14 0 -14 -14v-120q0 -14 14 -14z", PAINT, 2.4),
            shape("M110 100h184v116h-184z", PAPER, 2),
            patch(140, 130, 20),
            patch(190, 130, 20),
            patch(140, 184, 16),
            patch(180, 184, 16),
            patch(232, 128, 15),
            shape("M212 158h68v44h-68z", SAND, 1.8),
            path(
                "".join(f"M{x} {y}h.1" for x in range(220, 278, 9) for y in range(165, 200, 8)),
                "none",
                INK,
                2.4,
                stroke_linecap="round",
                stroke_opacity=".6",
            ),
            path("M258 110l26 26M270 108l14 14", "none", METAL, 3),
            group(tube, transform="translate(276 246) rotate(-28)"),
            patch(372, 112, 26),
        ]
    )


GEAR = {
    "bottle": bottle,
    "cage": cage,
    "light": light,
    "light-dual": light_dual,
    "light-rear": light_rear,
    "lock": lock,
    "pump": pump,
    "pannier": pannier,
    "rack": rack,
    "stand": stand,
    "fender": fender,
    "care": care,
    "patch-kit": patch_kit,
}
