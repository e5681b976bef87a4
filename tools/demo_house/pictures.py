"""Small pictures for cards from the AdventureWorks renders. Used by derive_demo.py."""

from pathlib import Path

from PIL import Image

QUALITY = 72
"""Five to six kilobytes for a bicycle; above it nothing is gained that an eye sees at 240 pixels."""


def write_pictures(source: Path, target: Path, numbers: set[str]) -> None:
    """Write the renders with these numbers as WebP at their own size (240 x 149), and remove all others."""
    target.mkdir(parents=True, exist_ok=True)
    for old in target.glob("*.webp"):
        old.unlink()
    total = 0
    for number in sorted(numbers):
        (path,) = source.glob(f"{number}_*.gif")
        written = target / f"{number}.webp"
        with Image.open(path) as image:
            image.convert("RGB").save(written, "WEBP", quality=QUALITY, method=6)
        total += written.stat().st_size
    print(f"pictures: {len(numbers)} files, {total} bytes")
