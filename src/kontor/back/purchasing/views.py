"""Pages of purchasing. Each POST is one action; a refusal is told on the form or the page it came from."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kontor.back.purchasing import queries
from kontor.back.purchasing.actions import (
    NewLine,
    NewPurchase,
    NewSupplier,
    add_supplier,
    cancel_purchase,
    confirm_purchase,
    order_goods,
    shift_purchases,
)
from kontor.back.purchasing.forms import ConfirmForm, DeliveryForm, PurchaseForm, SupplierForm
from kontor.back.purchasing.lists import ORDERS
from kontor.back.purchasing.page import order_context
from kontor.back.purchasing.receiving import NewDelivery, receive_purchase
from kontor.back.warehouse.forms import CallOffForm, article_suggestions
from kontor.back.warehouse.moving import move_page
from kontor.back.warehouse.planning import ready_on
from kontor.back.warehouse.queries import location_choices
from kontor.bridge.parties.queries import current_house
from kontor.kernel.actor.requiring import actor_of, requires
from kontor.kernel.ui import formats
from kontor.kernel.ui.listing.showing import show
from kontor.kernel.ui.messages import say
from kontor.kernel.ui.refusals import refusal_said, refused_on_form

get_or_post = require_http_methods(["GET", "POST"])


@require_GET
@requires("purchasing.read")
def orders(request: HttpRequest) -> HttpResponseBase:
    """All purchase orders; without a wish, those of which something is still to come."""
    if not request.GET:
        return redirect(f"{reverse('purchasing:list')}?step=open")
    return show(request, ORDERS, may_order=actor_of(request).has("purchasing.write"))


@require_GET
@requires("purchasing.read")
def order(request: HttpRequest, number: str) -> HttpResponse:
    """One purchase order: how it stands, its lines, what came in."""
    found = queries.order(number, timezone.now())
    return render(request, "purchasing/order.html", order_context(found, actor_of(request)))


@get_or_post
@requires("purchasing.write")
def new(request: HttpRequest) -> HttpResponse:
    """Order from a supplier."""
    form = PurchaseForm(
        request.POST or None, queries.supplier_choices(), article_1=request.GET.get("article", "")[:40]
    )
    if request.method == "POST" and form.is_valid():
        expected_at = ready_on(form.cleaned_data["expected_on"])
        wanted = NewPurchase(
            key=form.cleaned_data["key"],
            supplier_id=UUID(form.cleaned_data["supplier"]),
            lines=[
                NewLine(offering_id=article, quantity=quantity, unit_price=price, expected_at=expected_at)
                for article, quantity, price in form.lines()
            ],
            note=form.cleaned_data["note"],
        )
        with refused_on_form(form):
            currency = current_house().currency
            [number] = order_goods(
                orders=[wanted], currency=currency, by=actor_of(request), at=timezone.now()
            )
            say(request, _("%(number)s is ordered and can be promised now.") % {"number": number})
            return redirect("purchasing:detail", number=number)
    context = {"form": form, "articles": article_suggestions()}
    return render(request, "purchasing/new.html", context, status=422 if form.errors else 200)


@get_or_post
@requires("purchasing.read")
def suppliers(request: HttpRequest) -> HttpResponse:
    """All suppliers; a new one is added beside them."""
    actor = actor_of(request)
    form = SupplierForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refused_on_form(form):
            add_supplier(supplier=NewSupplier(**form.cleaned_data), by=actor, at=timezone.now())
            say(request, _("%(name)s is there now.") % {"name": form.cleaned_data["name"]})
            return redirect("purchasing:suppliers")
    context = {"suppliers": queries.suppliers(), "form": form, "may_add": actor.has("purchasing.write")}
    return render(request, "purchasing/suppliers.html", context, status=422 if form.errors else 200)


@require_POST
@requires("purchasing.write")
def confirm(request: HttpRequest, number: str) -> HttpResponse:
    """Note the day the supplier confirmed."""
    found = queries.order(number, timezone.now())
    form = ConfirmForm(request.POST)
    if form.is_valid():
        day = form.cleaned_data["day"]
        with refusal_said(request):
            confirm_purchase(
                order_id=found.row.id, expected_at=ready_on(day), by=actor_of(request), at=timezone.now()
            )
            values = {"number": number, "day": formats.day(day, "weekday")}
            say(request, _("%(number)s is confirmed for %(day)s.") % values)
    else:
        say(request, _("Enter the day that the supplier confirmed."), tone="bad")
    return redirect("purchasing:detail", number=number)


@require_POST
@requires("purchasing.write")
def move(request: HttpRequest) -> HttpResponse:
    """Move the ticked orders (or lines) to another day: first what that touches, then do it."""
    return move_page(
        request,
        shift=lambda ids, ready_at, **said: shift_purchases(ids=ids, expected_at=ready_at, **said),
        told=lambda count: ngettext(
            "%(count)s line is to come in on %(day)s now.",
            "%(count)s lines are to come in on %(day)s now.",
            count,
        ),
        heads=queries.heads,
        list_url=reverse("purchasing:list"),
        list_title=_("Purchase orders"),
    )


@get_or_post
@requires("purchasing.write")
def receive(request: HttpRequest, number: str) -> HttpResponse:
    """Put what the supplier delivered on the shelf."""
    found = queries.order(number, timezone.now())
    # A line that a colleague has closed since the page was shown keeps its field: what came of it is not passed over.
    lines = [line for line in found.lines if line.row.is_open or f"came_{line.row.id.hex}" in request.POST]
    form = DeliveryForm(request.POST or None, lines, location_choices())
    if request.method == "POST" and form.is_valid():
        delivery = NewDelivery(
            key=form.cleaned_data["key"],
            order_id=found.row.id,
            location_id=UUID(form.cleaned_data["location"]),
            quantities=form.quantities(),
            last=form.last(),
            reference=form.cleaned_data["reference"],
        )
        with refused_on_form(form):
            receive_purchase(delivery=delivery, by=actor_of(request), at=timezone.now())
            say(request, _("What came of %(number)s lies on the shelf now.") % {"number": number})
            return redirect("purchasing:detail", number=number)
    context = {"order": found, "form": form}
    return render(request, "purchasing/receive.html", context, status=422 if form.errors else 200)


@require_POST
@requires("purchasing.write")
def cancel(request: HttpRequest, number: str) -> HttpResponse:
    """Call off what is still to come of an order."""
    found = queries.order(number, timezone.now())
    form = CallOffForm(request.POST)
    if form.is_valid():
        with refusal_said(request):
            cancel_purchase(
                order_id=found.row.id,
                reason=form.cleaned_data["reason"],
                by=actor_of(request),
                at=timezone.now(),
            )
            say(request, _("%(number)s is called off.") % {"number": number})
    else:
        say(request, _("A reason is missing or too long: one sentence of up to 200 characters."), tone="bad")
    return redirect("purchasing:detail", number=number)
