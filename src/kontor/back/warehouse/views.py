"""Pages of the warehouse. Each POST is one action; a refusal is told on the form or the page it came from."""

from decimal import Decimal
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kontor.back.warehouse import queries
from kontor.back.warehouse.actions import count_stock
from kontor.back.warehouse.counting import preview_of
from kontor.back.warehouse.forms import CountForm, LocationForm, ReceiptForm, ReturnForm
from kontor.back.warehouse.lists import MOVES, STOCK
from kontor.back.warehouse.picking import note_picked, put_back
from kontor.back.warehouse.placing import add_location
from kontor.back.warehouse.receiving import NewReceipt, NewReturn, receive_delivery, receive_return
from kontor.kernel.actor.requiring import actor_of, requires
from kontor.kernel.language import in_german
from kontor.kernel.ui import formats
from kontor.kernel.ui.listing.asking import selected
from kontor.kernel.ui.listing.showing import show
from kontor.kernel.ui.messages import say
from kontor.kernel.ui.refusals import refusal_said, refused_on_form
from kontor.kernel.ui.shapes import Tab

get_or_post = require_http_methods(["GET", "POST"])


@require_GET
@requires("warehouse.read")
def stock(request: HttpRequest) -> HttpResponseBase:
    """What lies where."""
    return show(request, STOCK)


@require_GET
@requires("warehouse.read")
def moves(request: HttpRequest) -> HttpResponseBase:
    """Everything that moved."""
    return show(request, MOVES)


@require_GET
@requires("warehouse.read")
def article(request: HttpRequest, number: str) -> HttpResponse:
    """One article: where it lies, what is promised of it, what is planned, what moved."""
    return render(request, "warehouse/article.html", _article_context(request, queries.article(number)))


@get_or_post
@requires("warehouse.count")
def count(request: HttpRequest, number: str) -> HttpResponse:
    """Count an article: first what it would change, then do it."""
    found = queries.article(number)
    form = CountForm(request.POST or None, found.lying, queries.location_choices())
    context = {"article": found, "form": form}
    if request.method == "POST" and form.is_valid():
        counts = form.counts()
        preview = preview_of(found, counts, form.codes)
        if not preview.differences:
            say(request, _("The books are right: nothing differs."))
            return redirect("warehouse:article", number=number)
        if "post" not in request.POST:
            return render(request, "warehouse/count.html", context | {"preview": preview})
        with refused_on_form(form):
            _count(request, found.id, counts, form.cleaned_data["reason"], number)
            return redirect("warehouse:article", number=number)
    return render(request, "warehouse/count.html", context, status=422 if form.errors else 200)


@get_or_post
@requires("warehouse.receive")
def receive(request: HttpRequest, number: str) -> HttpResponse:
    """Receive goods of an article."""
    found = queries.article(number)
    form = ReceiptForm(request.POST or None, found, queries.location_choices())
    if request.method == "POST" and form.is_valid():
        cleaned = form.cleaned_data
        receipt = NewReceipt(
            key=cleaned["key"],
            offering_id=found.id,
            number=found.number,
            location_id=UUID(cleaned["location"]),
            quantity=cleaned["quantity"],
            reference=cleaned["reference"],
            bucket_id=UUID(cleaned["receipt"]) if cleaned["receipt"] else None,
            is_last=form.closes_receipt(),
        )
        with refused_on_form(form):
            receive_delivery(receipt=receipt, by=actor_of(request), at=timezone.now())
            values = {"quantity": formats.quantity(receipt.quantity), "number": number}
            say(request, _("%(quantity)s of %(number)s lie on the shelf now.") % values)
            return redirect("warehouse:article", number=number)
    context = {"article": found, "form": form}
    return render(request, "warehouse/receive.html", context, status=422 if form.errors else 200)


@require_GET
@requires("warehouse.read")
def pick_list(request: HttpRequest) -> HttpResponse:
    """What is to be taken from which location, to be printed and ticked; and what was taken and has not left yet."""
    all_rows = queries.to_pick()
    is_picked = request.GET.get("show") == "picked"
    rows = [row for row in all_rows if row.is_picked == is_picked]
    # An article from two locations is ticked once, at the last one.
    lines = {row.line_id: place for place, row in enumerate(rows)}
    places: dict[str, list[tuple[Any, bool]]] = {}
    for place, row in enumerate(rows):
        places.setdefault(row.code, []).append((row, lines[row.line_id] == place))
    context = {
        "places": places.items(),
        "lines": len(lines),
        "orders": len({row.order_number for row in rows}),
        "tabs": _pick_tabs(all_rows, is_picked=is_picked),
        "is_picked": is_picked,
        "is_cut": len({row.line_id for row in all_rows}) >= queries.MOST_PICKED,
        "now": timezone.now(),
        "may_ship": actor_of(request).has("logistics.ship"),
    }
    return render(request, "warehouse/pick_list.html", context)


