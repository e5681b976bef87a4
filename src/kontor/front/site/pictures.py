"""Which picture a page shows: none, one of the program's drawings (``art:…``), or a file of the house's pictures."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.templatetags.static import static
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Drawing:
    """A drawing that comes with the program: its file, and what it shows."""

    file: str
    label: str | Promise
    alt: str | Promise


DRAWINGS: Mapping[str, Drawing] = {
    "art:river": Drawing(
        "shop/art/hero.svg",
        _("Drawing: a bicycle by the river"),
        _("A bicycle on the bank of the Weser, cranes and the cathedral of Bremen behind."),
    ),
}


def picture_url(picture: str, *, route: str = "shop:picture") -> str:
    """The address of a picture, empty for none. ``route`` serves the files of the plane that asks."""
    if not picture:
        return ""
    drawing = DRAWINGS.get(picture)
    return static(drawing.file) if drawing else reverse(route, args=[picture])


def alt_of(picture: str, alt: str) -> str:
    """What is to be seen: as somebody wrote it, or as the drawing says itself."""
    drawing = DRAWINGS.get(picture)
    return alt or (str(drawing.alt) if drawing else "")


_FILE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,80}\.(webp|png|jpg)")
_TYPES = {"webp": "image/webp", "png": "image/png", "jpg": "image/jpeg"}
OURS = "site-"
_MOST_OFFERED = 40


def choices(current: str) -> list[tuple[str, str]]:
    """What a page may show: the drawings, the latest pictures uploaded for pages, and the one it has."""
    folder = Path(settings.MEDIA_ROOT)
    files = sorted(folder.glob(f"{OURS}*"), key=lambda file: file.stat().st_mtime, reverse=True)
    names = [file.name for file in files if _FILE.fullmatch(file.name)][:_MOST_OFFERED]
    if current and current not in DRAWINGS and current not in names and _FILE.fullmatch(current):
        names.insert(0, current)
    return [
        *((name, str(drawing.label)) for name, drawing in DRAWINGS.items()),
        *((name, name) for name in names),
    ]


def file_of(name: str) -> tuple[bytes, str] | None:
    """The bytes of one of the house's pictures and what they are; None for a name that none has."""
    file = Path(settings.MEDIA_ROOT) / name
    if not _FILE.fullmatch(name) or not file.is_file():
        return None
    return file.read_bytes(), _TYPES[name.rpartition(".")[2]]
