"""Draw the illustrations of the shop into ``front/shop/static/shop/art`` as SVG.

Usage: python -m tools.draw_art

Repeatable: no chance is involved. Each file stays under 12 KB (the scene under 17 KB), refers to nothing
outside itself and has no script.
"""

import re
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from tools.art import bicycles, scene
from tools.art.bearing import BEARING
from tools.art.gear import GEAR
from tools.art.parts import PARTS
from tools.art.pen import svg
from tools.art.rolling import ROLLING
from tools.art.wear import WEAR

ART = Path(__file__).resolve().parent.parent / "src" / "kontor" / "front" / "shop" / "static" / "shop" / "art"
LIMIT = 12 * 1024
SCENE_LIMIT = 17 * 1024

DRAWINGS: Mapping[str, Callable[[], str]] = {
    "bike-road": bicycles.road,
    "bike-mountain": bicycles.mountain,
    "bike-touring": bicycles.touring,
    **BEARING,
    **PARTS,
    **ROLLING,
    **WEAR,
    **GEAR,
}


def main() -> None:
    """Write every drawing, and refuse one that has grown too large."""
    ART.mkdir(parents=True, exist_ok=True)
    hero = re.sub(r' d="[^"]+"', lambda d: re.sub(r"\.\d", "", d[0]), svg(scene.hero(), 1600, 1000))
    files = {name: svg(draw()) for name, draw in DRAWINGS.items()}
    files["hero"] = hero
    files["mark"] = svg(scene.mark(), 64, 64)
    for name, text in files.items():
        limit = SCENE_LIMIT if name.startswith("hero") else LIMIT
        if len(text) > limit:
            raise SystemExit(f"{name}.svg has {len(text)} bytes, more than {limit}.")
        (ART / f"{name}.svg").write_text(text, encoding="utf-8")
        sys.stdout.write(f"{name}.svg: {len(text)} bytes\n")


if __name__ == "__main__":
    main()
