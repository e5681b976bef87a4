"""Lists keep their saved views and long files here."""

from collections.abc import Sequence
from typing import Any

from django.urls import reverse

from kontor.back.administration.models import SavedView
from kontor.back.administration.queries import views_of
from kontor.kernel.ui.listing.saving import Keeping, SavedQuery


def _views(page: str, reader: Any) -> Sequence[SavedQuery]:
    return [_saved(view, is_own=view.owner_id == reader.id) for view in views_of(page, reader)]


def _saved(view: SavedView, *, is_own: bool) -> SavedQuery:
    if not is_own:
        return SavedQuery(view.name, view.query)
    return SavedQuery(
        view.name,
        view.query,
        change_url=reverse("administration:change_view", args=[view.id]),
        remove_url=reverse("administration:remove_view", args=[view.id]),
        is_shared=view.is_shared,
    )


KEEPING = Keeping(_views, "administration:save_view", "administration:export")
