"""Writing, publishing and taking back what the website says."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.text import slugify

from kontor.bridge.parties.queries import current_house
from kontor.front.site import errors, events
from kontor.front.site.markup import facts_of, with_facts
from kontor.front.site.models import Draft, Edition
from kontor.front.site.pages import BY_SLUG, starting_sections, starting_text
from kontor.kernel.actor.identity import Actor
from kontor.kernel.errors import NotFound
from kontor.kernel.events.emitting import emit
from kontor.kernel.sql import Statements
from kontor.kernel.transactions import transaction

RIGHT = "site.write"

_sql = Statements(__package__)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewWords:
    """What somebody wants a page to say."""

    title_de: str = ""
    title_en: str = ""
    teaser_de: str = ""
    teaser_en: str = ""
    body_de: str = ""
    body_en: str = ""
    picture: str = ""
    picture_alt_de: str = ""
    picture_alt_en: str = ""
    sections: list[str] = field(default_factory=list)
    is_checked: bool = False


_NAMES = tuple(NewWords.__dataclass_fields__)


def starting_words(slug: str) -> NewWords:
    """What a page of the house says before anybody has written it."""
    texts = {
        f"{name}_{language}": getattr(starting_text(slug, language), name)
        for name in ("title", "teaser", "body")
        for language in ("de", "en")
    }
    return NewWords(**texts, sections=starting_sections() if slug == "home" else [])


@transaction
def save_draft(*, slug: str, words: NewWords, version: int, by: Actor, at: datetime) -> Draft:
    """Keep what somebody has written of a page; ``version`` is that of the draft they saw, 0 where there was none.

    Moves no money and shows the public nothing. Safe to repeat: the same words are kept once.

    Raises:
        NotAllowed: ``by`` lacks the right ``site.write``.
        NotFound: there is no such page, and no article of this name.
        DraftChanged: a colleague has saved other words meanwhile.
    """
    by.require(RIGHT)
    draft = _locked(slug)
    if draft is None:
        return _begin(slug, words, by=by, at=at)
    if _words_of(draft) == words:
        return draft
    if draft.version != version:
        raise errors.DraftChanged(who=draft.changed_by)
    _put(draft, words)
    draft.version, draft.changed_at, draft.changed_by = draft.version + 1, at, by.name
    draft.save()
    return draft


@transaction
def begin_news(*, key: UUID, title_de: str, title_en: str, by: Actor, at: datetime) -> Draft:
    """Begin an article; its name in the address is made of the title and the day. Shows the public nothing.

    Safe to repeat: the same key finds the first draft.

    Raises:
        NotAllowed: ``by`` lacks the right ``site.write``.
        NameTaken: there is an article of this title and day already.
    """
    by.require(RIGHT)
    known = Draft.objects.filter(id=key).first()
    if known is not None:
        return known
    slug = f"{at:%Y-%m-%d}-{slugify(_spelled_out(title_de))[:60] or 'news'}"
    if Draft.objects.filter(slug=slug).exists() or Edition.objects.filter(slug=slug).exists():
        raise errors.NameTaken(slug=slug)
    return Draft.objects.create(
        id=key,
        slug=slug,
        kind="news",
        title_de=title_de,
        title_en=title_en,
        changed_at=at,
        changed_by=by.name,
    )


@transaction
def publish_page(
    *,
    draft_id: UUID,
    version: int,
    valid_from: datetime | None,
    valid_until: datetime | None,
    note: str,
    by: Actor,
    at: datetime,
) -> Edition:
    """Publish a draft, now or from an instant on, for good or until another one.

    Without an end it takes the place of everything that began before it; with one, what stood before comes back.
    Moves no money. Safe to repeat: a draft is published once and gone then.

    Raises:
        NotAllowed: ``by`` lacks the right ``site.write``.
        NothingToPublish: there is no such draft (any more).
        DraftChanged: a colleague has saved other words than ``by`` has seen.
        TitleMissing, PublishedTooEarly, EndsBeforeItBegins: see their words.
    """
    by.require(RIGHT)
    draft = Draft.objects.select_for_update().filter(id=draft_id).first()
    if draft is None:
        done = Edition.objects.filter(id=draft_id).first()
        if done is not None:
            return done
        raise errors.NothingToPublish
    begins = valid_from or at
    _may_be_published(draft, version=version, begins=begins, ends=valid_until, at=at)
    last = Edition.objects.filter(slug=draft.slug).order_by("-number").first()
    edition = Edition.objects.create(
        id=draft.id,
        slug=draft.slug,
        kind=draft.kind,
        number=last.number + 1 if last else 1,
        stays_readable=draft.slug == "terms",
        valid_from=begins,
        valid_until=valid_until,
        meant_until=valid_until,
        published_at=at,
        published_by=by.name,
        note=note,
        **asdict(_words_to_publish(draft)),
    )
    draft.delete()
    if valid_until is None:
        _sql.execute("end_older", slug=edition.slug, id=edition.id, begins=begins)
    happened = events.PagePublished(
        subject=edition.slug, subject_id=edition.id, number=edition.number, valid_from=begins
    )
    emit([happened], by=by, at=at)
    return edition


@transaction
def take_back(*, slug: str, number: int, by: Actor, at: datetime) -> bool:
    """End an edition now, or before it has begun; returns whether it was still to be shown.

    What it took the place of comes back; an article goes as a whole, with its older editions. Moves no money. Safe to
    repeat: what is over stays over.

    Raises:
        NotAllowed: ``by`` lacks the right ``site.write``.
        NotFound: there is no such edition.
        NeverWithoutTerms: it is the legal text that is shown now; only a newer one takes its place.
    """
    by.require(RIGHT)
    edition = Edition.objects.filter(slug=slug, number=number).first()
    if edition is None:
        raise NotFound(number=f"{slug} {number}")
    if edition.kind == "legal" and edition.valid_from <= at and _is_going(edition, at):
        raise errors.NeverWithoutTerms
    if not _sql.execute("take_back", slug=slug, id=edition.id, at=at):
        return False
    _sql.execute("bring_back", slug=slug, id=edition.id)
    emit([events.PageTakenBack(subject=slug, subject_id=edition.id, number=number)], by=by, at=at)
    return True


@transaction
def restore_edition(*, slug: str, number: int, by: Actor, at: datetime) -> Draft:
    """Write an older edition's words into the draft, to be looked at and published again. Shows the public nothing.

    Safe to repeat. What the draft said before is lost: the page asks first.

    Raises:
        NotAllowed: ``by`` lacks the right ``site.write``.
        NotFound: there is no such edition.
    """
    by.require(RIGHT)
    draft = _locked(slug)
    edition = Edition.objects.filter(slug=slug, number=number).first()
    if edition is None:
        raise NotFound(number=f"{slug} {number}")
    words = _words_of(edition)
    if draft is None:
        return Draft.objects.create(
            slug=slug, kind=edition.kind, changed_at=at, changed_by=by.name, **asdict(words)
        )
    if _words_of(draft) != words:
        _put(draft, words)
        draft.version, draft.changed_at, draft.changed_by = draft.version + 1, at, by.name
        draft.save()
    return draft


@transaction
def discard_draft(*, slug: str, version: int, by: Actor, at: datetime) -> bool:
    """Throw a draft away; returns whether there was one. What is published stays. Safe to repeat.

    Raises:
        NotAllowed: ``by`` lacks the right ``site.write``.
        DraftChanged: a colleague has saved other words than ``by`` has seen.
    """
    by.require(RIGHT)
    draft = _locked(slug)
    if draft is None:
        return False
    if draft.version != version:
        raise errors.DraftChanged(who=draft.changed_by)
    draft.delete()
    return True


def _locked(slug: str) -> Draft | None:
    return Draft.objects.select_for_update().filter(slug=slug).first()


def _begin(slug: str, words: NewWords, *, by: Actor, at: datetime) -> Draft:
    known = BY_SLUG.get(slug)
    kind = known.kind if known else Edition.objects.filter(slug=slug).values_list("kind", flat=True).first()
    if kind is None:
        raise NotFound(number=slug)
    return Draft.objects.create(slug=slug, kind=kind, changed_at=at, changed_by=by.name, **asdict(words))


def _may_be_published(
    draft: Draft, *, version: int, begins: datetime, ends: datetime | None, at: datetime
) -> None:
    if draft.version != version:
        raise errors.DraftChanged(who=draft.changed_by)
    if not draft.title_de.strip():
        raise errors.TitleMissing
    if begins < at:
        raise errors.PublishedTooEarly
    if ends is not None and ends <= begins:
        raise errors.EndsBeforeItBegins


def _words_to_publish(draft: Draft) -> NewWords:
    """The draft's words; of the terms with the house's facts as they are now: what was agreed to never changes."""
    words = _words_of(draft)
    if draft.slug != "terms":
        return words
    facts = facts_of(current_house())
    return replace(words, body_de=with_facts(words.body_de, facts), body_en=with_facts(words.body_en, facts))


def _is_going(edition: Edition, at: datetime) -> bool:
    return edition.valid_until is None or edition.valid_until > at


def _words_of(row: Draft | Edition) -> NewWords:
    values: Mapping[str, Any] = {name: getattr(row, name) for name in _NAMES}
    return NewWords(**{**values, "sections": list(row.sections)})


def _put(draft: Draft, words: NewWords) -> None:
    for name, value in asdict(words).items():
        setattr(draft, name, value)


def _spelled_out(title: str) -> str:
    """German letters in the way addresses write them: ä as ae, ß as ss."""
    return title.translate(_SPELLED)


_SPELLED = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "ß": "ss"})
