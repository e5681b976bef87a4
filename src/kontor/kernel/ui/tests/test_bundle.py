"""The maintainer's view: what is served is what is written, and every icon used is in the sprite."""

import re
import subprocess
import sys
from pathlib import Path

ROOM = Path(__file__).parent.parent
PROJECT = ROOM.parents[3]
ICON = re.compile(r'{% icon "([\w-]+)"|icon(?:_end)?="([\w-]+)"')


def test_the_served_files_are_fresh():
    done = subprocess.run(
        [sys.executable, "tools/bundle_ui.py", "--check"],
        cwd=PROJECT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


def test_every_icon_named_in_a_template_is_in_the_sprite():
    drawn = set(
        re.findall(r'<symbol id="([\w-]+)"', (ROOM / "static/ui/icons.svg").read_text(encoding="utf-8"))
    )
    missing = {
        f"{template.name}: {name}"
        for template in (PROJECT / "src/kontor").rglob("*.html")
        for found in ICON.findall(template.read_text(encoding="utf-8"))
        for name in found
        if name and name not in drawn
    }
    assert missing == set()


def test_every_layer_is_declared_in_its_order():
    served = (ROOM / "static/ui/kontor.css").read_text(encoding="utf-8")
    assert served.startswith("@layer reset,tokens,base,layout,components,archetypes,utilities;")
    assert re.findall(r"^(?:@font-face.*)?@layer (\w+)\{", served, re.MULTILINE) == [
        "reset", "tokens", "base", "layout", "components", "archetypes", "utilities",
    ]  # fmt: skip
