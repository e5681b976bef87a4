"""Imprint, privacy and the like; what robots and watchdogs ask."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from kontor.front.shop.facts import facts
from kontor.front.shop.queries import all_slugs

PAGES = ("imprint", "privacy", "terms", "withdrawal", "shipping", "contact")


@require_safe
def page(request: HttpRequest, name: str) -> HttpResponse:
    """One of the house's own pages, with its name and address as they stand today."""
    if name not in PAGES:
        raise Http404
    known = facts()
    return render(request, f"site/{name}.html", {"firm": known.house, "ways": known.ways})


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
    """Every page worth finding."""
    paths = [reverse("shop:home")]
    paths += [reverse("shop:category", args=[shelf.slug]) for shelf in facts().shelves]
    paths += [reverse("shop:product", args=[slug]) for slug in all_slugs()]
    urls = [request.build_absolute_uri(path) for path in paths]
    return render(request, "site/sitemap.xml", {"urls": urls}, content_type="application/xml; charset=utf-8")
