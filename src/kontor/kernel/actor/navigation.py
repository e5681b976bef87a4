"""What stands in the sidebar and the palette: each room says it in its own ``navigation.py``.

``ENTRIES`` is a tuple of ``Entry``; ``find(text, actor)`` (optional) returns ``HitGroup`` rows for a search.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import import_module
from importlib.util import find_spec
from types import ModuleType

from django.apps import apps
from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, get_script_prefix, get_urlconf, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from kontor.kernel.actor.departments import DEPARTMENTS, department_name
from kontor.kernel.actor.identity import Actor, ActorKind
from kontor.kernel.actor.requiring import actor_of
from kontor.kernel.ui.shapes import Hit, HitGroup, NavGroup, NavItem

type Find = Callable[[str, Actor], Sequence[HitGroup]]


@dataclass(frozen=True, slots=True)
class Entry:
    """A page of a room in the sidebar, below its ``department`` (a code; empty: above all), for who has ``right``."""

    department: str
    label: str | Promise
    url_name: str
    icon: str
    right: str = ""


def declared(part: str) -> list[ModuleType]:
    """The module ``part`` of every room of this plane that has one: ``navigation``, ``tiles`` or ``lists``."""
    rooms = settings.PLANE.rooms
    return [module for module in installed(part) if module.__package__ in rooms]


@cache
def installed(part: str) -> tuple[ModuleType, ...]:
    """The module ``part`` of every room that this process installs, whatever the plane."""
    found = []
    for config in apps.get_app_configs():
        name = f"{config.name}.{part}"
        if config.name.startswith(("kontor.front.", "kontor.back.")) and find_spec(name) is not None:
            found.append(import_module(name))
    return tuple(found)


def _entries(actor: Actor) -> Iterator[tuple[Entry, str]]:
    for module in declared("navigation"):
        for entry in module.ENTRIES:
            if not entry.right or actor.has(entry.right):
                url = _url(entry.url_name, get_urlconf(), get_script_prefix())
                if url:
                    yield entry, url


@lru_cache(maxsize=256)
def _url(url_name: str, _urlconf: str | None, _prefix: str) -> str:
    try:
        return reverse(url_name)
    except NoReverseMatch:  # the room of another plane: the worker and the owner install all of them
        return ""


def navigation_of(actor: Actor, path: str) -> list[NavGroup]:
    """The sidebar for this actor: departments in their order, the entry with the longest matching address current."""
    found = list(_entries(actor))
    current = max((url for _entry, url in found if path.startswith(url)), key=len, default="")
    groups: dict[str, list[NavItem]] = {}
    for entry, url in found:
        item = NavItem(str(entry.label), url, entry.icon, is_current=url == current)
        groups.setdefault(entry.department, []).append(item)
    order = ["", *(department.code for department in DEPARTMENTS)]
    return [NavGroup(department_name(code), groups[code]) for code in sorted(groups, key=order.index)]


def find_everywhere(text: str, actor: Actor) -> list[HitGroup]:
    """Pages whose name contains ``text``, then what each room finds; all pages without text."""
    wanted = text.casefold()
    pages = [
        Hit(str(entry.label), url, entry.icon, department_name(entry.department))
        for entry, url in _entries(actor)
        if wanted in f"{entry.label} {department_name(entry.department)}".casefold()
    ]
    groups = [HitGroup(_("Pages"), pages[:12])] if pages else []
    if text:
        for module in declared("navigation"):
            find: Find | None = getattr(module, "find", None)
            if find is not None:
                groups += [group for group in find(text, actor) if group.hits]
    return groups


def staff_frame(request: HttpRequest) -> dict[str, object]:
    """Context processor of the staff's planes: navigation, search, who is logged in. Costs no statement of its own."""
    actor = actor_of(request)
    if actor.kind is not ActorKind.STAFF:
        return {}
    return {
        "navigation": navigation_of(actor, request.path),
        "actor": actor,
        "preferences_url": reverse("staff:preferences"),
        "site": {
            "home_url": "/",
            "search_url": reverse("staff:search"),
            "palette_url": reverse("staff:palette"),
            "search_text": request.GET.get("q", "") if request.path == reverse("staff:search") else "",
            "staff_name": actor.name,
            "staff_role": ", ".join(department_name(code) for code in sorted(actor.departments)),
            "logout_url": reverse("staff:logout"),
            "other_side_url": _other_side(actor),
            "password_url": _password_url(),
        },
    }


def _password_url() -> str:
    """Passwords are changed in the back office only; from the counter one goes there and logs in."""
    base = "" if settings.PLANE.name == "back" else str(getattr(settings, "BACK_URL", ""))
    return f"{base}/people/password/" if base or settings.PLANE.name == "back" else ""


def _other_side(actor: Actor) -> str:
    other = {"desk": "back", "back": "desk"}.get(settings.PLANE.name, "")
    return str(getattr(settings, f"{other.upper()}_URL", "")) if other and actor.has(f"{other}.enter") else ""
