"""Pages of shipping: how goods travel, and what it costs."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from kontor.back.administration.setting_up.forms import ShippingForm
from kontor.bridge.orders.shipping import Way, save_shipping_method, shipping_methods
from kontor.bridge.parties.queries import current_house
from kontor.kernel.actor.requiring import actor_of, requires
from kontor.kernel.errors import NotFound
from kontor.kernel.ui.messages import say
from kontor.kernel.ui.refusals import refused_on_form


@require_GET
@requires("administration.read")
def show_shipping(request: HttpRequest) -> HttpResponse:
    """Every way to travel."""
    context = {"methods": shipping_methods(), "currency": current_house().currency}
    return render(request, "administration/setup/shipping.html", context)


@require_http_methods(["GET", "POST"])
@requires("administration.write")
def new_method(request: HttpRequest) -> HttpResponse:
    """Offer another way."""
    initial = {"code": "paket", "name_de": "Paket", "name_en": "Parcel", "transit_days": 2, "position": 1}
    initial |= {} if not shipping_methods() else {"code": "", "name_de": "", "name_en": "", "position": 9}
    return _method(request, initial, "")


@require_http_methods(["GET", "POST"])
@requires("administration.write")
def method(request: HttpRequest, code: str) -> HttpResponse:
    """Change a way; a new price holds from now on."""
    found = next((row for row in shipping_methods() if row.code == code), None)
    if found is None:
        raise NotFound(number=code)
    names = ("code", "name_de", "name_en", "price", "free_from", "transit_days", "position")
    return _method(request, {name: getattr(found, name) for name in names}, code)


def _method(request: HttpRequest, initial: dict[str, Any], code: str) -> HttpResponse:
    data = request.POST.copy() if request.method == "POST" else None
    if data is not None and code:
        data["code"] = code
    form = ShippingForm(data, initial=initial)
    if request.method == "POST" and form.is_valid():
        cleaned = form.cleaned_data
        cleaned["name_en"] = cleaned["name_en"] or cleaned["name_de"]
        with refused_on_form(form):
            save_shipping_method(way=Way(**cleaned), by=actor_of(request), at=timezone.now())
            say(request, _("Goods travel so from now on; orders placed before keep their price."))
            return redirect("administration:shipping")
    context = {"form": form, "code": code, "currency": current_house().currency}
    return render(
        request, "administration/setup/shipping_method.html", context, status=422 if form.errors else 200
    )
