"""The pages of customer care. Each POST is one action; a refusal is told on the page it came from."""

from collections.abc import Callable
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kontor.bridge.orders.actions import cancel_order, cancel_rest
from kontor.bridge.parties.finding import find_parties, latest_parties, party_card, party_with_email
from kontor.bridge.parties.keeping import change_party, create_party, keep_address
from kontor.front.care import queries
from kontor.front.care.actions import ask_for_confirmation
from kontor.front.care.forms import AddressForm, ClickForm, NewAddressForm, PartyForm, ReasonForm
from kontor.front.care.matters.page import card_of_order, card_of_party
from kontor.front.care.page import TOLD, customer_context, home_context, order_context
from kontor.kernel.actor.requiring import actor_of, requires
from kontor.kernel.errors import NotFound
from kontor.kernel.ids import uuid7
from kontor.kernel.ui.messages import say
from kontor.kernel.ui.refusals import refusal_said


@require_GET
@requires()
def home(request: HttpRequest) -> HttpResponse:
    """The counter before anybody is served: search, and what somebody may call about."""
    actor = actor_of(request)
    context = home_context(timezone.now()) if actor.has("orders.read") else {}
    context["sees_orders"] = actor.has("orders.read")
    context["may_write"] = actor.has("customers.write")
    context["may_order"] = actor.has("orders.place")
    return render(request, "care/home.html", context)


@require_GET
@requires("customers.read")
def customers(request: HttpRequest) -> HttpResponse:
    """Customers by any words; the latest without."""
    text = _words(request, "q")
    found = find_parties(text, limit=50) if text else latest_parties(limit=25)
    context = {"text": text, "found": found, "may_write": actor_of(request).has("customers.write")}
    return render(request, "care/customers.html", context)


@require_GET
@requires("customers.read")
def customer(request: HttpRequest, number: str) -> HttpResponse:
    """One customer with all they have."""
    card, actor, at = party_card(number), actor_of(request), timezone.now()
    context = customer_context(
        card,
        actor=actor,
        at=at,
        orders_before=request.GET.get("orders", ""),
        papers_before=request.GET.get("papers", ""),
    )
    context |= card_of_party(card.id, card.email, card.number, actor=actor, at=at)
    return render(request, "care/customer.html", context)


@require_http_methods(["GET", "POST"])
@requires("customers.read", "customers.write")
def new_customer(request: HttpRequest) -> HttpResponse:
    """Draw up a customer, with an address or without."""
    target = _words(request, "next")
    if request.method == "GET":
        initial = {"key": uuid7(), "kind": "person", "language": "de", **_from_words(_words(request, "q"))}
        address = NewAddressForm(initial={"key": uuid7(), "country": "DE"})
        return _customer_form(request, PartyForm(initial=initial), address, target)
    form, address = PartyForm(request.POST), NewAddressForm(request.POST)
    if not (form.is_valid() & address.is_valid()):
        return _customer_form(request, form, address, target, status=422)
    details = form.details()
    known = party_with_email(details.email)
    key: UUID = form.cleaned_data["key"]
    if known and known.id != key and request.POST.get("anyway") != known.number:
        return _customer_form(request, form, address, target, status=409, known=known)
    number = create_party(
        key=key,
        details=details,
        addresses=address.details_for(details),
        by=actor_of(request),
        at=timezone.now(),
    )
    say(request, _("%(number)s is added.") % {"number": number})
    if target and url_has_allowed_host_and_scheme(target, {request.get_host()}, request.is_secure()):
        return redirect(f"{target}{'&' if '?' in target else '?'}{urlencode({'customer': number})}")
    return redirect("care:customer", number=number)


@require_http_methods(["GET", "POST"])
@requires("customers.read", "customers.write")
def change_customer(request: HttpRequest, number: str) -> HttpResponse:
    """Change who a customer is."""
    card = party_card(number)
    form = PartyForm.of(card) if request.method == "GET" else PartyForm(request.POST)
    if request.method == "POST" and form.is_valid():
        changed = change_party(
            party_id=card.id, details=form.details(), by=actor_of(request), at=timezone.now()
        )
        say(
            request,
            _("%(number)s is changed.") % {"number": number} if changed else _("Nothing was different."),
        )
        return redirect("care:customer", number=number)
    status = 422 if request.method == "POST" else 200
    context = {"form": form, "party": card}
    return render(request, "care/customer_form.html", context, status=status)


