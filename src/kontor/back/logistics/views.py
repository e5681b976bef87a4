"""Pages of logistics. Each POST is one action; a refusal is told on the form or the page it came from."""

from uuid import uuid5

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kontor.back.logistics import queries
from kontor.back.logistics.actions import deliver_shipments, ship_orders
from kontor.back.logistics.carriers import carrier_of
from kontor.back.logistics.forms import ShipForm
from kontor.back.logistics.lists import READY, SHIPMENTS
from kontor.back.logistics.printing import ask_for_papers
from kontor.bridge.documents.queries import file_of
from kontor.kernel.actor.requiring import actor_of, requires
from kontor.kernel.errors import NotFound
from kontor.kernel.ids import uuid7
from kontor.kernel.ui.listing.asking import back_to, selected
from kontor.kernel.ui.listing.showing import show
from kontor.kernel.ui.messages import say
from kontor.kernel.ui.refusals import refusal_said, refused_on_form


@require_GET
@requires("logistics.read")
def ready(request: HttpRequest) -> HttpResponseBase:
    """Orders of which something can leave now."""
    return show(request, READY)


@require_GET
@requires("logistics.read")
def shipments(request: HttpRequest) -> HttpResponseBase:
    """What has left the house."""
    return show(request, SHIPMENTS)


@require_http_methods(["GET", "POST"])
@requires("logistics.ship")
def ship(request: HttpRequest, number: str) -> HttpResponse:
    """Ship an order, all that is there or part of it."""
    order, lines = queries.shippable(number)
    form = ShipForm(request.POST or None, lines)
    if request.method == "POST" and form.is_valid():
        with refused_on_form(form):
            shipped = ship_orders(
                orders={order.id: form.cleaned_data["key"]},
                quantities=form.quantities(),
                by=actor_of(request),
                at=timezone.now(),
            )
            values = {"shipment": shipped[0].number, "number": number}
            say(request, _("Shipment %(shipment)s of order %(number)s has left.") % values)
            return redirect("logistics:shipment", number=shipped[0].number)
        if before := queries.shipped_by(form.cleaned_data["key"]):  # the same click, sent twice at once
            return redirect("logistics:shipment", number=before)
    context = {"order": order, "form": form, "is_ready": any(line.ready_quantity > 0 for line in lines)}
    return render(request, "logistics/ship.html", context, status=422 if form.errors else 200)


@require_POST
@requires("logistics.ship")
def ship_many(request: HttpRequest) -> HttpResponse:
    """Ship of the ticked orders what is there."""
    with refusal_said(request):
        ids = queries.ready_among(selected(request))
        run = uuid7()
        keys = {order_id: uuid5(run, str(order_id)) for order_id in ids}
        shipped = ship_orders(orders=keys, by=actor_of(request), at=timezone.now()) if keys else []
        text = ngettext("%(count)s shipment has left.", "%(count)s shipments have left.", len(shipped))
        say(request, text % {"count": len(shipped)}, tone="ok" if shipped else "neutral")
    return redirect(back_to(request, reverse("logistics:ready")))


@require_GET
@requires("logistics.read")
def shipment(request: HttpRequest, number: str) -> HttpResponse:
    """One shipment: what is in it, its parcels, its papers."""
    file = queries.shipment_file(number)
    actor = actor_of(request)
    context = {
        "file": file,
        "shipment": file.shipment,
        "order": file.shipment.order,
        "carrier": carrier_of(file.shipment.carrier).name,
        "has_papers": all(parcel.has_label for parcel in file.parcels),
        "may_deliver": actor.has("logistics.deliver") and file.shipment.delivered_at is None,
        "may_print": actor.has("logistics.ship"),
        "may_see_orders": actor.has("orders.read"),
    }
    return render(request, "logistics/shipment.html", context)


@require_POST
@requires("logistics.deliver")
def deliver(request: HttpRequest) -> HttpResponse:
    """Record that the ticked shipments arrived."""
    with refusal_said(request):
        count = deliver_shipments(ids=selected(request), by=actor_of(request), at=timezone.now())
        text = ngettext("%(count)s shipment is delivered.", "%(count)s shipments are delivered.", count)
        say(request, text % {"count": count}, tone="ok" if count else "neutral")
    return redirect(back_to(request, reverse("logistics:shipments")))


@require_POST
@requires("logistics.ship")
def print_papers(request: HttpRequest, number: str) -> HttpResponse:
    """Ask the worker for label and delivery note once more."""
    file = queries.shipment_file(number)
    ask_for_papers(ids=[file.shipment.id], by=actor_of(request), at=timezone.now())
    say(request, _("Label and delivery note are being made. Reload the page in a moment."), tone="neutral")
    return redirect("logistics:shipment", number=number)


@require_GET
@requires("logistics.read")
def paper(request: HttpRequest, kind: str, number: str) -> HttpResponse:
    """The file of a label (by tracking number) or of a delivery note (by shipment)."""
    stored = file_of({"label": "label", "note": "delivery_note"}[kind], number)
    if stored is None:
        raise NotFound(number=number)
    response = HttpResponse(bytes(stored.content), content_type=stored.media_type)
    response["Content-Disposition"] = f'inline; filename="{stored.name}"'
    return response
