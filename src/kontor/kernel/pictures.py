"""Pictures that staff upload: looked at, not believed, drawn anew without anything else in the file, and kept."""

import io
import os
import secrets
import warnings
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageOps, UnidentifiedImageError

from kontor.kernel.errors import Refusal

LARGEST_BYTES = 12_000_000
LARGEST_PIXELS = 40_000_000
LEAST_SIDE = 80
LONGEST_SIDE = 1600
_FORMATS = ("PNG", "JPEG", "WEBP")


class NotAPicture(Refusal):
    message = _("“%(name)s” is no picture that can be shown. Choose a PNG, JPEG or WebP file.")
    status = 422


class PictureTooLarge(Refusal):
    message = _("“%(name)s” is too large. Choose a picture of up to 12 MB and 40 million pixels.")
    status = 422


class PictureTooSmall(Refusal):
    message = _("“%(name)s” is too small. Both sides need at least 80 pixels.")
    status = 422


@dataclass(frozen=True, slots=True)
class StoredPicture:
    """A file among the house's pictures, and its size in pixels."""

    name: str
    width: int
    height: int


def store_picture(file: IO[bytes], *, name: str, size: int, prefix: str) -> StoredPicture:
    """Draw an uploaded picture anew as WebP, at most 1,600 pixels long, and keep it among the house's pictures.

    What was in the file besides the picture (place, camera, hidden code) is gone. A file that is kept but never shown
    does no harm. ``prefix`` says in its name who keeps it. Not repeatable: each call keeps a file of its own.

    Raises:
        NotAPicture: the content is none of PNG, JPEG, WebP, whatever its name says, or it is broken.
        PictureTooLarge, PictureTooSmall: it is out of bounds.
    """
    shown = Path(name).name[:60]
    if size > LARGEST_BYTES:
        raise PictureTooLarge(name=shown)
    image = _drawn(file.read(LARGEST_BYTES + 1), shown)
    target = Path(settings.MEDIA_ROOT)
    target.mkdir(parents=True, exist_ok=True)
    stored = f"{prefix}{secrets.token_hex(12)}.webp"
    draft = target / f".{stored}"
    with draft.open("wb") as stream:
        image.save(stream, "WEBP", quality=82, method=4)
        stream.flush()
        os.fsync(stream.fileno())
    draft.replace(target / stored)
    return StoredPicture(stored, image.width, image.height)


def _drawn(content: bytes, name: str) -> Image.Image:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(content), formats=_FORMATS) as source:
                if source.width * source.height > LARGEST_PIXELS:
                    raise PictureTooLarge(name=name)
                if min(source.size) < LEAST_SIDE:
                    raise PictureTooSmall(name=name)
                source.draft("RGB", (LONGEST_SIDE * 2, LONGEST_SIDE * 2))
                upright = ImageOps.exif_transpose(source)
                upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
                has_alpha = "A" in upright.getbands() or "transparency" in upright.info
                return upright.convert("RGBA" if has_alpha else "RGB")
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise PictureTooLarge(name=name) from error
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError) as error:
        raise NotAPicture(name=name) from error


def forget_pictures(names: Iterable[str]) -> None:
    """Remove files that nothing shows any more. Safe to repeat."""
    for name in names:
        (Path(settings.MEDIA_ROOT) / Path(name).name).unlink(missing_ok=True)
