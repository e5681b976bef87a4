"""The feed of product conception."""

from collections.abc import Mapping
from typing import Any

from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from kontor.back.design import queries
from kontor.back.design.wording import KINDS, LANGUAGES, OUTCOMES, SOURCES, TONES, origin_words
from kontor.kernel.ui import formats
from kontor.kernel.ui.listing.addresses import row_url
from kontor.kernel.ui.listing.declaring import Choice, Column, Listing, Period, Tab

_SHOWN = 140


def _heard(row: Mapping[str, Any]) -> str:
    return formats.instant(row["at"])


def _short(row: Mapping[str, Any]) -> str:
    """The beginning of the words on one line; where there are none, what it was."""
    words = " ".join(str(row["short"]).split())
    return Truncator(words).chars(_SHOWN) if words else origin_words(row)


def _article(row: Mapping[str, Any]) -> str:
    return " · ".join(part for part in (row["name"], row["lot"]) if part)


FEED = Listing(
    page="design.feed",
    title=_("What customers meet"),
    eyebrow=_("Product Conception"),
    right="design.read",
    rows=queries.signal_rows,
    columns=(
        # The link: words are long and break, links do not.
        Column(key="at", label=_("Heard"), value=_heard, kind="link", sort="heard"),
        Column(key="kind", label=_("Kind"), kind="pill", words=KINDS, tones=TONES),
        Column(key="short", label=_("In their words"), value=_short, is_wide=True),
        Column(key="article", label=_("Article and lot"), value=_article, is_wide=True),
        Column(key="source", label=_("From where"), value=origin_words, is_muted=True, is_wide=True),
        Column(key="lot", label=_("Lot"), is_extra=True),
        Column(key="stars", label=_("Stars"), kind="quantity", is_extra=True),
        Column(key="times", label=_("Times"), kind="quantity", is_extra=True),
        Column(key="outcome", label=_("Outcome"), words=OUTCOMES, is_extra=True),
        Column(key="language", label=_("Language"), words=dict(LANGUAGES), is_extra=True),
        Column(key="name", label=_("Article"), is_extra=True),
        Column(key="number", label=_("Article number"), is_extra=True),
        Column(key="words", label=_("All words"), is_wide=True, is_extra=True),
    ),
    sorts={"heard": "at"},
    default_sort="-heard",
    url=row_url("design:signal", "id"),
    search=queries.by_words,
    search_label=_("Words, article number or lot"),
    filters=(
        Choice(key="kind", label=_("Kind"), choices=list(KINDS.items()), field="kind"),
        Choice(key="source", label=_("From where"), choices=list(SOURCES.items()), field="source"),
        Choice(key="category", label=_("Category"), choices=queries.categories, narrow=queries.in_category),
        Choice(key="lot", label=_("Lot"), choices=queries.lots, field="lot"),
        Choice(key="language", label=_("Language"), choices=LANGUAGES, field="language"),
        Period(
            key="heard",
            label_from=_("heard from"),
            label_until=_("heard until"),
            field="at",
            is_instant=True,
        ),
    ),
    tabs=(
        Tab(label=_("All")),
        Tab(label=_("Problems"), query="kind=problem"),
        Tab(label=_("Needs"), query="kind=need"),
    ),
    template="design/feed.html",
    empty_title=_("Nothing was heard yet"),
    empty_text=_(
        "Complaints, returns, reviews, searches without result and wishes appear here within seconds, without names."
    ),
    empty_icon="message-square-text",
)
