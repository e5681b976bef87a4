"""Pages of offerings. Each POST is one action; a refusal is told on the form it came from."""

from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kontor.back.administration.offerings import queries
from kontor.back.administration.offerings.forms import (
    EndPriceForm,
    NewOfferingForm,
    OfferingForm,
    OpeningForm,
    PicturesForm,
    PriceForm,
    SaleForm,
    VariantForm,
)
from kontor.back.administration.offerings.listing import OFFERINGS
from kontor.back.administration.offerings.page import context_of, group_choices, today_of
from kontor.back.administration.offerings.pictures import forget_pictures, store_picture
from kontor.back.warehouse.opening import Opening, open_stock
from kontor.back.warehouse.queries import location_choices
from kontor.bridge.catalogue.drafting import NewPrice
from kontor.bridge.catalogue.keeping import keep_offerings
from kontor.bridge.catalogue.picturing import add_pictures, change_pictures
from kontor.bridge.catalogue.prices import set_prices
from kontor.bridge.catalogue.selling import put_on_sale, take_off_sale
from kontor.kernel.actor.requiring import actor_of, requires
from kontor.kernel.ui.listing.asking import back_to
from kontor.kernel.ui.listing.showing import show
from kontor.kernel.ui.messages import say
from kontor.kernel.ui.refusals import refusal_said, refused_on_form

get_or_post = require_http_methods(["GET", "POST"])
MOST_AT_ONCE = 10


@require_GET
@requires("offerings.read")
def offerings(request: HttpRequest) -> HttpResponseBase:
    """Everything the house sells, sold or will sell."""
    return show(request, OFFERINGS, may_write=actor_of(request).has("offerings.write"))


@get_or_post
@requires("offerings.write")
def new_offering(request: HttpRequest) -> HttpResponse:
    """Draw up an offering: the least it needs; the rest is written on its page."""
    typed = request.POST if request.method == "POST" else None
    form = NewOfferingForm(typed, queries.category_choices(), number=queries.next_number())
    if request.method == "POST" and form.is_valid():
        draft = form.draft()
        with refused_on_form(form):
            keep_offerings(drafts=[draft], must_be_new=True, by=actor_of(request), at=timezone.now())
            say(request, _("%(number)s is drawn up as a draft.") % {"number": draft.number})
            return redirect("administration:offering", number=draft.number)
    context = {
        "form": form,
        "has_categories": bool(queries.category_choices()),
        "currency": queries.house_currency(),
    }
    return render(request, "administration/offerings/new.html", context, status=422 if form.errors else 200)


@get_or_post
@requires("offerings.read")
def offering(request: HttpRequest, number: str) -> HttpResponse:
    """One offering with all that belongs to it; who may, changes it."""
    if request.method == "GET":
        return _page(request, number)
    actor_of(request).require("offerings.write")
    card = queries.offering(number, timezone.now())
    form = OfferingForm(request.POST, card, queries.category_choices())
    if form.is_valid():
        with refused_on_form(form):
            kept = keep_offerings(drafts=[form.draft()], by=actor_of(request), at=timezone.now())[0]
            if kept.outcome == "same":
                say(request, _("Nothing was changed."), tone="neutral")
            else:
                say(request, _("%(number)s is changed.") % {"number": number})
            return redirect("administration:offering", number=number)
    return _page(request, number, form=form)


@require_POST
@requires("offerings.write")
def sale(request: HttpRequest, number: str) -> HttpResponse:
    """Put on sale, take off sale, end."""
    at, actor, deed = timezone.now(), actor_of(request), request.POST.get("deed", "")
    form = SaleForm(request.POST)
    if deed in ("withdraw", "end"):
        take_off_sale(numbers=[number], is_ended=deed == "end", by=actor, at=at)
        text = _("%(number)s has ended.") if deed == "end" else _("%(number)s is a draft again.")
        say(request, text % {"number": number})
        return redirect("administration:offering", number=number)
    if form.is_valid():
        begins, ends = form.instants(at, today=today_of(at))
        with refused_on_form(form):
            put_on_sale(numbers=[number], valid_from=begins, valid_until=ends, by=actor, at=at)
            text = _("%(number)s is on sale.") if begins <= at else _("%(number)s will be on sale.")
            say(request, text % {"number": number})
            return redirect("administration:offering", number=number)
    return _page(request, number, sale_form=form)


@require_POST
@requires("offerings.write")
def sale_of_many(request: HttpRequest) -> HttpResponse:
    """Put ticked offerings on sale, or take them off."""
    at, actor = timezone.now(), actor_of(request)
    numbers = queries.numbers_of(request.POST.getlist("ids")[:500])
    with refusal_said(request):
        if request.POST.get("deed") == "withdraw":
            count = take_off_sale(numbers=numbers, is_ended=False, by=actor, at=at)
            text = ngettext(
                "%(count)s offering is a draft again.", "%(count)s offerings are drafts again.", count
            )
        else:
            count = put_on_sale(numbers=numbers, valid_from=at, by=actor, at=at)
            text = ngettext("%(count)s offering is on sale.", "%(count)s offerings are on sale.", count)
        say(request, text % {"count": count})
    return redirect(back_to(request, "administration:offerings"))


