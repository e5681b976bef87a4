"""The reader's language. What the house writes about its things stands in two columns, German and English."""

from typing import Literal

from django.utils.translation import get_language


def in_german() -> bool:
    """Whether the reader reads German: which of two content columns is shown. German where nobody chose."""
    return (get_language() or "de").startswith("de")


def reader_language() -> Literal["de", "en"]:
    """The language of what is read now."""
    return "de" if in_german() else "en"
