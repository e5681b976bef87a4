"""Join the layers of the look and the small scripts into one served file each; ``--check`` fails when one is stale.

Many files to write, one request to read. From the styles, comments and superfluous white space go; the scripts lose
their comment lines and each stands in a block of its own, so that their names cannot meet. Nothing else is touched.
"""

import re
import sys
from pathlib import Path

ROOM = Path(__file__).resolve().parent.parent / "src/kontor/kernel/ui"
ORDER = "@layer reset,tokens,base,layout,components,archetypes,utilities;\n"

COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
SPACES = re.compile(r"\s+")
AROUND_BRACES = re.compile(r"\s*([{};,])\s*")
AFTER_NAME = re.compile(r"([{;][\w-]+): ")
SCRIPT_COMMENT = re.compile(r"^\s*//.*\n", re.MULTILINE)


def squeezed(css: str) -> str:
    """Return ``css`` without comments and superfluous white space."""
    css = SPACES.sub(" ", COMMENT.sub("", css))
    css = AROUND_BRACES.sub(r"\1", css)
    css = AFTER_NAME.sub(r"\1:", css).replace(";}", "}")
    return css.strip() + "\n"


def styles() -> str:
    """Return the served stylesheet made from the layer files in the order of their names."""
    return ORDER + "".join(
        squeezed(path.read_text(encoding="utf-8")) for path in sorted((ROOM / "css").glob("*.css"))
    )


def scripts() -> str:
    """Return the served module made from the script files in the order of their names."""
    parts = (
        SCRIPT_COMMENT.sub("", path.read_text(encoding="utf-8"))
        for path in sorted((ROOM / "js").glob("*.js"))
    )
    return "".join(f"{{\n{part}}}\n" for part in parts)


def main() -> int:
    """Write or check the served files; return 1 when one is stale."""
    made = {ROOM / "static/ui/kontor.css": styles(), ROOM / "static/ui/kontor.js": scripts()}
    stale = [
        path for path, text in made.items() if not path.exists() or path.read_text(encoding="utf-8") != text
    ]
    if "--check" in sys.argv[1:]:
        for path in stale:
            sys.stderr.write(f"{path.name} is stale: run tools/bundle_ui.py.\n")
        return 1 if stale else 0
    for path in stale:
        path.write_text(made[path], encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