@require_POST
@requires("offerings.write")
def price(request: HttpRequest, number: str) -> HttpResponse:
    """Set a price from a day on."""
    at = timezone.now()
    card = queries.offering(number, at)
    form = PriceForm(request.POST, group_choices(card.groups))
    if form.is_valid():
        with refused_on_form(form):
            new = form.price(card.row.id, at, today=today_of(at))
            set_prices(prices=[new], by=actor_of(request), at=at)
            say(request, _("The price of %(number)s is set.") % {"number": number})
            return redirect("administration:offering", number=number)
    return _page(request, number, price_form=form)


@require_POST
@requires("offerings.write")
def end_price(request: HttpRequest, number: str) -> HttpResponse:
    """End a price that holds, or take back one that would have begun later."""
    at = timezone.now()
    card = queries.offering(number, at)
    form = EndPriceForm(request.POST)
    if form.is_valid():
        cleaned = form.cleaned_data
        begins = cleaned["valid_from"]
        ended = NewPrice(
            offering_id=card.row.id,
            amount=None,
            valid_from=max(at, begins) if begins else at,
            customer_group=cleaned["customer_group"],
            min_quantity=cleaned["min_quantity"],
        )
        with refusal_said(request):
            set_prices(prices=[ended], by=actor_of(request), at=at)
            say(request, _("The price has ended."))
    else:
        say(request, _("There is no such price any more. Reload the page."), tone="bad")
    return redirect("administration:offering", number=number)


@require_POST
@requires("offerings.write")
def pictures(request: HttpRequest, number: str) -> HttpResponse:
    """Upload pictures, or change their texts and order and remove some."""
    at, actor = timezone.now(), actor_of(request)
    card = queries.offering(number, at)
    form = PicturesForm(request.POST, card.pictures, card.row.id)
    files = request.FILES.getlist("files")[:MOST_AT_ONCE]
    with refusal_said(request, unless=(404,)):
        if files:
            if card.row.group_id is None:
                add_pictures(number=number, pictures=[], by=actor, at=at)
            stored = [store_picture(file, name=file.name or "", size=file.size or 0) for file in files]
            count = add_pictures(number=number, pictures=stored, by=actor, at=at)
            text = ngettext("%(count)s picture is added.", "%(count)s pictures are added.", count)
            say(request, text % {"count": count})
        elif form.is_valid():
            removed = _ids(request.POST.getlist("remove"))
            gone = change_pictures(number=number, texts=form.texts(), removed=removed, by=actor, at=at)
            forget_pictures(gone)
            say(request, _("The pictures are changed."))
        else:
            return _page(request, number, pictures_form=form)
    return redirect("administration:offering", number=number)


@require_POST
@requires("offerings.write")
def variant(request: HttpRequest, number: str) -> HttpResponse:
    """Add a variant to the page of this offering."""
    at = timezone.now()
    card = queries.offering(number, at)
    form = VariantForm(request.POST)
    if form.is_valid() and card.row.group_id is not None:
        draft = form.draft(card, card.list_price(at))
        with refused_on_form(form):
            keep_offerings(drafts=[draft], must_be_new=True, by=actor_of(request), at=at)
            say(request, _("%(number)s is drawn up as a draft.") % {"number": draft.number})
            return redirect("administration:offering", number=draft.number)
    elif card.row.group_id is None:
        form.add_error(None, _("Choose a category first: variants stand on one page of the shop."))
    return _page(request, number, variant_form=form)


@require_POST
@requires("offerings.read", "warehouse.receive")
def opening(request: HttpRequest, number: str) -> HttpResponse:
    """Put the stock that is there on the books."""
    at = timezone.now()
    card = queries.offering(number, at)
    form = OpeningForm(request.POST, location_choices())
    if form.is_valid():
        cleaned = form.cleaned_data
        first = Opening(
            key=cleaned["key"],
            offering_id=card.row.id,
            location_id=UUID(cleaned["location"]),
            quantity=cleaned["quantity"] or Decimal(0),
        )
        with refused_on_form(form):
            open_stock(openings=[first], by=actor_of(request), at=at)
            say(request, _("The stock of %(number)s is on the books.") % {"number": number})
            return redirect("administration:offering", number=number)
    return _page(request, number, opening_form=form)


@require_GET
@requires("offerings.read")
def picture(request: HttpRequest, name: str) -> HttpResponse:
    """A picture of the house's folder, also of a draft."""
    file = Path(settings.MEDIA_ROOT) / Path(name).name
    if file.suffix not in _TYPES or name.startswith(".") or not file.is_file():
        raise Http404
    response = HttpResponse(file.read_bytes(), content_type=_TYPES[file.suffix])
    response["Cache-Control"] = "private, max-age=86400"
    return response


_TYPES = {".webp": "image/webp", ".png": "image/png", ".jpg": "image/jpeg"}


def _page(request: HttpRequest, number: str, **refused: Any) -> HttpResponse:
    at = timezone.now()
    context = context_of(queries.offering(number, at), actor_of(request), at, refused=refused)
    return render(request, "administration/offerings/offering.html", context, status=422 if refused else 200)


def _ids(texts: list[str]) -> list[UUID]:
    found = []
    for text in texts[:100]:
        try:
            found.append(UUID(text))
        except ValueError:
            continue
    return found
