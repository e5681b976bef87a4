"""What stands around every page of the shop: categories, basket, account, legal pages."""

from collections.abc import Callable
from functools import lru_cache
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import activate, get_language
from django.utils.translation import gettext as _

from kontor.bridge.parties.middleware import visit_of
from kontor.front.shop.facts import facts
from kontor.front.shop.queries import basket_count
from kontor.front.site.front_page import front_page
from kontor.front.site.pages import PAGES
from kontor.kernel.ui.shapes import NavGroup, NavItem

type Respond = Callable[[HttpRequest], HttpResponse]

_LANGUAGES = ("de", "en")


class FrameMiddleware:
    """Sets ``request.around``, asked when a page is drawn: at most one statement, for the basket's badge."""

    def __init__(self, respond: Respond) -> None:
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponse:
        # Search engines find both languages under addresses of their own; readers keep theirs in a cookie.
        asked = request.GET.get("lang", "")
        if asked in _LANGUAGES:
            activate(asked)
            request.LANGUAGE_CODE = asked  # as LocaleMiddleware sets it
        request.around = lambda: _around(request)  # type: ignore[attr-defined]  # read by kernel.ui.context
        return self.respond(request)


def _around(request: HttpRequest) -> dict[str, Any]:
    visit = visit_of(request)
    shelf_url = reverse("shop:shelf")
    here, asked = request.build_absolute_uri(request.path), request.GET.get("lang", "")
    return {
        "navigation": [NavGroup(_("Categories"), _shelves(request.path))],
        "site": {
            "home_url": reverse("shop:home"),
            "search_url": shelf_url,
            "search_text": request.GET.get("q", "")[:200] if request.path.startswith(shelf_url) else "",
            "basket_url": reverse("shop:basket"),
            "basket_count": basket_count(visit.party_id) if visit.party_id else 0,
            "account_url": reverse("account:home" if visit.is_logged_in else "account:login"),
            "account_name": visit.name if visit.is_logged_in else _("Log in"),
            "legal": _legal(get_language() or "de"),
            "alternates": [(code, f"{here}?lang={code}") for code in _LANGUAGES],
            "canonical": f"{here}?lang={asked}" if asked in _LANGUAGES else here,
        },
        # Read by the start page only: one or two statements.
        "front": SimpleLazyObject(lambda: front_page(request.build_absolute_uri("/"))),
    }


@lru_cache(maxsize=4)
def _legal(_language: str) -> list[dict[str, Any]]:
    """The links at the foot; the withdrawal's stands out, as § 356a (1) BGB wants it."""
    shown = [page for page in PAGES if page.in_foot]
    pages = [{"label": str(page.label), "url": reverse("site:page", args=[page.slug])} for page in shown]
    news = {"label": _("News"), "url": reverse("site:news")}
    withdraw = {"label": _("Withdraw from contract"), "url": reverse("site:withdraw"), "stands_out": True}
    return [withdraw, pages[0], news, *pages[1:]]


@lru_cache(maxsize=256)
def _shelf_url(slug: str) -> str:
    return reverse("shop:category", args=[slug])


def _shelves(path: str) -> list[NavItem]:
    known = facts()
    here = known.shelf(path.removeprefix("/shop/").rstrip("/")) if path.startswith("/shop/") else None
    top = here.parent_slug or here.slug if here else ""
    return [
        NavItem(shelf.name, _shelf_url(shelf.slug), is_current=shelf.slug == top)
        for shelf in known.top_shelves
    ]
