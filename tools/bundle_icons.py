"""Draw the icon sprite from a folder of lucide SVG files: ``bundle_icons.py FOLDER``.

The folder is ``icons`` of the npm package ``lucide-static`` (ISC licence). Only the icons named in ``ICONS`` go in, so
that the sprite stays small; add a name and run it again to have one more. The same input gives the same bytes.
"""

import re
import sys
from pathlib import Path

SPRITE = Path(__file__).resolve().parent.parent / "src/kontor/kernel/ui/static/ui/icons.svg"

ICONS = """
arrow-down arrow-left arrow-right arrow-up arrow-up-down badge-check ban banknote barcode bell bike book-open
bookmark boxes building-2 calendar chart-column chart-line check chevron-down chevron-left chevron-right chevron-up
circle-alert circle-check circle-help clipboard-check clipboard-list clock columns-3 copy credit-card door-open download
ellipsis external-link eye eye-off factory file-text globe hand-coins headset heart history house image inbox info
keyboard landmark layout-dashboard lightbulb link list loader-circle lock log-in log-out mail map-pin menu
message-square-text minus moon package package-check package-open pencil percent phone plus printer qr-code receipt-text
refresh-cw rotate-ccw rows-3 save scale search send settings shield-check shopping-bag sliders-horizontal star store sun
sun-moon tag trash-2 triangle-alert truck undo-2 upload user users wallet warehouse wrench x
""".split()

SHAPE = re.compile(r"<(path|circle|rect|line|polyline|polygon|ellipse)\b[^>]*/>")


def main() -> int:
    """Write the sprite; return 2 when no folder is given."""
    if len(sys.argv) != 2:
        sys.stderr.write("Usage: bundle_icons.py FOLDER_WITH_LUCIDE_SVG_FILES\n")
        return 2
    folder = Path(sys.argv[1])
    symbols = []
    for name in sorted(ICONS):
        shapes = "".join(
            match.group(0).replace(" />", "/>")
            for match in SHAPE.finditer((folder / f"{name}.svg").read_text())
        )
        symbols.append(f'<symbol id="{name}" viewBox="0 0 24 24">{shapes}</symbol>')
    head = "<!-- Icons: lucide, ISC licence, see icons.LICENSE.txt. Drawn by tools/bundle_icons.py. -->"
    SPRITE.write_text(
        f'{head}\n<svg xmlns="http://www.w3.org/2000/svg">\n' + "\n".join(symbols) + "\n</svg>\n",
        encoding="utf-8",
    )
    sys.stdout.write(f"{len(symbols)} icons in {SPRITE.name}\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
