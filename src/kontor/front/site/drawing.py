"""From a page's words to what a template shows: the facts of the house put in, Markdown drawn, questions unfolded."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from babel import Locale
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import override

from kontor.bridge.parties.places import OpenPlace, places
from kontor.front.site.markup import Question, facts_of, first_words, plain, questions_in, to_html
from kontor.front.site.queries import Shown
from kontor.kernel.house import house_zone
from kontor.kernel.language import reader_language
from kontor.kernel.ui import formats

PARTS = ("imprint", "address", "delivery", "places", "reach", "withdraw")


@dataclass(frozen=True, slots=True)
class Ground:
    """What the parts of pages are drawn from: the house as it stands and how its goods travel."""

    firm: Any  # parties.House
    ways: Sequence[Any]
    at: datetime

    @property
    def facts(self) -> dict[str, str]:
        """What ``[[…]]`` in a line stands for."""
        return facts_of(self.firm)


@dataclass(frozen=True, slots=True)
class Drawn:
    """A page ready to be shown. ``language`` is the one it is written in, where that is not the reader's."""

    slug: str
    title: str
    teaser: str
    body: SafeString
    questions: Sequence[Question]
    picture: str
    alt: str
    description: str
    language: str


@dataclass(frozen=True, slots=True)
class Hours:
    """A day of the week, or a day that is not as usual, with its hours in words; empty: closed."""

    day: str
    spans: Sequence[str]
    reason: str = ""


def drawn(page: Shown, ground: Ground, *, language: str = "") -> Drawn:
    """Draw a page in the reader's language or in ``language``. One statement where it shows the places, else none."""
    wanted = language or page.language
    with override(wanted):
        text, facts = page.texts[wanted], ground.facts

        def draw(name: str) -> str:
            return _part(name, ground) if name in PARTS else ""

        if page.slug == "help":
            body, questions = questions_in(text.body, facts, draw)
        else:
            body, questions = to_html(text.body, facts, draw), []
        return Drawn(
            slug=page.slug,
            title=plain(text.title, facts),
            teaser=plain(text.teaser, facts),
            body=body,
            questions=questions,
            picture=page.picture,
            alt=page.alts.get(wanted, ""),
            description=plain(text.teaser, facts) or first_words(text.body, facts),
            language=wanted,
        )


def _part(name: str, ground: Ground) -> str:
    context: dict[str, Any] = {"firm": ground.firm, "ways": ground.ways}
    if name == "places":
        context["places"] = _places(ground.at)
    return render_to_string(f"site/parts/{name}.html", context)


def _places(at: datetime) -> list[tuple[OpenPlace, str, list[Hours], list[Hours]]]:
    return [_opening(place, at) for place in places(at=at)]


def _opening(place: OpenPlace, at: datetime) -> tuple[OpenPlace, str, list[Hours], list[Hours]]:
    """A place, its name, its week and the days of the next four weeks that are not as usual."""
    language = reader_language()
    name = place.name.in_language(language)
    if place.hours.is_assumed:
        return place, name, [], []
    today = at.astimezone(house_zone()).date()
    other = [
        Hours(formats.day(on, "weekday"), _spans(spans), reason.in_language(language))
        for on, spans, reason in place.soon(today)
    ]
    return place, name, _week(place), other


def _week(place: OpenPlace) -> list[Hours]:
    """The week, days of the same hours in one row."""
    names = Locale.parse(formats.reader_locale()).days["format"]["wide"]
    rows: list[tuple[int, int, list[str]]] = []
    for day, spans in place.week():
        said = _spans(spans)
        if rows and rows[-1][2] == said:
            rows[-1] = (rows[-1][0], day, said)
        else:
            rows.append((day, day, said))
    return [
        Hours(names[first] if first == last else f"{names[first]} – {names[last]}", said)
        for first, last, said in rows
    ]


def _spans(spans: Sequence[tuple[int, int]]) -> list[str]:
    return [
        f"{_clock(opens)}{formats.NO_BREAK}–{formats.NO_BREAK}{_clock(closes)}" for opens, closes in spans
    ]


def _clock(minutes: int) -> str:
    return f"{minutes // 60}:{minutes % 60:02d}"
