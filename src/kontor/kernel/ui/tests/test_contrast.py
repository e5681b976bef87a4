"""The eye's view: whatever hues an organisation chooses, what is written can be read."""

import re
from math import cos, radians, sin
from pathlib import Path

import pytest

TOKENS = (Path(__file__).parent.parent / "css/2-tokens.css").read_text(encoding="utf-8")
COLOUR = re.compile(r"oklch\(([\d.]+) ([\d.]+) ?([^)/]*(?:\([^)]*\))?)\)")
DECLARATION = re.compile(r"(--[\w-]+): (light-dark\(.*\)|oklch\(.*?\)+|var\(.*?\));")
MEANINGS = ("ok", "warn", "bad", "neutral")

Rgb = tuple[float, float, float]


def tokens() -> dict[str, str]:
    return dict(DECLARATION.findall(TOKENS))


def half(value: str, scheme: str) -> str:
    """Return the light or the dark half of a ``light-dark()`` pair."""
    if not value.startswith("light-dark("):
        return value
    inner = value[len("light-dark(") : -1]
    depth = 0
    for place, letter in enumerate(inner):
        depth += {"(": 1, ")": -1}.get(letter, 0)
        if letter == "," and depth == 0:
            return (inner[:place] if scheme == "light" else inner[place + 1 :]).strip()
    raise AssertionError(value)


def colour(name: str, scheme: str, hue: int) -> Rgb:
    value = half(tokens()[name], scheme)
    reference = re.fullmatch(r"var\((--[\w-]+)\)", value)
    if reference:
        return colour(reference[1], scheme, hue)
    match = COLOUR.fullmatch(value)
    assert match, value
    lightness, chroma, angle = match.groups()
    degrees = float(hue if "var(--hue" in angle else angle or 0)
    return linear_rgb(float(lightness), float(chroma), degrees)


def linear_rgb(lightness: float, chroma: float, hue: float) -> Rgb:
    """OKLCH to linear sRGB, clipped to the gamut as browsers do (CSS Color 4, section 9.2)."""
    a, b = chroma * cos(radians(hue)), chroma * sin(radians(hue))
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    middle = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    red = 4.0767416621 * long - 3.3077115913 * middle + 0.2309699292 * short
    green = -1.2684380046 * long + 2.6097574011 * middle - 0.3413193965 * short
    blue = -0.0041960863 * long - 0.7034186147 * middle + 1.7076147010 * short
    return tuple(min(max(channel, 0.0), 1.0) for channel in (red, green, blue))  # type: ignore[return-value]


def contrast(ink: Rgb, paper: Rgb) -> float:
    """WCAG 2.2 contrast ratio of two linear colours."""
    first, second = (0.2126 * red + 0.7152 * green + 0.0722 * blue for red, green, blue in (ink, paper))
    return (max(first, second) + 0.05) / (min(first, second) + 0.05)


def worst(ink: str, paper: str, scheme: str) -> tuple[float, int]:
    return min((contrast(colour(ink, scheme, hue), colour(paper, scheme, hue)), hue) for hue in range(360))


TEXT = [
    *(
        (("--ink", paper, 7.0))
        for paper in ("--paper", "--surface", "--sunken", "--raised", "--tint", "--accent-tint")
    ),
    *(
        (("--ink-2", paper, 4.5))
        for paper in ("--paper", "--surface", "--sunken", "--raised", "--tint", "--neutral-tint")
    ),
    *((("--link", paper, 4.5)) for paper in ("--paper", "--surface", "--sunken", "--tint")),
    ("--on-brand", "--brand", 4.5),
    ("--on-brand", "--brand-hover", 4.5),
    ("--on-danger", "--danger", 4.5),
    ("--tint-ink", "--tint", 4.5),
    ("--on-bar", "--bar", 7.0),
    ("--on-bar-2", "--bar", 4.5),
    ("--on-bar", "--bar-line", 4.5),
    *((f"--{meaning}", f"--{meaning}-tint", 4.5) for meaning in MEANINGS),
    *((f"--{meaning}", "--surface", 4.5) for meaning in MEANINGS),
    *((f"--{meaning}", "--paper", 4.5) for meaning in MEANINGS),
    *((("--ink", f"--{meaning}-tint", 7.0)) for meaning in MEANINGS),
    # Edges of controls and the focus ring: WCAG 1.4.11
    ("--line-strong", "--surface", 3.0),
    ("--line-strong", "--paper", 3.0),
    ("--brand", "--paper", 3.0),
    ("--brand", "--surface", 3.0),
]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("ink", "paper", "least"), TEXT)
def test_contrast_holds_for_every_hue(ink: str, paper: str, least: float, scheme: str) -> None:
    ratio, hue = worst(ink, paper, scheme)
    assert ratio >= least, f"{ink} on {paper} has {ratio:.2f} at hue {hue}"


def test_the_measure_is_right() -> None:
    """Black on white is 21; the petrol of the default house matches the browser's own figure."""
    white, black = linear_rgb(1, 0, 0), linear_rgb(0, 0, 0)
    assert round(contrast(black, white), 1) == 21.0
    assert 8.0 < contrast(colour("--on-brand", "light", 195), colour("--brand", "light", 195)) < 9.5