@require_http_methods(["GET", "POST"])
@requires("customers.read", "customers.write")
def address(request: HttpRequest, number: str, address_id: UUID | None = None) -> HttpResponse:
    """Add an address to a customer, or change one."""
    card = party_card(number)
    known = card.address(str(address_id)) if address_id else None
    if address_id and known is None:
        raise NotFound(number=str(address_id)[:8])
    if request.method == "GET":
        form = AddressForm.of(known) if known else AddressForm.blank(card.name)
    else:
        form = AddressForm(request.POST)
        if form.is_valid():
            details = form.details(address_id)
            keep_address(party_id=card.id, address=details, by=actor_of(request), at=timezone.now())
            say(request, _("The address of %(number)s is kept.") % {"number": number})
            return redirect("care:customer", number=number)
    context = {"form": form, "party": card, "is_new": known is None}
    status = 422 if request.method == "POST" else 200
    return render(request, "care/address_form.html", context, status=status)


@require_GET
@requires("orders.read")
def order(request: HttpRequest, number: str) -> HttpResponse:
    """One order: how it stands, what is missing, what hangs on it."""
    file, actor, at = queries.order_file(number, TOLD), actor_of(request), timezone.now()
    context = order_context(file, actor=actor, at=at)
    context |= card_of_order(file.order.id, file.order.number, actor=actor, at=at)
    return render(request, "care/order.html", context)


@require_POST
@requires("orders.read", "orders.cancel")
def cancel(request: HttpRequest, number: str) -> HttpResponse:
    """Cancel an order of which nothing has left yet."""
    return _with_reason(request, number, cancel_order, _("Order %(number)s is cancelled."))


@require_POST
@requires("orders.read", "orders.cancel")
def cancel_the_rest(request: HttpRequest, number: str) -> HttpResponse:
    """Cancel what is left to deliver of an order of which part has left."""
    return _with_reason(request, number, cancel_rest, _("The rest of order %(number)s is cancelled."))


@require_POST
@requires("orders.read")
def confirmation(request: HttpRequest, number: str) -> HttpResponse:
    """Send the confirmation of an order once more."""
    form = ClickForm(request.POST)
    if not form.is_valid():
        say(request, _("This page is out of date. Press the button once more."), tone="bad")
        return redirect("care:order", number=number)
    with refusal_said(request):
        ask_for_confirmation(
            number=number, key=form.cleaned_data["key"], by=actor_of(request), at=timezone.now()
        )
        say(request, _("The confirmation of %(number)s is on its way.") % {"number": number})
    return redirect("care:order", number=number)


@require_GET
@requires("orders.read")
def document(request: HttpRequest, document_id: UUID) -> HttpResponse:
    """Download a paper."""
    file = queries.document_file(document_id)
    response = HttpResponse(bytes(file.content), content_type=file.media_type)
    response.headers["Content-Disposition"] = f'inline; filename="{file.name}"'
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


def _with_reason(request: HttpRequest, number: str, cancel: Callable[..., None], done: str) -> HttpResponse:
    form = ReasonForm(request.POST)
    if not form.is_valid():
        say(request, _("A reason is missing or too long: one sentence of up to 200 characters."), tone="bad")
        return redirect("care:order", number=number)
    found = queries.order_file(number, TOLD).order
    reason = form.cleaned_data["reason"]
    with refusal_said(request):
        cancel(order_id=found.id, reason=reason, by=actor_of(request), at=timezone.now())
        say(request, done % {"number": number})
    return redirect("care:order", number=number)


def _words(request: HttpRequest, name: str) -> str:
    return request.GET.get(name, request.POST.get(name, "")).replace("\0", "").strip()[:200]


def _from_words(text: str) -> dict[str, str]:
    """What a search that found nobody says of the new customer."""
    if "@" in text:
        return {"email": text}
    if text and any(figure.isdigit() for figure in text):
        return {"phone": text[:40]}
    given, _space, family = text.rpartition(" ")
    return {"given_name": given[:80], "family_name": family[:80]}


def _customer_form(
    request: HttpRequest,
    form: PartyForm,
    address: NewAddressForm,
    target: str,
    *,
    status: int = 200,
    known: object = None,
) -> HttpResponse:
    context = {"form": form, "address": address, "next": target, "known": known}
    context["back_url"] = target or reverse("care:customers")
    return render(request, "care/customer_form.html", context, status=status)
