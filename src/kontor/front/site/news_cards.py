"""Articles as lists, feeds and the start page show them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from kontor.front.site.drawing import Ground, drawn
from kontor.front.site.pictures import picture_url
from kontor.front.site.queries import Shown


@dataclass(frozen=True, slots=True)
class Card:
    """An article in short; ``html`` is its whole text where a feed wants it."""

    title: str
    teaser: str
    url: str
    picture_url: str
    at: datetime
    language: str
    html: str = ""


def cards(shown: Sequence[Shown], ground: Ground, *, language: str = "") -> list[Card]:
    """Articles as cards in the reader's language; with ``language`` in that one, and with their whole text."""
    found = []
    for one in shown:
        words = drawn(one, ground, language=language if language and one.texts[language].title else "")
        found.append(
            Card(
                title=words.title,
                teaser=words.teaser or words.description,
                url=reverse("site:article", args=[one.slug]),
                picture_url=picture_url(one.picture),
                at=one.valid_from or ground.at,
                language=words.language,
                html=str(words.body) if language else "",
            )
        )
    return found