def _pick_tabs(rows: list[Any], *, is_picked: bool) -> list[Tab]:
    url = reverse("warehouse:pick_list")
    taken = {row.line_id for row in rows if row.is_picked}
    return [
        Tab(_("To pick"), url, not is_picked, len({row.line_id for row in rows} - taken)),
        Tab(pgettext("pick list", "Picked"), f"{url}?show=picked", is_picked, len(taken)),
    ]


@require_POST
@requires("logistics.ship")
def picked(request: HttpRequest) -> HttpResponse:
    """The ticked lines were taken from the shelf."""
    with refusal_said(request, unless=(403,)):
        lines = selected(request)
        count = note_picked(lines=lines, by=actor_of(request), at=timezone.now())
        text = ngettext("%(count)s line is picked.", "%(count)s lines are picked.", count)
        say(request, text % {"count": formats.quantity(count)})
    return redirect("warehouse:pick_list")


@require_POST
@requires("logistics.ship")
def unpicked(request: HttpRequest) -> HttpResponse:
    """The ticked lines lie on the shelf again."""
    with refusal_said(request, unless=(403,)):
        lines = selected(request)
        count = put_back(lines=lines, by=actor_of(request), at=timezone.now())
        text = ngettext(
            "%(count)s line lies on the shelf again.", "%(count)s lines lie on the shelf again.", count
        )
        say(request, text % {"count": formats.quantity(count)}, tone="neutral")
    return redirect(f"{reverse('warehouse:pick_list')}?show=picked")


@get_or_post
@requires("warehouse.receive")
def returned(request: HttpRequest, number: str) -> HttpResponse:
    """Take goods of an order back."""
    order_id, lines = queries.order_of_return(number)
    form = ReturnForm(request.POST or None, lines, queries.location_choices())
    if request.method == "POST" and form.is_valid():
        new = NewReturn(
            key=form.cleaned_data["key"],
            order_id=order_id,
            location_id=UUID(form.cleaned_data["location"]),
            quantities=form.quantities(),
            reason=form.cleaned_data["reason"],
            why=form.cleaned_data["why"],
        )
        with refused_on_form(form):
            receive_return(returned=new, by=actor_of(request), at=timezone.now())
            total = sum(new.quantities.values(), Decimal(0))
            text = ngettext(
                "%(count)s piece of order %(number)s lies on the shelf again.",
                "%(count)s pieces of order %(number)s lie on the shelf again.",
                int(total),
            )
            say(request, text % {"count": formats.quantity(total), "number": number})
            return redirect("orders:detail", number=number)
    context = {"form": form, "number": number}
    return render(request, "warehouse/return.html", context, status=422 if form.errors else 200)


@get_or_post
@requires("warehouse.read")
def locations(request: HttpRequest) -> HttpResponse:
    """All locations; a new one is added below."""
    actor = actor_of(request)
    form = LocationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refused_on_form(form):
            location = add_location(**form.cleaned_data, by=actor, at=timezone.now())
            say(request, _("Location %(code)s is there now.") % {"code": location.code})
            return redirect("warehouse:locations")
    context = {
        "locations": queries.locations(),
        "form": form,
        "in_german": in_german(),
        "may_add": actor.has("warehouse.receive"),
    }
    return render(request, "warehouse/locations.html", context, status=422 if form.errors else 200)


def _count(
    request: HttpRequest, offering_id: UUID, counts: dict[UUID, Decimal], reason: str, number: str
) -> None:
    differences = count_stock(
        counts=[(offering_id, location, quantity) for location, quantity in counts.items()],
        reason=reason,
        by=actor_of(request),
        at=timezone.now(),
    )
    values = {
        "number": number,
        "difference": formats.figures(sum(differences.values(), Decimal(0)).normalize()),
    }
    say(request, _("%(number)s is counted. Difference: %(difference)s.") % values)


def _article_context(request: HttpRequest, found: queries.Article) -> dict[str, Any]:
    actor = actor_of(request)
    return {
        "article": found,
        "moves": [(row, str(queries.MOVE_KINDS[row.kind])) for row in found.moves],
        "in_german": in_german(),
        "may_count": actor.has("warehouse.count"),
        "may_receive": actor.has("warehouse.receive"),
        "may_see_orders": actor.has("orders.read"),
        "may_see_production": actor.has("production.read"),
        "may_see_purchases": actor.has("purchasing.read"),
        "may_produce": actor.has("production.write"),
        "may_buy": actor.has("purchasing.write"),
    }
