"""Clothing and what a rider wears. Used by draw_art.py."""

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
    group,
    path,
    rect,
    shape,
)

ROUND = {"stroke_linejoin": "round"}
STITCH = {"stroke_dasharray": "4 4", "stroke_opacity": ".65"}


def mirrored(part: str) -> str:
    """A part and its mirror image about the middle of the page."""
    return part + group(part, transform="matrix(-1 0 0 1 480 0)")


def _torso(sleeve: str, cuff: str) -> str:
    body = (
        "M198 44C212 58 268 58 282 44L324 62C330 100 326 118 326 150V252Q326 260 318 260H162Q154 260 154 252V150"
        "C154 118 150 100 156 62Z"
    )
    return "".join(
        [
            mirrored(shape(sleeve, SHADE, 2.2, **ROUND)),
            mirrored(path(cuff, "none", BRASS, 6)),
            shape(body, PAINT, 2.2, **ROUND),
            path("M155 152H325V180H155Z", BRASS, None),
            path("M155 186H325V193H155Z", BRASS, None),
            path("M155 152H325M155 180H325", "none", INK, 1.2, stroke_opacity=".5"),
            shape(
                "M198 44C200 34 208 30 214 30H266C272 30 280 34 282 44C268 62 212 62 198 44Z",
                SHADE,
                2,
                **ROUND,
            ),
            path("M240 57V260", "none", INK, 3),
            path("M240 57V260", "none", METAL, 1.4, stroke_dasharray="3 2"),
            rect(236.5, 70, 7, 15, 3, fill=METAL, stroke=INK, stroke_width=1.2),
            path(
                "M172 76C168 110 172 130 172 146",
                "none",
                "#fff",
                3,
                stroke_opacity=".35",
                stroke_linecap="round",
            ),
            path("M158 246H322", "none", INK, 1.3, **STITCH),
        ]
    )


def jersey() -> str:
    """A short-sleeved jersey."""
    sleeve = "M156 62C130 76 112 104 98 138L144 158L156 128Z"
    return backdrop() + _torso(sleeve, "M100.500 134L146 153")


def jersey_long() -> str:
    """A long-sleeved jersey."""
    sleeve = "M156 62C126 82 110 130 96 236L130 244L156 150Z"
    return backdrop() + _torso(sleeve, "M97.500 229L131.500 237")


def vest() -> str:
    """A wind vest with a high collar, light enough to see the lining."""
    body = (
        "M196 50L170 60C176 96 168 116 148 134V250Q148 260 158 260H322Q332 260 332 250V134C312 116 304 96 310 60L284 50"
        "C270 70 210 70 196 50Z"
    )
    collar = "M196 50L204 26Q240 38 276 26L284 50C270 70 210 70 196 50Z"
    return "".join(
        [
            backdrop(),
            shape(body, PAINT, 2.2, **ROUND),
            path("M149 196L240 176L331 196V218L240 198L149 218Z", TINT, None),
            path("M170 62C176 98 168 118 150 136", "none", BRASS, 6),
            path("M310 62C304 98 312 118 330 136", "none", BRASS, 6),
            shape(body, "none", 2.2, **ROUND),
            shape(collar, SHADE, 2, **ROUND),
            path("M240 38V260", "none", INK, 3.4),
            path("M240 38V260", "none", METAL, 1.6, stroke_dasharray="3 2"),
            rect(236, 74, 8, 17, 3, fill=BRASS, stroke=INK, stroke_width=1.2),
            path(
                "M184 84C186 110 178 128 166 142",
                "none",
                "#fff",
                3,
                stroke_opacity=".35",
                stroke_linecap="round",
            ),
            path("M152 248H328", "none", INK, 1.3, **STITCH),
        ]
    )


