"""What the website says. The public sees what is published and valid now: the row policy knows nothing else."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Q

from kontor.bridge.orders.models import ShippingMethod
from kontor.front.site.models import Draft, Edition
from kontor.front.site.pages import BY_SLUG, PAGES, Text, starting_sections, starting_text
from kontor.kernel.language import reader_language
from kontor.kernel.sql import Statements

__all__ = ["Draft", "Edition"]

NEWS_ON_A_PAGE = 12

_sql = Statements(__package__)


@dataclass(frozen=True, slots=True)
class Shown:
    """A page as it stands. ``number`` is 0 where nobody has written it yet: then it says its starting text."""

    slug: str
    kind: str
    number: int
    texts: Mapping[str, Text]
    picture: str = ""
    alts: Mapping[str, str] = field(default_factory=dict)
    sections: Sequence[str] = ()
    valid_from: datetime | None = None
    valid_until: datetime | None = None
    published_at: datetime | None = None
    id: UUID | None = None

    @property
    def language(self) -> str:
        """The language it is read in: the reader's, or German where nobody has written it in theirs."""
        wanted = reader_language()
        return wanted if self.texts[wanted].title else "de"

    @property
    def text(self) -> Text:
        """What it says to this reader."""
        return self.texts[self.language]

    @property
    def alt(self) -> str:
        """What is to be seen in the picture."""
        return self.alts.get(self.language, "")


@dataclass(frozen=True, slots=True)
class SmallPrint:
    """What a confirmation must carry: the terms an order agreed to (None: there were none) and how to withdraw."""

    terms: Shown | None
    withdrawal: Shown


def _of_row(row: Any) -> Shown:
    return Shown(
        slug=row.slug,
        kind=row.kind,
        number=row.number,
        texts={
            "de": Text(row.title_de, row.teaser_de, row.body_de),
            "en": Text(row.title_en, row.teaser_en, row.body_en),
        },
        picture=row.picture,
        alts={"de": row.picture_alt_de, "en": row.picture_alt_en},
        sections=tuple(row.sections),
        valid_from=row.valid_from,
        valid_until=row.valid_until,
        published_at=row.published_at,
        id=row.id,
    )


def starting_page(slug: str) -> Shown:
    """A page before anybody has written it."""
    return Shown(
        slug=slug,
        kind=BY_SLUG[slug].kind,
        number=0,
        texts={language: starting_text(slug, language) for language in ("de", "en")},
        sections=tuple(starting_sections()) if slug == "home" else (),
    )


def shown_page(slug: str) -> Shown:
    """A page of ``PAGES`` as it stands now. One statement."""
    row = _sql.one("shown", slug=slug, is_news=False)
    return _of_row(row) if row else starting_page(slug)


def shown_news(slug: str) -> Shown | None:
    """An article, if it is news now. One statement."""
    row = _sql.one("shown", slug=slug, is_news=True)
    return _of_row(row) if row else None


def older_edition(slug: str, number: int) -> Shown | None:
    """A text that customers have agreed to, in the words of then. One statement."""
    row = _sql.one("one_edition", slug=slug, number=number)
    return _of_row(row) if row else None


def readable_editions(slug: str) -> list[Any]:
    """Number and days of every edition that stays readable, latest first. One statement."""
    return _sql.rows("readable_editions", slug=slug)


def latest_news(*, limit: int = NEWS_ON_A_PAGE, page: int = 1) -> list[Shown]:
    """What is news now, latest first. One statement."""
    return [_of_row(row) for row in _sql.rows("news", limit=limit, offset=(page - 1) * NEWS_ON_A_PAGE)]


def everything_shown() -> list[Any]:
    """Slug, kind and last change of everything published now, for the sitemap. One statement."""
    return _sql.rows("sitemap")


def small_print(order_ids: Sequence[UUID]) -> dict[UUID, SmallPrint]:
    """The small print of orders, by order. One statement."""
    found = {}
    for row in _sql.rows("small_print", order_ids=list(order_ids)):
        texts = {code: Text(title, "", body) for code, title, body in (
            ("de", row.title_de, row.body_de), ("en", row.title_en, row.body_en))}  # fmt: skip
        terms = Shown("terms", "legal", row.number, texts, valid_from=row.valid_from) if row.number else None
        withdrawal = starting_page("withdrawal")
        if row.withdrawal_title_de:
            texts = {
                "de": Text(row.withdrawal_title_de, "", row.withdrawal_body_de),
                "en": Text(row.withdrawal_title_en, "", row.withdrawal_body_en),
            }
            withdrawal = Shown("withdrawal", "legal", 1, texts)
        found[row.order_id] = SmallPrint(terms, withdrawal)
    return found


def ways_to_ship() -> list[ShippingMethod]:
    """How goods travel, for the preview at the desk. One statement."""
    return list(ShippingMethod.objects.order_by("position", "code"))


