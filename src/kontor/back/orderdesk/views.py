"""Pages of order administration. Each POST is one action; a refusal is told on the page it came from."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from kontor.back.orderdesk import queries
from kontor.back.orderdesk.actions import accept_held
from kontor.back.orderdesk.forms import ReasonForm
from kontor.back.orderdesk.lists import ORDERS
from kontor.back.orderdesk.page import order_context
from kontor.bridge.orders.actions import cancel_order, cancel_rest, release_orders
from kontor.kernel.actor.requiring import actor_of, requires
from kontor.kernel.ui.listing.asking import back_to, selected
from kontor.kernel.ui.listing.showing import show
from kontor.kernel.ui.messages import say
from kontor.kernel.ui.refusals import refusal_said


@require_GET
@requires("orders.read")
def orders(request: HttpRequest) -> HttpResponseBase:
    """The worklist."""
    return show(request, ORDERS)


@require_GET
@requires("orders.read")
def order(request: HttpRequest, number: str) -> HttpResponse:
    """One order: how it stands, what is next, what hangs on it."""
    file = queries.order_file(number)
    return render(request, "orderdesk/order.html", order_context(file, actor_of(request)))


@require_POST
@requires("orders.release")
def release(request: HttpRequest) -> HttpResponse:
    """Release the ticked orders."""
    with refusal_said(request):
        ids = selected(request)
        released = release_orders(ids=ids, by=actor_of(request), at=timezone.now())
        if released:
            text = ngettext("%(count)s order is released.", "%(count)s orders are released.", len(released))
            say(request, text % {"count": len(released)})
        others = len(ids) - len(released)
        if others:
            text = ngettext(
                "%(count)s order was left as it is: it is released already, under review or closed.",
                "%(count)s orders were left as they are: they are released already, under review or closed.",
                others,
            )
            say(request, text % {"count": others}, tone="neutral")
    return redirect(back_to(request, reverse("orders:list")))


@require_POST
@requires("orders.cancel")
def cancel(request: HttpRequest, number: str) -> HttpResponse:
    """Cancel what has not been delivered of an order."""
    return _with_reason(request, number, _cancelled)


@require_POST
@requires("orders.cancel")
def cancel_the_rest(request: HttpRequest, number: str) -> HttpResponse:
    """Cancel what is left to deliver of an order of which part has left."""
    return _with_reason(request, number, _rest_cancelled)


@require_POST
@requires("orders.release")
def accept(request: HttpRequest, number: str) -> HttpResponse:
    """Accept an order under review as it was placed."""
    return _with_reason(request, number, _accepted)


def _cancelled(request: HttpRequest, number: str, reason: str) -> str:
    order_id = queries.order_id_of(number)
    cancel_order(order_id=order_id, reason=reason, by=actor_of(request), at=timezone.now())
    return _("Order %(number)s is cancelled.") % {"number": number}


def _rest_cancelled(request: HttpRequest, number: str, reason: str) -> str:
    order_id = queries.order_id_of(number)
    cancel_rest(order_id=order_id, reason=reason, by=actor_of(request), at=timezone.now())
    return _("The rest of order %(number)s is cancelled.") % {"number": number}


def _accepted(request: HttpRequest, number: str, reason: str) -> str:
    order_id = queries.order_id_of(number)
    accept_held(order_id=order_id, number=number, reason=reason, by=actor_of(request), at=timezone.now())
    return _("Order %(number)s is accepted as it was placed.") % {"number": number}


def _with_reason(
    request: HttpRequest, number: str, act: Callable[[HttpRequest, str, str], str]
) -> HttpResponse:
    form = ReasonForm(request.POST)
    if form.is_valid():
        with refusal_said(request):
            say(request, act(request, number, form.cleaned_data["reason"]))
    else:
        say(request, _("A reason is missing or too long: one sentence of up to 200 characters."), tone="bad")
    return redirect("orders:detail", number=number)
