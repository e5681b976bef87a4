"""Home, shelves, article pages: reading only, but that a search in vain is noted."""

import re
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kontor.bridge.catalogue.queries import Shelf
from kontor.bridge.parties.middleware import visit_of
from kontor.bridge.voice.listening import note_search
from kontor.front.shop import offers, queries
from kontor.front.shop.colours import PRICE_WORDS, colour
from kontor.front.shop.facts import facts
from kontor.front.shop.forms import PutForm
from kontor.front.shop.shelves import PAGE, Wish, size_order
from kontor.front.shop.voices.reading import rating_of
from kontor.kernel.house import is_shut, standing
from kontor.kernel.language import reader_language
from kontor.kernel.ui.shapes import PageLinks

_PICTURE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,80}\.(webp|png|jpg|svg)")
_TYPES = {"webp": "image/webp", "png": "image/png", "jpg": "image/jpeg", "svg": "image/svg+xml"}
_SHELF_ON_THE_FRONT = 4


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The window: what the house is, its shelves, and a few things from the first one."""
    known, sells = facts(), not is_shut("shop")
    tops = known.top_shelves if sells else []
    has_own = visit_of(request).is_logged_in
    first = queries.shelf_page(Wish(shelf=tops[0].slug), has_own=has_own) if tops else []
    last = queries.shelf_page(Wish(shelf=tops[-1].slug), has_own=has_own) if len(tops) > 1 else []
    return render(
        request,
        "shop/home.html",
        {
            "tops": [(shelf, known.below(shelf.slug)) for shelf in tops],
            "first": first[: 2 * _SHELF_ON_THE_FRONT],
            "last": last[:_SHELF_ON_THE_FRONT],
            "free_from": next((way.free_from for way in known.ways if way.free_from), None),
            "sells": sells,
        },
    )


@require_safe
def shelf(request: HttpRequest, slug: str = "") -> HttpResponse:
    """A category or a search with its facets; every filter is part of the address."""
    known = facts()
    here = known.shelf(slug) if slug else None
    if slug and here is None:
        return _gone(request, slug)
    wish = Wish.from_query(request.GET, slug)
    rows = queries.shelf_page(wish, has_own=visit_of(request).is_logged_in)
    facets = queries.shelf_facets(wish)
    if wish.text and not (facets.total or slug or wish.is_filtered):
        language = reader_language()
        note_search(text=wish.text, language=language, by=visit_of(request).actor, at=timezone.now())
    context: dict[str, Any] = {
        "here": here,
        "parent": known.shelf(here.parent_slug) if here and here.parent_slug else None,
        "wish": wish,
        "rows": rows,
        "total": facets.total,
        "facets": _facets(wish, facets),
        "chosen": _chosen(wish),
        "plain_url": f"{request.path}?{urlencode({'q': wish.text})}" if wish.text else request.path,
        "sorts": _sorts(wish),
        "shelves": _links(here, facets),
        "page": _pages(wish, facets.total),
        "tops": known.top_shelves,
        "is_narrow": wish.is_filtered or bool(wish.text),
        "description": _description(here),
        "may_wish": not is_shut("ideas"),
        "trail": offers.trail(_trail(request, here)),
        "canonical_more": f"{'&' if 'lang=' in request.GET.urlencode() else '?'}page={wish.page}"
        if wish.page > 1
        else "",
    }
    return render(request, "shop/shelf.html", context)


@require_safe
def product(request: HttpRequest, slug: str) -> HttpResponse:
    """An article in all its variants."""
    return product_page(request, slug, None)


def product_page(request: HttpRequest, slug: str, refused: PutForm | None) -> HttpResponse:
    """The article page, with the buy box's form as it was refused, if it was."""
    group = queries.product(slug)
    found = queries.variants(slug) if group else []
    if group is None or not found:
        return _gone(request, slug)
    known, at = facts(), timezone.now()
    asked = refused.data.get("number", "") if refused else request.GET.get("variant", "")
    chosen = offers.pick(found, asked)
    tax = known.tax(chosen.tax_code, at)
    url = request.build_absolute_uri(reverse("shop:product", args=[slug]))
    picture = chosen.picture or group.picture
    picture_url = request.build_absolute_uri(reverse("shop:picture", args=[picture])) if picture else ""
    gallery = offers.gallery(group.pictures, chosen)
    shut = standing().shut_doors
    rating = None if "reviews" in shut else rating_of(group.reviews)
    context = {
        "group": group,
        "shelf": known.shelf(group.category_slug),
        "parent": known.shelf(group.top_category_slug),
        "chosen": chosen,
        "colors": offers.color_choices(found, chosen),
        "sizes": offers.size_choices(found, chosen),
        "others": offers.other_choices(found, chosen),
        "availability": offers.on_request()
        if chosen.is_asked
        else offers.availability(free_now=chosen.free_now, next_at=chosen.next_at, facts=known, at=at),
        "ask_url": f"{reverse('site:contact')}?{urlencode({'article': chosen.number})}#write",
        "tax": tax,
        "tax_why": tax.why(str(getattr(request, "LANGUAGE_CODE", "de"))[:2]),
        "way": known.way(""),
        "weight": offers.weight(chosen.weight_g),
        "gallery": gallery,
        "stage": offers.on_stage(gallery, request.GET.get("picture", "")),
        **offers.prices(chosen, tax.rate),
        "form": refused,
        "quantity": refused.data.get("quantity", "")[:6] if refused else "1",
        "neighbours": queries.neighbours(slug, group.category_slug),
        "structured": offers.structured_data(
            group=group,
            found=found,
            url=url,
            picture_url=picture_url,
            rating=rating,
        ),
        "trail": offers.trail([*_trail(request, facts().shelf(group.category_slug)), (str(group.name), url)]),
        "picture_url": picture_url,
        "rating": rating,
        "has_reviews": "reviews" not in shut,
        "may_wish": "ideas" not in shut,
    }
    return render(request, "shop/product.html", context, status=422 if refused else 200)


