"""What people wrote, made fit for XML and for the typesetter without changing its meaning."""

import re
import unicodedata
from functools import cache, lru_cache
from importlib.resources import files

# XML 1.0 production [2] Char: these may not even be escaped. Each becomes U+FFFD, so that a reader sees the gap.
_FORBIDDEN_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

# Marks that steer the direction of writing could show an address other than the one that is delivered to.
_INVISIBLE = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})

MISSING_GLYPH = "□"


def xml_text(text: str) -> str:
    """Return ``text`` with every character that XML 1.0 forbids replaced by U+FFFD; all others stay as they are."""
    return _FORBIDDEN_IN_XML.sub("\ufffd", text)


def printable(text: str) -> str:
    """Return ``text`` on one line, in characters the house's fonts can draw.

    Blanks and line breaks become single spaces, invisible and direction marks vanish, compatibility forms (full
    width, mathematical letters) become plain ones, and what no font here can draw becomes U+25A1. PDF/A allows no
    missing glyphs; the XML inside the invoice keeps the exact characters.
    """
    if text.isascii() and text.isprintable():
        return " ".join(text.split())
    return " ".join("".join(_drawn(character) for character in _words(text)).split())


def _words(text: str) -> str:
    return unicodedata.normalize("NFC", " ".join(text.split()))


@lru_cache(maxsize=4096)
def _drawn(character: str) -> str:
    if ord(character) in _coverage():
        return "" if unicodedata.category(character) in _INVISIBLE else character
    if unicodedata.category(character) in _INVISIBLE:
        return ""
    if character.isspace():
        return " "
    plain = unicodedata.normalize("NFKC", character)
    if plain != character and all(ord(part) in _coverage() for part in plain):
        return plain
    # A lone accent or variation selector has no box of its own.
    return (
        "" if unicodedata.combining(character) or unicodedata.category(character) == "Mn" else MISSING_GLYPH
    )


@cache
def _coverage() -> frozenset[int]:
    """Return the code points that the fonts can draw, from the list made when the fonts were subset."""
    points: set[int] = set()
    listed = files(__package__).joinpath("fonts", "coverage.txt").read_text(encoding="ascii")
    for row in listed.splitlines():
        if not row.startswith("#"):
            first, _, last = row.partition("-")
            points.update(range(int(first, 16), int(last or first, 16) + 1))
    return frozenset(points)
