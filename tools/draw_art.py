"""Draw the illustrations of the shop into ``front/shop/static/shop/art`` as SVG.

Usage: python tools/draw_art.py

Repeatable: no chance is involved. Each file stays under 12 KB (the scene under 17 KB), refers to nothing outside itself and has no script.
"""

import re
from collections.abc import Callable, Mapping
from pathlib import Path

import art_bicycles
import art_scene
from art_gear import GEAR
from art_parts import PARTS
from art_pen import svg
from art_wear import WEAR

ART = Path(__file__).resolve().parent.parent / "src" / "kontor" / "front" / "shop" / "static" / "shop" / "art"
LIMIT = 12 * 1024
SCENE_LIMIT = 17 * 1024

DRAWINGS: Mapping[str, Callable[[], str]] = {
    "bike-road": art_bicycles.road,
    "bike-mountain": art_bicycles.mountain,
    "bike-touring": art_bicycles.touring,
    **PARTS,
    **WEAR,
    **GEAR,
}


def main() -> None:
    """Write every drawing, and refuse one that has grown too large."""
    ART.mkdir(parents=True, exist_ok=True)
    scene = re.sub(r' d="[^"]+"', lambda d: re.sub(r"\.\d", "", d[0]), svg(art_scene.hero(), 1600, 1000))
    files = {name: svg(draw()) for name, draw in DRAWINGS.items()}
    files["hero"] = scene
    files["hero-narrow"] = scene.replace('"0 0 1600 1000" width="1600"', '"460 0 800 1000" width="800"')
    files["mark"] = svg(art_scene.mark(), 64, 64)
    for name, text in files.items():
        limit = SCENE_LIMIT if name.startswith("hero") else LIMIT
        if len(text) > limit:
            raise SystemExit(f"{name}.svg has {len(text)} bytes, more than {limit}.")
        (ART / f"{name}.svg").write_text(text, encoding="utf-8")
        print(f"{name}.svg: {len(text)} bytes")


if __name__ == "__main__":
    main()