def shorts() -> str:
    """Cycling shorts with panels and leg grippers."""
    half = "M240 52H164C156 110 136 170 128 232L218 246C224 206 234 160 240 132Z"
    panel = "M164 52C156 110 136 170 128 232L152 236C160 170 184 110 190 52Z"
    return "".join(
        [
            backdrop(),
            mirrored(shape(half, PAINT, 2.2, **ROUND)),
            mirrored(shape(panel, SHADE, 1.4, **ROUND)),
            mirrored(path("M126 230L220 245L217 262L123 246Z", BRASS, INK, 2, **ROUND)),
            mirrored(path("M131 236L216 250", "none", "#fff", 2, stroke_opacity=".5")),
            shape("M162 44H318L320 64H160Z", DARK, 2.2, **ROUND),
            path("M240 66V134", "none", INK, 1.5),
            mirrored(path("M204 76C198 120 188 176 176 232", "none", INK, 1.3, **STITCH)),
            path("M168 52H312", "none", "#fff", 1.6, stroke_opacity=".4", stroke_dasharray="6 5"),
        ]
    )


def bib_shorts() -> str:
    """Bib shorts: shorts that hang on two straps."""
    strap = "M190 128C186 96 190 62 204 34H222C212 66 208 98 214 128Z"
    half = "M240 118H172C170 160 152 192 146 240L220 252C226 220 236 190 240 172Z"
    panel = "M172 118C170 160 152 192 146 240L168 243C176 200 192 160 194 118Z"
    return "".join(
        [
            backdrop(),
            path("M204 34C220 24 260 24 276 34", "none", INK, 2),
            mirrored(shape(strap, TINT, 2, **ROUND)),
            mirrored(path("M199 112C197 84 204 56 213 38", "none", PETROL, 1.6, **STITCH)),
            shape("M190 126C196 106 284 106 290 126L308 122V142H172V122Z", TINT, 2, **ROUND),
            mirrored(shape(half, PAINT, 2.2, **ROUND)),
            mirrored(shape(panel, SHADE, 1.4, **ROUND)),
            mirrored(path("M144.500 238L221 251L219 266L142 252Z", BRASS, INK, 2, **ROUND)),
            path("M240 122V174", "none", INK, 1.5),
            path("M174 128H306", "none", INK, 1.3, **STITCH),
        ]
    )


def tights() -> str:
    """Long tights with a reflecting ankle."""
    half = "M240 44H178C172 100 164 170 168 262L206 264C214 196 230 130 240 104Z"
    panel = "M178 44C172 100 164 170 168 262L180 263C180 170 192 100 198 44Z"
    return "".join(
        [
            backdrop(),
            mirrored(shape(half, PAINT, 2.2, **ROUND)),
            mirrored(shape(panel, SHADE, 1.2, **ROUND)),
            shape("M176 34H304L306 54H174Z", DARK, 2.2, **ROUND),
            path("M240 54V106", "none", INK, 1.5),
            mirrored(path("M168 240L208 243L207 250L168 248Z", BRASS, None)),
            mirrored(path("M190 250V262", "none", METAL, 3, stroke_dasharray="2 1.500")),
            mirrored(path("M214 70C206 120 198 170 194 232", "none", INK, 1.3, **STITCH)),
            mirrored(path("M174 166Q188 172 200 164", "none", INK, 1.3, stroke_opacity=".6")),
        ]
    )


