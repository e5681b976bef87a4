"""The house's own pages and news, as visitors and search engines read them."""

from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_safe

from kontor.front.shop.facts import facts
from kontor.front.shop.queries import all_slugs
from kontor.front.site import queries, structured
from kontor.front.site.drawing import Drawn, Ground, drawn
from kontor.front.site.news_cards import Card, cards
from kontor.front.site.pages import BY_SLUG, PAGES
from kontor.front.site.pictures import picture_url
from kontor.kernel.doors import is_behind_shut_door
from kontor.kernel.language import reader_language
from kontor.kernel.ui.shapes import PageLinks

_MOST_PAGES = 500


def ground() -> Ground:
    """What the parts of a public page are drawn from."""
    known = facts()
    return Ground(known.house, known.ways, timezone.now())


@require_safe
def page(request: HttpRequest, name: str) -> HttpResponse:
    """One of the house's own pages as it stands today."""
    if name not in BY_SLUG:
        raise Http404
    if name == "home":
        return redirect("shop:home", permanent=True)
    shown = queries.shown_page(name)
    words = drawn(shown, ground())
    context = page_context(request, words)
    if name == "terms" and shown.number:
        others = [one for one in queries.readable_editions(name) if one.number != shown.number]
        context |= {"edition": shown, "older": others}
    return render(request, "site/page.html", context)


@require_safe
def edition(request: HttpRequest, name: str, number: int) -> HttpResponse:
    """An older version of a text that customers have agreed to."""
    shown = queries.older_edition(name, number)
    if shown is None:
        raise Http404
    is_older = shown.valid_until is not None and shown.valid_until <= timezone.now()
    words = drawn(shown, ground())
    context = {**page_context(request, words), "edition": shown, "is_older": is_older}
    return render(request, "site/page.html", context)


def page_context(request: HttpRequest, words: Drawn) -> dict[str, Any]:
    """What every page of words shows, with its form for machines."""
    url = request.build_absolute_uri(request.path)
    firm = facts().house
    machine = ""
    if words.questions:
        machine = structured.questions(words.questions, url)
    elif words.slug in ("imprint", "contact", "about"):
        machine = structured.organisation(firm, request.build_absolute_uri(reverse("shop:home")))
    return {"page": words, "firm": firm, "picture_url": picture_url(words.picture), "structured": machine}


@require_safe
def news(request: HttpRequest) -> HttpResponse:
    """What is new, latest first."""
    text = request.GET.get("page", "")
    number = min(max(int(text), 1), _MOST_PAGES) if text.isascii() and text.isdigit() and len(text) < 6 else 1
    found = queries.latest_news(limit=queries.NEWS_ON_A_PAGE + 1, page=number)
    pages = PageLinks(
        previous_url=f"?page={number - 1}" if number > 1 else "",
        next_url=f"?page={number + 1}" if len(found) > queries.NEWS_ON_A_PAGE else "",
        text=_("Page %(page)s") % {"page": number},
    )
    context = {
        "articles": cards(found[: queries.NEWS_ON_A_PAGE], ground()),
        "pages": pages,
        "feed_url": reverse("site:feed", args=[reader_language()]),
    }
    return render(request, "site/news.html", context)


@require_safe
def article(request: HttpRequest, slug: str) -> HttpResponse:
    """One article."""
    shown = queries.shown_news(slug)
    if shown is None:
        raise Http404
    words = drawn(shown, ground())
    context = page_context(request, words)
    picture = context["picture_url"]
    context["at"] = shown.valid_from
    context["structured"] = structured.article(
        title=words.title,
        teaser=words.description,
        url=request.build_absolute_uri(request.path),
        picture_url=request.build_absolute_uri(picture) if picture else "",
        at=shown.valid_from or timezone.now(),
        author=facts().house.name,
    )
    return render(request, "site/article.html", context)


@require_safe
def feed(request: HttpRequest, language: str) -> HttpResponse:
    """The news as an Atom feed (RFC 4287), one for each language."""
    if language not in ("de", "en"):
        raise Http404
    with override(language):
        found = [
            Card(
                one.title, one.teaser, request.build_absolute_uri(one.url), "", one.at, one.language, one.html
            )
            for one in cards(queries.latest_news(), ground(), language=language)
        ]
        context = {
            "articles": found,
            "feed_language": language,
            "title": _("News from %(name)s") % {"name": facts().house.name},
            "author": facts().house.name,
            "self_url": request.build_absolute_uri(request.path),
            "news_url": request.build_absolute_uri(reverse("site:news")),
            "updated": found[0].at if found else timezone.now(),
        }
        return render(request, "site/feed.xml", context, content_type="application/atom+xml; charset=utf-8")


@require_safe
def ready(request: HttpRequest) -> HttpResponse:
    """Says that this process answers and reaches its database."""
    facts()
    return HttpResponse("ready\n", content_type="text/plain; charset=utf-8")


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """What robots may read."""
    lines = [
        "User-agent: *",
        "Disallow: /basket/",
        "Disallow: /checkout/",
        "Disallow: /account/",
        "Disallow: /orders/",
        "Disallow: /o/",
        f"Sitemap: {request.build_absolute_uri(reverse('site:sitemap'))}",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    """Every page worth finding, with the addresses of both languages."""
    published = queries.everything_shown()
    changed = {row.slug: row.changed_at for row in published if row.kind != "news"}
    paths: list[tuple[str, datetime | None]] = [(reverse("shop:home"), changed.get("home"))]
    paths += [(reverse("shop:category", args=[shelf.slug]), None) for shelf in facts().shelves]
    paths += [(reverse("shop:product", args=[slug]), None) for slug in all_slugs()]
    paths += [(reverse("site:page", args=[row.slug]), changed.get(row.slug)) for row in PAGES if row.in_foot]
    paths += [(reverse("site:news"), None), (reverse("site:withdraw"), None)]
    paths += [
        (reverse("site:article", args=[row.slug]), row.changed_at) for row in published if row.kind == "news"
    ]
    urls = [(request.build_absolute_uri(path), at) for path, at in paths if not is_behind_shut_door(path)]
    return render(request, "site/sitemap.xml", {"urls": urls}, content_type="application/xml; charset=utf-8")
