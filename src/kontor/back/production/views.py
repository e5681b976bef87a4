"""Pages of production. Each POST is one action; a refusal is told on the form or the page it came from."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kontor.back.production import queries
from kontor.back.production.actions import (
    NewProduction,
    cancel_production,
    plan_production,
    shift_production,
    start_production,
)
from kontor.back.production.forms import FinishForm, ProductionForm, StopForm
from kontor.back.production.lists import ORDERS
from kontor.back.production.page import order_context
from kontor.back.production.reporting import Report, finish_production, start_step, stop_step
from kontor.back.warehouse.forms import CallOffForm, article_suggestions
from kontor.back.warehouse.moving import move_page
from kontor.back.warehouse.planning import begins_on, ready_on
from kontor.back.warehouse.queries import location_choices
from kontor.kernel.actor.requiring import actor_of, requires
from kontor.kernel.ui import formats
from kontor.kernel.ui.listing.asking import back_to, selected
from kontor.kernel.ui.listing.showing import show
from kontor.kernel.ui.messages import say
from kontor.kernel.ui.refusals import refusal_said, refused_on_form

get_or_post = require_http_methods(["GET", "POST"])


@require_GET
@requires("production.read")
def orders(request: HttpRequest) -> HttpResponseBase:
    """All production orders; without a wish, those that are still to be made."""
    if not request.GET:
        return redirect(f"{reverse('production:list')}?step=open")
    return show(request, ORDERS, may_plan=actor_of(request).has("production.write"))


@require_GET
@requires("production.read")
def order(request: HttpRequest, number: str) -> HttpResponse:
    """One production order: how it stands, its steps, who waits for it."""
    found = queries.order(number, timezone.now())
    return render(request, "production/order.html", order_context(found, actor_of(request)))


@get_or_post
@requires("production.write")
def new(request: HttpRequest) -> HttpResponse:
    """Plan a production order."""
    form = ProductionForm(
        request.POST or None, queries.last_steps(), article=request.GET.get("article", "")[:40]
    )
    if request.method == "POST" and form.is_valid():
        cleaned = form.cleaned_data
        wanted = NewProduction(
            key=cleaned["key"],
            offering_id=cleaned["article"].id,
            quantity=cleaned["quantity"],
            start_at=begins_on(cleaned["start_on"]),
            finish_at=ready_on(cleaned["finish_on"]),
            steps=form.steps(),
            note=cleaned["note"],
        )
        with refused_on_form(form):
            [number] = plan_production(orders=[wanted], by=actor_of(request), at=timezone.now())
            say(request, _("%(number)s is planned and can be promised now.") % {"number": number})
            return redirect("production:detail", number=number)
    context = {"form": form, "articles": article_suggestions()}
    return render(request, "production/new.html", context, status=422 if form.errors else 200)


@require_POST
@requires("production.write")
def start(request: HttpRequest) -> HttpResponse:
    """Begin the ticked orders."""
    with refusal_said(request):
        ids = selected(request)
        begun = start_production(ids=ids, by=actor_of(request), at=timezone.now())
        text = ngettext("%(count)s order has begun.", "%(count)s orders have begun.", len(begun))
        say(request, text % {"count": len(begun)}, tone="ok" if begun else "neutral")
    return redirect(back_to(request, reverse("production:list")))


@require_POST
@requires("production.write")
def move(request: HttpRequest) -> HttpResponse:
    """Move the ticked orders to another day: first what that touches, then do it."""
    return move_page(
        request,
        shift=lambda ids, ready_at, **said: shift_production(ids=ids, finish_at=ready_at, **said),
        told=lambda count: ngettext(
            "%(count)s order is to be ready on %(day)s now.",
            "%(count)s orders are to be ready on %(day)s now.",
            count,
        ),
        heads=queries.heads,
        list_url=reverse("production:list"),
        list_title=_("Production orders"),
    )


@require_POST
@requires("production.write")
def step(request: HttpRequest, number: str, step_id: UUID) -> HttpResponse:
    """Begin a work step, or end it with what it made."""
    found = queries.order(number, timezone.now())
    if all(row.id != step_id for row in found.steps):
        say(request, _("This step belongs to another order. Reload the page and try again."), tone="bad")
        return redirect("production:detail", number=number)
    form = StopForm(request.POST)
    with refusal_said(request):
        if "begin" in request.POST:
            start_step(step_id=step_id, by=actor_of(request), at=timezone.now())
            say(request, _("The step has begun."))
        elif form.is_valid():
            stop_step(
                step_id=step_id, report=Report(**form.cleaned_data), by=actor_of(request), at=timezone.now()
            )
            say(request, _("The step is ended."))
        else:
            say(request, _("Enter good pieces and scrap as quantities from zero up."), tone="bad")
    return redirect("production:detail", number=number)


@get_or_post
@requires("production.write")
def finish(request: HttpRequest, number: str) -> HttpResponse:
    """Put what was made on the shelf."""
    found = queries.order(number, timezone.now())
    made = found.row.quantity - found.scrap
    form = FinishForm(request.POST or None, location_choices(), max(made, made * 0))
    if request.method == "POST" and form.is_valid():
        good = form.cleaned_data["good"]
        with refused_on_form(form):
            finish_production(
                order_id=found.row.id,
                good=good,
                location_id=UUID(form.cleaned_data["location"]),
                by=actor_of(request),
                at=timezone.now(),
            )
            values = {"number": number, "good": formats.quantity(good)}
            say(request, _("%(number)s is made: %(good)s lie on the shelf.") % values)
            return redirect("production:detail", number=number)
    context: dict[str, Any] = {"order": found, "form": form}
    return render(request, "production/finish.html", context, status=422 if form.errors else 200)


@require_POST
@requires("production.write")
def cancel(request: HttpRequest, number: str) -> HttpResponse:
    """Call an order off."""
    found = queries.order(number, timezone.now())
    form = CallOffForm(request.POST)
    if form.is_valid():
        with refusal_said(request):
            cancel_production(
                order_id=found.row.id,
                reason=form.cleaned_data["reason"],
                by=actor_of(request),
                at=timezone.now(),
            )
            say(request, _("%(number)s is called off.") % {"number": number})
    else:
        say(request, _("A reason is missing or too long: one sentence of up to 200 characters."), tone="bad")
    return redirect("production:detail", number=number)
