"""Saved views: a list's address under a name. Where they are kept is said once by the room that keeps them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, cast

from django.utils.module_loading import import_string


@dataclass(frozen=True, slots=True)
class SavedQuery:
    """A saved view; ``change_url`` and ``remove_url`` take a POST and are empty for views of others."""

    name: str
    query: str
    change_url: str = ""
    remove_url: str = ""
    is_shared: bool = False


@dataclass(frozen=True, slots=True)
class Keeping:
    """Who keeps views (``views_of(page, reader)``, one statement) and where forms go (url names)."""

    views_of: Callable[[str, Any], Sequence[SavedQuery]]
    save_url_name: str
    export_url_name: str


class _Kept:
    """Set when the rooms are loaded (``AppConfig.ready``); planes without it offer no saved views."""

    path = ""


def keep_views(path: str) -> None:
    """Name the ``Keeping`` of the room that keeps saved views and long exports, by its dotted path."""
    _Kept.path = path


def keeping() -> Keeping | None:
    """Who keeps saved views in this process, if anybody."""
    return cast("Keeping", import_string(_Kept.path)) if _Kept.path else None