def own_order(number: str) -> Any | None:
    """An order of the token's party: id, number, billing_name, email; None for anybody else's. One statement."""
    return None if "\0" in number else _sql.one("own_order", number=number.strip()[:40])


def received(case_id: UUID) -> Any | None:
    """Number and instant of a matter of the token's party; None for anybody else's. One statement."""
    return _sql.one("received", id=case_id)


# What staff see -------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Standing:
    """How a page stands: what is shown, what is planned, what is being written."""

    slug: str
    kind: str
    title: str
    shown: Edition | None
    planned: Edition | None
    ended: Edition | None
    draft: Draft | None

    @property
    def is_unchecked(self) -> bool:
        """A legal text that nobody who knows the law has read."""
        return self.kind == "legal" and not (self.shown and self.shown.is_checked)

    @property
    def latest(self) -> datetime | None:
        """When something last happened to it."""
        moments = [self.draft.changed_at] if self.draft else []
        moments += [one.published_at for one in (self.shown, self.planned, self.ended) if one]
        return max(moments, default=None)


def pages_standing(at: datetime) -> list[Standing]:
    """Every page of the house but the news. Two statements."""
    editions = _by_slug(Edition.objects.exclude(kind="news").filter(_not_over(at)))
    drafts = {draft.slug: draft for draft in Draft.objects.exclude(kind="news")}
    return [
        _standing(
            _Known(page.slug, page.kind, str(page.label)),
            editions.get(page.slug, []),
            drafts.get(page.slug),
            at,
        )
        for page in PAGES
    ]


def news_standing(at: datetime, *, page: int = 1) -> list[Standing]:
    """Articles, those being written first, then the latest. Two statements."""
    drafts = list(Draft.objects.filter(kind="news").order_by("-changed_at")[:NEWS_ON_A_PAGE])
    latest = Edition.objects.filter(kind="news").order_by("slug", "-valid_from", "-number").distinct("slug")
    start = (page - 1) * NEWS_ON_A_PAGE
    chosen = (
        Edition.objects.filter(id__in=latest.values("id"))
        .order_by("-valid_from", "-id")
        .defer("body_de", "body_en")[start : start + NEWS_ON_A_PAGE + 1]
    )
    by_slug = {draft.slug: draft for draft in drafts}
    found = [
        _standing(_article(edition), [edition], by_slug.pop(edition.slug, None), at) for edition in chosen
    ]
    new = [_standing(_article(draft), [], draft, at) for draft in by_slug.values() if page == 1]
    return [*new, *found]


def slug_of_draft(key: UUID) -> str:
    """Where the draft stands that a form with this key began; empty where it did not."""
    return Draft.objects.filter(id=key).values_list("slug", flat=True).first() or ""


def page_standing(slug: str, at: datetime) -> Standing | None:
    """One page or article; None for a name that nobody knows. Two statements."""
    editions = list(Edition.objects.filter(slug=slug).order_by("-valid_from", "-number")[:50])
    draft = Draft.objects.filter(slug=slug).first()
    known = BY_SLUG.get(slug)
    if known is not None:
        return _standing(_Known(slug, known.kind, str(known.label)), editions, draft, at)
    first = draft or (editions[0] if editions else None)
    return _standing(_article(first), editions, draft, at) if first else None


def editions_of(slug: str) -> list[Edition]:
    """What was published of a page, latest first. One statement."""
    return list(Edition.objects.filter(slug=slug).order_by("-number")[:50])


def edition(slug: str, number: int) -> Edition | None:
    """One edition of a page. One statement."""
    return Edition.objects.filter(slug=slug, number=number).first()


class _Known(NamedTuple):
    slug: str
    kind: str
    title: str


def _article(words: Draft | Edition) -> _Known:
    title = (words.title_de if reader_language() == "de" else words.title_en) or words.title_de
    return _Known(words.slug, "news", title or words.slug)


def _not_over(at: datetime) -> Q:
    return Q(valid_until=None) | Q(valid_until__gt=at)


def _by_slug(rows: Any) -> dict[str, list[Edition]]:
    found: dict[str, list[Edition]] = {}
    for row in rows.order_by("-valid_from", "-number").defer("body_de", "body_en"):
        found.setdefault(row.slug, []).append(row)
    return found


def _standing(page: _Known, editions: Sequence[Edition], draft: Draft | None, at: datetime) -> Standing:
    going = [one for one in editions if one.valid_until is None or one.valid_until > max(at, one.valid_from)]
    shown = next((one for one in going if one.valid_from <= at), None)
    planned = next((one for one in reversed(going) if one.valid_from > at), None)
    ended = next((one for one in editions if one not in going), None)
    return Standing(*page, shown, planned, ended, draft)
