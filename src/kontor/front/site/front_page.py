"""What the start page of the shop says around its shelves."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils import timezone
from django.utils.safestring import SafeString

from kontor.front.shop.facts import facts
from kontor.front.site import queries, structured
from kontor.front.site.drawing import Drawn, Ground, drawn
from kontor.front.site.news_cards import Card, cards
from kontor.front.site.pictures import DRAWINGS, alt_of, picture_url
from kontor.kernel.house import is_shut

_NEWS_ON_THE_FRONT = 3


@dataclass(frozen=True, slots=True)
class FrontPage:
    """The start page's head, the parts that are shown, and the latest news where they are."""

    words: Drawn
    shows: dict[str, bool]
    picture_url: str
    is_drawn: bool
    alt: str
    news: Sequence[Card]
    structured: SafeString


def front_page(url: str) -> FrontPage:
    """The start page as it stands now. One statement, two where it shows news."""
    known = facts()
    shown = queries.shown_page("home")
    ground = Ground(known.house, known.ways, timezone.now())
    words = drawn(shown, ground)
    shows = dict.fromkeys(shown.sections, True)
    has_news = "news" in shows and not is_shut("news")
    return FrontPage(
        words=words,
        shows=shows,
        picture_url=picture_url(words.picture),
        is_drawn=words.picture in DRAWINGS,
        alt=alt_of(words.picture, words.alt),
        news=cards(queries.latest_news(limit=_NEWS_ON_THE_FRONT), ground) if has_news else [],
        structured=structured.organisation(known.house, url),
    )
