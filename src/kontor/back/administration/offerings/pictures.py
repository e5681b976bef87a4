"""Pictures that staff upload for offerings: kept among the house's pictures under names of their own."""

from typing import IO

from kontor.bridge.catalogue.picturing import NewPicture
from kontor.kernel.pictures import forget_pictures
from kontor.kernel.pictures import store_picture as store

__all__ = ["forget_pictures", "store_picture"]


def store_picture(file: IO[bytes], *, name: str, size: int) -> NewPicture:
    """Keep a picture for an offering's page; see ``kernel.pictures`` for what is refused and what is left out."""
    kept = store(file, name=name, size=size, prefix="o-")
    return NewPicture(kept.name, kept.width, kept.height)
