"""An idea or a wish, from the page of an article, of an order, or from anywhere; a review of what one has received."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from kontor.bridge.cases.actions import Matter, open_case
from kontor.bridge.parties.middleware import visit_of
from kontor.bridge.voice.reviewing import NewReview, write_review
from kontor.front.shop.voices.forms import ReviewForm, WishForm
from kontor.kernel.house import is_shut
from kontor.kernel.ids import uuid7
from kontor.kernel.language import in_german, reader_language
from kontor.kernel.sql import Statements
from kontor.kernel.ui.messages import say
from kontor.kernel.ui.refusals import refused_on_form

_sql = Statements(__package__)
_METHODS = ["GET", "HEAD", "POST"]


@never_cache
@require_http_methods(_METHODS)
def wish(request: HttpRequest) -> HttpResponse:
    """An idea or a wish about an article (``?article=``) or about anything; no login, one short form."""
    number = request.GET.get("article", "").replace("\0", "")[:40]
    article = _sql.one("article", number=number, german=in_german()) if number else None
    back = reverse("shop:home")
    if article and not is_shut("shop"):
        back = reverse("shop:product", args=[article.group_slug])
    about = {
        "channel": "product" if article else "form",
        "offering_id": article.offering_id if article else None,
        "email": visit_of(request).email,
        "name": visit_of(request).name,
    }
    return _wish(request, about, article.name if article else "", back)


@never_cache
@require_http_methods(_METHODS)
def order_wish(request: HttpRequest, number: str, token: str = "") -> HttpResponse:
    """An idea or a wish about an own order."""
    order = _sql.one("order", number=_number(number))
    if order is None:
        raise Http404
    back = request.path.removesuffix("wish/")
    about = {
        "channel": "order",
        "order_id": order.id,
        "stated_order": order.number,
        "email": order.email,
        "name": order.billing_name,
    }
    return _wish(request, about, _("Order %(number)s") % {"number": order.number}, back)


@never_cache
@require_http_methods(_METHODS)
def review(request: HttpRequest, number: str, line_id: UUID | str, token: str = "") -> HttpResponse:
    """Review an article that was sent to oneself."""
    line = _sql.one("line", number=_number(number), line=line_id)
    if line is None:
        raise Http404
    back = request.path.partition("review/")[0]
    form = ReviewForm(_posted(request), initial={"key": uuid7()})
    if form.is_bound and form.is_valid():
        cleaned = form.cleaned_data
        with refused_on_form(form):
            write_review(
                review=NewReview(
                    id=cleaned["key"],
                    order_line_id=line.id,
                    offering_id=line.offering_id,
                    stars=cleaned["stars"],
                    text=cleaned["text"],
                    shown_as=cleaned["shown_as"],
                    language=reader_language(),
                ),
                by=visit_of(request).actor,
                at=timezone.now(),
            )
            say(request, _("Thank you for your review."))
            return redirect(back)
    context = {"line": line, "form": form, "back_url": back}
    return render(request, "shop/review_form.html", context, status=422 if form.is_bound else 200)


def _wish(request: HttpRequest, about: dict[str, Any], name: str, back: str) -> HttpResponse:
    form = WishForm(_posted(request), asks_email=not about["email"], initial={"key": uuid7()})
    if form.is_bound and form.is_valid():
        visit, cleaned = visit_of(request), form.cleaned_data
        visit.begin()
        matter = Matter(
            id=cleaned["key"],
            kind="wish",
            subject=_("Idea or wish: %(about)s") % {"about": name}
            if name
            else cleaned["text"].strip().splitlines()[0][:80],
            text=cleaned["text"],
            party_id=visit.party_id,
            language=reader_language(),
            **(about | {"email": about["email"] or cleaned["email"]}),
        )
        with refused_on_form(form):
            open_case(matter=matter, by=visit.actor, at=timezone.now())
            say(request, _("Thank you. Your idea is with those who make our products."))
            return redirect(back)
    context = {"form": form, "about": name, "back_url": back, "email": about["email"]}
    return render(request, "shop/wish.html", context, status=422 if form.is_bound else 200)


def _posted(request: HttpRequest) -> QueryDict | None:
    return request.POST if request.method == "POST" else None


def _number(text: str) -> str:
    return "" if "\0" in text else text[:40]
