"""Doors: what of a house is open to customers. Front rooms declare theirs in ``doors.py``; the house switches them.

``DOORS`` is a tuple of ``Door``. A shut door's addresses answer 404, menus and the site map leave them out, and the
rows behind them stay. Which doors are shut stands in ``kernel.house``: no statement of its own.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.apps import apps
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import Resolver404, resolve
from django.utils.functional import Promise

from kontor.kernel.house import standing
from kontor.kernel.ui.shapes import NavGroup

type Respond = Callable[[HttpRequest], HttpResponse]


@dataclass(frozen=True, slots=True)
class Door:
    """One door. ``department`` answers for it; ``url_name`` is where it leads; ``views`` are names of its addresses.

    A name that ends with ``:`` or ``*`` stands for all that begin so; ``except_`` are names that stay open.
    """

    code: str
    department: str
    icon: str
    label: str | Promise
    words: str | Promise
    url_name: str
    views: tuple[str, ...]
    except_: tuple[str, ...] = ()

    def leads_to(self, view_name: str) -> bool:
        """Whether an address of this name lies behind the door."""
        if view_name in self.except_:
            return False
        return any(
            view_name.startswith(name.rstrip("*")) if name.endswith((":", "*")) else view_name == name
            for name in self.views
        )


@cache
def declared_doors() -> tuple[Door, ...]:
    """The doors of every front room that is installed here."""
    found: list[Door] = []
    for config in apps.get_app_configs():
        name = f"{config.name}.doors"
        if config.name.startswith("kontor.front.") and find_spec(name) is not None:
            found += import_module(name).DOORS
    return tuple(found)


@cache
def _door_of(view_name: str) -> str:
    return next((door.code for door in declared_doors() if door.leads_to(view_name)), "")


def is_behind_shut_door(path: str) -> bool:
    """Whether an address of this plane lies behind a shut door. Costs next to nothing while all doors are open."""
    shut = standing().shut_doors
    return bool(shut) and _door_of(_view_name(path)) in shut


def _view_name(path: str) -> str:
    try:
        return resolve(path.partition("?")[0].partition("#")[0]).view_name
    except Resolver404:  # an address of somebody else
        return ""


class DoorsMiddleware:
    """Keeps shut doors shut: their addresses are not found, and the frame of other pages does not lead there."""

    def __init__(self, respond: Respond) -> None:
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponse:
        around = getattr(request, "around", None)
        if around is not None:
            request.around = lambda: _without_shut_doors(around())  # type: ignore[attr-defined]
        return self.respond(request)

    def process_view(self, request: HttpRequest, _view: object, _args: object, _kwargs: object) -> None:
        """Not found, where the door is shut."""
        shut = standing().shut_doors
        match = request.resolver_match
        if shut and match is not None and _door_of(match.view_name) in shut:
            raise Http404


def _without_shut_doors(around: Mapping[str, Any]) -> Mapping[str, Any]:
    if not standing().shut_doors:
        return around
    site: dict[str, Any] = {
        name: "" if name.endswith("_url") and value and is_behind_shut_door(value) else value
        for name, value in around.get("site", {}).items()
    }
    site["legal"] = [link for link in site.get("legal", []) if not is_behind_shut_door(link["url"])]
    return {
        **around,
        "site": site,
        "navigation": [_open_part(group) for group in around.get("navigation", [])],
    }


def _open_part(group: NavGroup) -> NavGroup:
    return replace(group, items=[item for item in group.items if not is_behind_shut_door(item.url)])
