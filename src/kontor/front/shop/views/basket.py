"""The basket."""

from dataclasses import dataclass
from decimal import Decimal

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from kontor.bridge.parties.middleware import visit_of
from kontor.front.shop import actions, errors, queries
from kontor.front.shop.facts import facts
from kontor.front.shop.forms import BasketForm, PutForm
from kontor.front.shop.offers import Availability, availability
from kontor.front.shop.views.shelf import product_page
from kontor.kernel.ui.messages import say
from kontor.kernel.ui.refusals import refusal_said, refused_on_form


@dataclass(frozen=True, slots=True)
class Row:
    """A line as the page shows it."""

    line: queries.BasketLine
    availability: Availability | None
    error: str


@require_safe
def basket(request: HttpRequest) -> HttpResponse:
    """What is in the basket, what it costs now, and what has changed since it was put in."""
    return _basket_page(request, BasketForm({}))


def _basket_page(request: HttpRequest, form: BasketForm, status: int = 200) -> HttpResponse:
    visit, at, known = visit_of(request), timezone.now(), facts()
    found = queries.open_basket(visit.party_id)
    lines = queries.basket_lines(found.id) if found else []
    is_held = bool(found and found.is_held(at))
    rows = [
        Row(
            line,
            None
            if is_held or not line.is_sold
            else availability(free_now=line.free_now, next_at=line.next_at, facts=known, at=at),
            form.errors.get(line.id, ""),
        )
        for line in lines
    ]
    goods, way = (
        queries.goods_amount(lines),
        known.way(found.shipping_method if found else "") or known.way(""),
    )
    shipping = way.price_for(goods) if way else None
    return render(
        request,
        "shop/basket.html",
        {
            "basket": found,
            "rows": rows,
            "goods": goods,
            "way": way,
            "shipping": shipping,
            "total": goods + (shipping or 0),
            "currency": known.house.currency,
            "missing": way.free_from - goods if way and way.free_from and 0 < goods < way.free_from else None,
            "may_go_on": bool(rows)
            and all(row.line.is_sold and (is_held or not row.line.has_too_few) for row in rows),
        },
        status=status,
    )


@require_POST
def put(request: HttpRequest) -> HttpResponse:
    """Put an article into the basket; opens a visit where there is none."""
    form = PutForm(request.POST)
    if form.is_valid():
        visit = visit_of(request)
        visit.begin()
        with refused_on_form(form, "quantity", unless=(404, 409)):
            actions.put_in_basket(**form.cleaned_data, by=visit.actor, at=timezone.now())
            say(request, _("It is in your basket."))
            return redirect("shop:basket")
    if "number" in form.errors:  # a hidden field: on the article page nobody would read what is wrong with it
        raise errors.UnknownArticle
    slug = request.POST.get("slug", "").replace("\0", "")[:120]
    page = product_page(request, slug, form)
    if page.status_code != 404:
        return page
    for words in form.errors["quantity"]:
        say(request, str(words), tone="bad")
    return redirect("shop:basket")


@require_POST
def change(request: HttpRequest) -> HttpResponse:
    """Change quantities or remove a line."""
    visit, form = visit_of(request), BasketForm(request.POST)
    found = queries.open_basket(visit.party_id)
    if form.errors:
        return _basket_page(request, form, status=422)
    if found is not None:
        actions.change_basket(
            basket_id=found.id,
            quantities={line: Decimal(pieces) for line, pieces in form.quantities.items()},
            removed=form.removed,
            by=visit.actor,
            at=timezone.now(),
        )
    return redirect("shop:basket")


@require_POST
def begin(request: HttpRequest) -> HttpResponse:
    """Hold what is in the basket and go to the checkout; back to the basket with the reason where that fails."""
    visit = visit_of(request)
    found = queries.open_basket(visit.party_id)
    if found is None:
        return redirect("shop:basket")
    with refusal_said(request):
        actions.begin_checkout(basket_id=found.id, by=visit.actor, at=timezone.now())
        return redirect(
            reverse("shop:review" if found.has_contact and "again" in request.POST else "shop:contact")
        )
    return redirect("shop:basket")
