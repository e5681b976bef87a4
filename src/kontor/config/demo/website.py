"""What the demo house says on its website, published through the same actions as its staff would."""

import tomllib
from datetime import datetime, timedelta
from importlib import resources
from typing import Any
from uuid import UUID, uuid5

from kontor.front.site.actions import NewWords, begin_news, publish_page, save_draft, starting_words
from kontor.front.site.models import Edition
from kontor.kernel.actor.identity import Actor

_ARTICLES = UUID("5c0b8a9e-2f62-5d6e-8f47-50a5f43d2c11")
_WORDS = tuple(NewWords.__dataclass_fields__)


def load_website(*, by: Actor, at: datetime) -> int:
    """Publish the pages and articles of ``website.toml``; returns how many are new. Safe to repeat."""
    text = resources.files(__package__).joinpath("website.toml").read_text("utf-8")
    content: dict[str, list[dict[str, Any]]] = tomllib.loads(text)
    known = set(Edition.objects.values_list("slug", "title_de"))
    published = 0
    for page in content["page"]:
        if page["slug"] not in {slug for slug, _title in known}:
            _publish(page["slug"], page, by=by, at=at - timedelta(days=page["days_ago"]))
            published += 1
    for article in content["news"]:
        if article["title_de"] not in {title for _slug, title in known}:
            then = at - timedelta(days=article["days_ago"])
            key = uuid5(_ARTICLES, article["title_de"])
            draft = begin_news(
                key=key, title_de=article["title_de"], title_en=article["title_en"], by=by, at=then
            )
            _publish(draft.slug, article, by=by, at=then, version=draft.version)
            published += 1
    return published


def _publish(slug: str, said: dict[str, Any], *, by: Actor, at: datetime, version: int = 0) -> None:
    words = NewWords(**{name: said[name] for name in _WORDS if name in said})
    if not words.title_de:
        words = starting_words(slug)
    draft = save_draft(slug=slug, words=words, version=version, by=by, at=at)
    publish_page(
        draft_id=draft.id,
        version=draft.version,
        valid_from=None,
        valid_until=None,
        note=said.get("note", ""),
        by=by,
        at=at,
    )
