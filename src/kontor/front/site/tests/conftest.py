"""The shop's visitors reading the house's pages, and those who write them."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from kontor.front.shop.tests.conftest import another_visitor, shop, visitor
from kontor.front.site.actions import NewWords, publish_page, save_draft
from kontor.front.site.models import Edition
from kontor.kernel.actor.identity import Actor, ActorKind
from kontor.kernel.ids import uuid7

__all__ = ["another_visitor", "shop", "visitor"]


@pytest.fixture
def editor() -> Actor:
    """A member of staff who may write the website."""
    return Actor(ActorKind.STAFF, id=uuid7(), name="Mia Marketing", rights=frozenset({"site.write"}))


type Publish = Callable[..., Edition]


@pytest.fixture
def published(db: None, editor: Actor) -> Publish:
    """``published("about", title_de="…", at=…, valid_from=…, valid_until=…)``: a page as staff publish it."""

    def publish(
        slug: str,
        *,
        at: datetime,
        valid_from: datetime | None = None,
        valid_until: datetime | None = None,
        **words: Any,
    ) -> Edition:
        draft = save_draft(
            slug=slug, words=NewWords(**{"title_de": slug.title(), **words}), version=0, by=editor, at=at
        )
        return publish_page(
            draft_id=draft.id,
            version=draft.version,
            valid_from=valid_from,
            valid_until=valid_until,
            note="",
            by=editor,
            at=at,
        )

    return publish
