"""Lists keep their saved views and long files here."""

from collections.abc import Sequence
from typing import Any

from django.urls import reverse

from kontor.back.administration.queries import views_of
from kontor.kernel.ui.listing.saving import Keeping, SavedQuery


def _views(page: str, reader: Any) -> Sequence[SavedQuery]:
    return [
        SavedQuery(
            view.name,
            view.query,
            reverse("administration:remove_view", args=[view.id]) if view.owner_id == reader.id else "",
        )
        for view in views_of(page)
    ]


KEEPING = Keeping(_views, "administration:save_view", "administration:export")