def gloves() -> str:
    """A pair of gloves, back of the hand and palm."""
    hand = (
        "M118 250L106 160Q100 138 112 134T130 150L134 84Q135 72 145 72T155 84L158 70Q160 58 170 59T179 72L180 78"
        "Q182 66 191 67T200 80L200 100Q204 92 212 94T219 106L216 180Q214 220 206 250Z"
    )
    fingers = "M155 84V128M179 76V126M200 92V130"
    back = "".join(
        [
            shape(hand, PAINT, 2.2, **ROUND),
            path(fingers, "none", INK, 1.8, stroke_linecap="round"),
            path("M134 146Q166 134 214 148", "none", INK, 1.3, **STITCH),
            shape("M140 168Q172 154 204 168L200 204Q172 214 146 204Z", SHADE, 1.6, **ROUND),
            path("M152 176L192 176M154 186H190M156 196H188", "none", TINT, 2.4, stroke_linecap="round"),
            shape("M114 232L210 232L207 258H117Z", DARK, 2, **ROUND),
            shape("M176 236h38v16h-38z", BRASS, 1.6),
        ]
    )
    palm = "".join(
        [
            shape(hand, DARK, 2.2, **ROUND),
            path(fingers, "none", METAL, 1.4, stroke_linecap="round"),
            shape("M120 160Q130 150 142 166L150 214Q136 226 126 214Z", BRASS, 1.6, **ROUND),
            shape("M156 150Q188 140 208 152L204 182Q180 190 158 182Z", SAND, 1.6, **ROUND),
            shape("M114 232L210 232L207 258H117Z", PAINT, 2, **ROUND),
        ]
    )
    return "".join(
        [
            backdrop(),
            group(palm, transform="translate(128 -4) rotate(7 240 150)"),
            group(back, transform="translate(-2 4) rotate(-7 160 150)"),
        ]
    )


def socks() -> str:
    """A pair of socks with ribbed cuffs."""
    sock = (
        "M150 40H214V160C214 176 226 186 244 198L276 220Q290 232 282 248Q276 260 258 260H196C164 260 150 240"
        " 150 212Z"
    )
    one = "".join(
        [
            shape(sock, PAINT, 2.2, **ROUND),
            path("M150 58H214V70H150ZM150 76H214V82H150Z", BRASS, None),
            path("".join(f"M{x} 40V54" for x in range(158, 212, 8)), "none", INK, 1.3, stroke_opacity=".6"),
            shape(
                "M150 204C160 194 182 196 190 212C196 228 190 250 178 257C158 250 150 236 150 212Z",
                SHADE,
                1.6,
                **ROUND,
            ),
            shape(
                "M276 220Q290 232 282 248Q276 260 258 260H246C236 246 246 214 268 214Z", SHADE, 1.6, **ROUND
            ),
            path("M162 96V186", "none", "#fff", 3, stroke_opacity=".35", stroke_linecap="round"),
            path("M150 40H214V56H150Z", "none", INK, 1.6),
        ]
    )
    return "".join(
        [
            backdrop(),
            group(one, transform="translate(72 -6) rotate(6 210 150)"),
            group(one, transform="translate(-36 6)"),
        ]
    )


def cap() -> str:
    """A classic racing cap with the peak turned up a little."""
    crown = "M104 196C100 112 160 62 236 62C312 62 356 110 358 186Q300 204 232 204T104 196Z"
    peak = "M346 160C392 150 424 160 432 178C436 190 424 198 408 198C386 198 366 196 352 190Z"
    return "".join(
        [
            backdrop(),
            shape(peak, SHADE, 2.2, **ROUND),
            path("M362 168C390 164 410 168 420 180", "none", BRASS, 4),
            shape(crown, PAINT, 2.4, **ROUND),
            shape(
                "M214 63C196 96 190 150 196 204Q232 206 262 203C268 150 270 96 256 63.500Q234 60 214 63Z",
                PAPER,
                1.6,
            ),
            path("M226 62C212 100 208 150 212 204L246 204C250 150 252 100 244 62Z", BRASS, None),
            shape("M104 182Q230 214 358 174L358 190Q300 206 232 206T104 198Z", DARK, 2, **ROUND),
            circle((236, 60), 6, BRASS, INK, stroke_width=1.6),
            path(
                "M136 150C144 116 164 94 186 82",
                "none",
                "#fff",
                3.4,
                stroke_opacity=".35",
                stroke_linecap="round",
            ),
            path("M300 84C322 104 332 134 334 160", "none", INK, 1.3, **STITCH),
        ]
    )


