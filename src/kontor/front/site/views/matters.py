"""The withdrawal form and the contact form. Both open a case; the worker finds out whose order is meant."""

import re
from collections.abc import Sequence
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kontor.bridge.cases.actions import Matter, SentFile, open_case
from kontor.bridge.cases.errors import NoSuchCase
from kontor.bridge.cases.files import sent_files
from kontor.bridge.parties.middleware import visit_of
from kontor.front.shop.queries import article_named
from kontor.front.site import queries
from kontor.front.site.drawing import drawn
from kontor.front.site.forms import ContactForm, WithdrawalForm
from kontor.front.site.views.public import ground, page_context
from kontor.front.site.withdrawing import Receipt, Statement, fields_of, matter_of, statement_of, unsealed
from kontor.kernel.house import is_shut
from kontor.kernel.ids import uuid7
from kontor.kernel.language import reader_language
from kontor.kernel.ui.refusals import refused_on_form

_MOST_SEARCHED = 20_000
_NUMBER = re.compile(r"[A-Za-z0-9][A-Za-z0-9._/-]{2,38}")


# No form token is asked for: who keeps no cookies may withdraw, too. The visitor's cookie does not come along from
# foreign pages (SameSite), so nothing is done there in somebody else's name; nor is it replaced by a new one.
@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, token: str = "", number: str = "") -> HttpResponse:
    """§ 356a BGB: the statement and its confirmation on one page, the receipt right after."""
    if request.method != "POST":
        order = queries.own_order(number or request.GET.get("order", ""))
        known = {"name": order.billing_name, "contract": order.number, "email": order.email} if order else {}
        return render(request, "site/withdraw.html", {"form": WithdrawalForm(initial=known)})
    fields, is_cut = fields_of(request)
    form = WithdrawalForm(fields)
    if not form.is_valid():
        return render(request, "site/withdraw.html", {"form": form}, status=422)
    said = statement_of(form.cleaned_data, timezone.now(), is_cut=is_cut)
    receipt = _receive(request, said, queries.own_order(number or _number_in(said.contract[:_MOST_SEARCHED])))
    context = {
        "receipt": receipt,
        "is_reachable": said.has_reachable_email,
        "is_cut": is_cut,
        "file_url": f"{reverse('site:receipt')}?r={receipt.sealed()}" if receipt.fits_address else "",
    }
    return render(request, "site/withdrawn.html", context)


def _receive(request: HttpRequest, said: Statement, order: Any | None) -> Receipt:
    visit, at = visit_of(request), timezone.now()
    visit.begin(keeps_cookie=not _is_from_elsewhere(request))
    matter = matter_of(said, party_id=visit.party_id, order=order)
    try:
        open_case(matter=matter, by=visit.actor, at=at)
    except NoSuchCase:
        # The same statement has come in before, from another browser: it stands.
        return Receipt(said.name, said.contract, said.email, at, "")
    known = queries.received(said.id)
    number, received_at = (known.number, known.opened_at) if known else ("", at)
    return Receipt(said.name, said.contract, said.email, received_at, number)


def _is_from_elsewhere(request: HttpRequest) -> bool:
    """Whether a foreign page sent this form: the cookie stayed behind then, and a new one would end a login."""
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site == "cross-site"
    origin = request.headers.get("Origin")
    return origin is not None and origin.partition("://")[2] != request.get_host()


def _number_in(text: str) -> str:
    """The first thing in a text that may be an order number."""
    for word in _NUMBER.findall(text):
        if any(figure.isdigit() for figure in word) and "-" in word:
            return str(word)
    return ""


# Nothing is changed by it: what comes along is the receipt itself, sealed, where it is too long for an address.
@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def receipt(request: HttpRequest) -> HttpResponse:
    """The acknowledgement as a file: a durable medium also where no mail can reach."""
    known = unsealed(request.POST.get("r", "") or request.GET.get("r", ""))
    if known is None:
        raise Http404
    response = HttpResponse(known.text, content_type="text/plain; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{_("withdrawal")}-{known.at:%Y-%m-%d}.txt"'
    return response


@never_cache
@require_safe
def contact(request: HttpRequest) -> HttpResponse:
    """How to reach the house, and the form that opens a case."""
    visit = visit_of(request)
    known = {"name": visit.name, "email": visit.email} if visit.is_logged_in else {}
    order = queries.own_order(request.GET.get("order", ""))
    known |= {"order": order.number} if order else {}
    known["article"] = request.GET.get("article", "")[:40]
    return _contact_page(request, ContactForm(initial={"key": uuid7(), **known}))


@never_cache
@require_POST
def write(request: HttpRequest) -> HttpResponse:
    """A message becomes a case; the worker acknowledges it by mail."""
    form, visit = ContactForm(request.POST), visit_of(request)
    if form.is_valid():
        visit.begin()
        with refused_on_form(form):
            files = sent_files(request.FILES.getlist("files"), is_stranger=not visit.is_logged_in)
            number = open_case(matter=_matter(request, form, files), by=visit.actor, at=timezone.now())
            context = {"number": number, "email": form.cleaned_data["email"]}
            return render(request, "site/written.html", context)
    return _contact_page(request, form)


def _contact_page(request: HttpRequest, form: ContactForm) -> HttpResponse:
    context = page_context(request, drawn(queries.shown_page("contact"), ground()))
    article = article_named(str(form["article"].value() or ""))
    context |= {"form": form, "may_write": not is_shut("contact"), "article": article}
    return render(request, "site/contact.html", context, status=422 if form.is_bound else 200)


def _matter(request: HttpRequest, form: ContactForm, files: Sequence[SentFile]) -> Matter:
    said = form.cleaned_data
    order = queries.own_order(said["order"]) if said["order"] else None
    article = article_named(said["article"])
    topic = str(dict(form.fields["kind"].choices)[said["kind"]])  # type: ignore[attr-defined]  # a ChoiceField
    return Matter(
        id=said["key"],
        kind=said["kind"],
        channel="form",
        subject=": ".join(
            [topic, *(word for word in (said["order"], article.name if article else "") if word)]
        ),
        text=said["message"],
        party_id=visit_of(request).party_id,
        name=said["name"],
        email=said["email"],
        language=reader_language(),
        stated_order=said["order"],
        files=files,
        order_id=order.id if order else None,
        offering_id=article.offering_id if article else None,
    )
