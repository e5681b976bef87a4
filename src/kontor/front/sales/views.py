"""The page of an order by phone: one form, kept in the address until it becomes an order."""

from dataclasses import replace
from decimal import Decimal, InvalidOperation

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kontor.front.sales.actions import Shown, take_order
from kontor.front.sales.page import sheet_context
from kontor.front.sales.queries import find_articles
from kontor.front.sales.sheet import Sheet, plain, read_sheet
from kontor.kernel.actor.requiring import actor_of, requires
from kontor.kernel.errors import Refusal
from kontor.kernel.ui.messages import say


@require_http_methods(["GET", "POST"])
@requires("orders.place", "customers.read")
def order(request: HttpRequest) -> HttpResponse:
    """Write an order by phone, and take it."""
    if request.method == "POST":
        return _take(request) if request.POST.get("do") == "take" else _write(request)
    if "key" not in request.GET:
        return redirect(_url(read_sheet(request.GET), who=plain(request.GET.get("who", ""))))
    return _page(request, read_sheet(request.GET))


def _write(request: HttpRequest) -> HttpResponse:
    """Put one change onto the sheet, and show it under its new address."""
    sheet, posted = read_sheet(request.POST), request.POST
    article, who = plain(posted.get("article", "")), plain(posted.get("who", ""))
    if number := plain(posted.get("add", ""), 40):
        return redirect(_url(sheet.with_article(number)))
    if number := plain(posted.get("remove", ""), 40):
        return redirect(_url(sheet.without(number)))
    if number := plain(posted.get("choose", ""), 20):
        return redirect(_url(replace(sheet, customer=number, address="")))
    if posted.get("do") == "other":
        return redirect(_url(replace(sheet, customer="", address="")))
    if article:
        found = [row.number for row in find_articles(article)]
        exact = next((number for number in found if number.casefold() == article.casefold()), None)
        if exact:
            return redirect(_url(sheet.with_article(exact)))
    return redirect(_url(sheet, article=article, who=who))


def _take(request: HttpRequest) -> HttpResponse:
    sheet = read_sheet(request.POST)
    try:
        shown = Shown(total=Decimal(request.POST.get("total", "")[:20] or "0"))
    except InvalidOperation:
        shown = Shown(total=Decimal(0))
    try:
        placed = take_order(sheet=sheet, shown=shown, by=actor_of(request), at=timezone.now())
    except Refusal as refusal:
        return _page(request, sheet, refusal)
    say(request, _("Order %(number)s is taken.") % {"number": placed.number})
    return redirect("care:order", number=placed.number)


def _page(request: HttpRequest, sheet: Sheet, refusal: Refusal | None = None) -> HttpResponse:
    written = request.GET if request.method == "GET" else request.POST
    context = sheet_context(
        sheet,
        who=plain(written.get("who", "")),
        article=plain(written.get("article", "")),
        at=timezone.now(),
    )
    context["refusal"] = str(refusal) if refusal else ""
    context["may_write"] = actor_of(request).has("customers.write")
    context["back_here"] = _url(replace(sheet, customer="", address=""))
    return render(request, "sales/order.html", context, status=refusal.status if refusal else 200)


def _url(sheet: Sheet, **more: str) -> str:
    return f"{reverse('sales:order')}?{sheet.query(**more)}"