def helmet() -> str:
    """A helmet with vents, visor and strap."""
    shell = (
        "M92 186C84 104 150 48 244 50C330 52 386 100 396 168C398 182 392 190 378 190L120 204Q94 206 92 186Z"
    )
    vents = (
        "M132 142C148 112 178 94 208 88C196 104 176 118 160 146ZM196 140C210 114 240 96 276 92C262 108 238 122 226 142Z"
        "M266 140C280 118 306 108 334 110C320 122 304 132 296 146Z"
        "M128 172C150 160 180 158 206 162C190 172 160 180 134 184Z"
        "M226 166C254 156 286 156 314 164C292 172 256 176 230 176Z"
    )
    visor = "M372 150C400 152 426 166 438 186Q440 196 428 196C406 192 384 192 366 190Z"
    return "".join(
        [
            backdrop(),
            path("M158 200L196 264L240 198M300 192L206 268", "none", DARK, 4.4, stroke_linejoin="round"),
            shape("M190 256h26v16h-26z", BRASS, 1.6),
            shape(visor, DARK, 2.2, **ROUND),
            shape(shell, PAINT, 2.4, **ROUND),
            path("M92 184Q240 206 396 170Q398 188 378 190L120 204Q96 206 92 184Z", SHADE, INK, 1.6, **ROUND),
            shape(vents, DARK, 1.8, **ROUND),
            path(
                "M120 120C146 82 194 62 246 62",
                "none",
                "#fff",
                4,
                stroke_opacity=".4",
                stroke_linecap="round",
            ),
            path("M112 194Q96 214 112 230Q126 236 136 222", "none", METAL, 5, stroke_linecap="round"),
            circle((118, 232), 8, METAL, INK, stroke_width=1.6),
        ]
    )


def hydration() -> str:
    """A hydration pack with its hose."""
    body = "M160 82Q160 44 240 44T320 82L332 230Q332 260 300 260H180Q148 260 148 230Z"
    pocket = "M172 166Q240 150 308 166L314 226Q314 244 296 244H184Q166 244 166 226Z"
    return "".join(
        [
            backdrop(),
            path("M206 46Q208 22 240 22T274 46", "none", INK, 8),
            path("M206 46Q208 22 240 22T274 46", "none", DARK, 5.5),
            path("M150 220L104 236M330 220L376 236", "none", INK, 11),
            path("M150 220L104 236M330 220L376 236", "none", DARK, 8),
            path("M284 52C364 44 388 90 372 168", "none", INK, 9, stroke_linecap="round"),
            path("M284 52C364 44 388 90 372 168", "none", TINT, 6, stroke_linecap="round"),
            shape("M364 164h16l-2 28q-6 6 -12 0z", BRASS, 1.8, **ROUND),
            shape(body, PAINT, 2.4, **ROUND),
            shape("M188 78Q240 64 292 78L296 126Q240 116 184 126Z", SHADE, 1.8, **ROUND),
            shape(pocket, SHADE, 2, **ROUND),
            path("M186 186H294", "none", INK, 3.4),
            path("M186 186H294", "none", METAL, 1.6, stroke_dasharray="3 2"),
            rect(288, 181, 14, 10, 3, fill=BRASS, stroke=INK, stroke_width=1.4),
            path("M240 84C232 96 228 102 228 109a12 12 0 0 0 24 0C252 102 248 96 240 84Z", TINT, INK, 1.6),
            path("M152 140L166 150M328 140L314 150", "none", DARK, 4),
            path("M170 90L164 204", "none", "#fff", 3.4, stroke_opacity=".3", stroke_linecap="round"),
        ]
    )


WEAR = {
    "jersey": jersey,
    "jersey-long": jersey_long,
    "vest": vest,
    "shorts": shorts,
    "bib-shorts": bib_shorts,
    "tights": tights,
    "gloves": gloves,
    "socks": socks,
    "cap": cap,
    "helmet": helmet,
    "hydration": hydration,
}