@require_safe
def picture(request: HttpRequest, name: str) -> HttpResponse:
    """A photo of the house's picture folder."""
    if not _PICTURE.fullmatch(name):
        raise Http404
    file = Path(settings.MEDIA_ROOT) / name
    if not file.is_file():
        raise Http404
    response = HttpResponse(file.read_bytes(), content_type=_TYPES[name.rpartition(".")[2]])
    response["Cache-Control"] = "public, max-age=86400"
    return response


def _gone(request: HttpRequest, slug: str) -> HttpResponse:
    """Not found, with what is most like the words of the address. Nothing is noted: nobody has searched."""
    words = " ".join(word for word in slug[:80].split("-") if word.isalpha() and len(word) > 2)
    rows = queries.shelf_page(Wish(text=words))[:_SHELF_ON_THE_FRONT] if words else []
    context = {"rows": rows}
    return render(request, "shop/gone.html", context, status=404)


def _trail(request: HttpRequest, here: Shelf | None) -> list[tuple[str, str]]:
    """The way from the start page to a shelf, or to all articles."""
    above = facts().shelf(here.parent_slug) if here and here.parent_slug else None
    steps = [(_("Start page"), reverse("shop:home"))]
    steps += [(one.name, reverse("shop:category", args=[one.slug])) for one in (above, here) if one]
    steps += [] if here else [(_("All articles"), reverse("shop:shelf"))]
    return [(str(name), request.build_absolute_uri(path)) for name, path in steps]


def _description(here: Shelf | None) -> str:
    """A shelf in a sentence, for search engines."""
    below = facts().below(here.slug) if here else facts().top_shelves
    said = {
        "name": here.name if here else _("All articles"),
        "house": standing().name,
        "shelves": ", ".join(str(one.name) for one in below),
    }
    if below:
        return (
            _("%(name)s at %(house)s: %(shelves)s. With price, stock and the day they are with you.") % said
        )
    return _("%(name)s at %(house)s, with price, stock and the day they are with you.") % said


def _links(here: Shelf | None, facets: queries.Facets) -> tuple[tuple[str, str, str], ...]:
    """The shelves below this one, or in a search those where something was found: slug, name, count."""
    known = facts()
    if here is None:
        shelves = [one for one in known.shelves if one.parent_slug and facets.shelves.get(one.slug)]
    else:
        shelves = known.below(here.slug)
    return tuple((one.slug, one.name, str(facets.shelves.get(one.slug, ""))) for one in shelves)


def _facets(wish: Wish, facets: queries.Facets) -> dict[str, Any]:
    """Checkboxes of the facets: value, label, count, ticked, paint. What is ticked is shown even with nothing left."""
    colors = {**dict.fromkeys(wish.colors, 0), **facets.colors}
    sizes = {**dict.fromkeys(wish.sizes, 0), **facets.sizes}
    prices = {**dict.fromkeys(wish.prices, 0), **facets.prices}
    return {
        "colors": tuple(
            (code, str(colour(code).label), str(count), code in wish.colors, colour(code).paint)
            for code, count in sorted(colors.items(), key=lambda entry: (-entry[1], entry[0]))
        ),
        "sizes": tuple(
            (size, size, str(count), size in wish.sizes)
            for size, count in sorted(sizes.items(), key=lambda entry: size_order(entry[0]))
        ),
        "prices": tuple(
            (str(step), str(PRICE_WORDS[step]), str(count), step in wish.prices)
            for step, count in sorted(prices.items())
        ),
        "free": str(facets.free),
    }


def _chosen(wish: Wish) -> list[tuple[str, str]]:
    """What is ticked, each with the link that takes it back."""
    chips = [(str(colour(code).label), wish.without("colors", code)) for code in wish.colors]
    chips += [(_("Size %(size)s") % {"size": size}, wish.without("sizes", size)) for size in wish.sizes]
    chips += [(str(PRICE_WORDS[step]), wish.without("prices", step)) for step in wish.prices]
    if wish.only_free:
        chips.append((_("In stock"), wish.without("only_free", True)))
    return chips


def _sorts(wish: Wish) -> list[tuple[str, str, bool]]:
    names = {
        "": _("Best match") if wish.text else _("Our selection"),
        "price": _("Price, low to high"),
        "-price": _("Price, high to low"),
        "name": _("Name"),
    }
    return [(sort, name, sort == wish.sort) for sort, name in names.items()]


def _pages(wish: Wish, total: int) -> PageLinks:
    pages = max(1, -(-total // PAGE))
    return PageLinks(
        previous_url=wish.address(page=wish.page - 1) if wish.page > 1 else "",
        next_url=wish.address(page=wish.page + 1) if wish.page < pages else "",
        text=_("Page %(page)s of %(pages)s") % {"page": wish.page, "pages": pages},
    )
