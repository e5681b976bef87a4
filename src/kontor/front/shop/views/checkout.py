"""The checkout: address, then review and order. Two pages after the basket, ten fields."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kontor.bridge.orders.errors import PriceChanged
from kontor.bridge.parties.middleware import visit_of
from kontor.bridge.parties.queries import own_details
from kontor.front.shop import actions, errors, queries
from kontor.front.shop.facts import facts
from kontor.front.shop.forms import ContactForm, OrderForm
from kontor.front.shop.methods import payment_options, shipping_options
from kontor.front.shop.ordering import Buyer, draft
from kontor.kernel.errors import Refusal
from kontor.kernel.language import reader_language
from kontor.kernel.money import Money
from kontor.kernel.ui.brand import house
from kontor.kernel.ui.formats import money, percent
from kontor.kernel.ui.messages import say
from kontor.kernel.ui.refusals import refusal_said
from kontor.kernel.ui.shapes import CheckoutStep, SumRow


def _steps(current: int) -> list[CheckoutStep]:
    names = [
        (_("Basket"), reverse("shop:basket")),
        (_("Address"), reverse("shop:contact")),
        (_("Check and order"), ""),
    ]
    return [
        CheckoutStep(name, url if place < current else "", place < current, place == current)
        for place, (name, url) in enumerate(names)
    ]


@require_http_methods(["GET", "HEAD", "POST"])
def contact(request: HttpRequest) -> HttpResponse:
    """Who orders and where to. What is held stays held for 15 minutes more."""
    visit, at = visit_of(request), timezone.now()
    basket = queries.open_basket(visit.party_id)
    if basket is None:
        return redirect("shop:basket")
    if request.method == "POST":
        form = ContactForm(request.POST)
        if form.is_valid():
            with refusal_said(request):
                actions.note_address(
                    basket_id=basket.id, contact=form.contact(visit.email), by=visit.actor, at=at
                )
                return redirect("shop:review")
            return redirect("shop:basket")
    else:
        form = ContactForm.beginning(basket, own_details(visit.party_id) if visit.is_logged_in else None)
    lines = queries.basket_lines(basket.id)
    if not lines:
        return redirect("shop:basket")
    context = {
        "form": form,
        "steps": _steps(1),
        "basket": basket,
        "is_held": basket.is_held(at),
        "lines": lines,
        "goods": queries.goods_amount(lines),
        "is_logged_in": visit.is_logged_in,
        "currency": facts().house.currency,
    }
    return render(request, "shop/contact.html", context, status=422 if form.is_bound else 200)


@require_safe
def review(request: HttpRequest) -> HttpResponse:
    """Everything at a glance: articles, address, shipping, payment, sums, and the button."""
    visit, at, known = visit_of(request), timezone.now(), facts()
    basket = queries.open_basket(visit.party_id)
    lines = queries.basket_lines(basket.id) if basket else []
    if basket is None or not lines or not all(line.is_sold for line in lines) or visit.party_id is None:
        return redirect("shop:basket")
    if known.is_over(basket.ready_at, at):
        return redirect(
            "shop:basket"
        )  # what was held for it did not come in time: the basket says what there is
    if not basket.has_contact:
        return redirect("shop:contact")
    buyer = Buyer(visit.party_id, reader_language())
    wanted = draft(basket=basket, lines=lines, buyer=buyer, facts=known, at=at)
    if wanted is None:
        return redirect("shop:basket")
    split, currency = wanted.order.split(), wanted.order.currency
    arrival = known.arrival(basket.ready_at, wanted.way, at)
    context = {
        "steps": _steps(2),
        "basket": basket,
        "lines": lines,
        "is_held": basket.is_held(at),
        "ways": shipping_options(wanted, known),
        "payments": payment_options(wanted, known, at),
        "form": OrderForm(
            initial={
                "key": basket.id,
                "total": wanted.total,
                "shipping": wanted.way.code,
                "payment": wanted.order.payment_method,
            }
        ),
        "sum_rows": [
            SumRow(_("Articles"), Money(wanted.goods, currency)),
            SumRow(wanted.way.name, Money(wanted.shipping, currency)),
        ],
        "total": Money(wanted.total, currency),
        "tax_note": "; ".join(
            _("including %(rate)s VAT: %(amount)s")
            % {"rate": percent(rate.rate), "amount": money(rate.tax, currency)}
            for rate in split.rates
            if rate.tax
        )
        or ("" if house().charges_tax else _("no VAT (section 19 UStG)")),
        "arrives": arrival.on,
        "why": arrival.why(reader_language()),
        "currency": currency,
        "has_new_prices": any(line.has_new_price for line in lines),
    }
    return render(request, "shop/review.html", context)


@require_POST
def methods(request: HttpRequest) -> HttpResponse:
    """Choose shipping and payment; the review shows the new sum."""
    visit = visit_of(request)
    basket = queries.open_basket(visit.party_id)
    if basket is not None:
        actions.choose_methods(
            basket_id=basket.id,
            shipping=request.POST.get("shipping", "")[:20],
            payment=request.POST.get("payment", "")[:20],
            by=visit.actor,
            at=timezone.now(),
        )
    return redirect("shop:review")


@require_POST
def order(request: HttpRequest) -> HttpResponse:
    """The button: place the order, or say why not and show what is so now."""
    visit, form = visit_of(request), OrderForm(request.POST)
    if not form.is_valid():
        say(request, _("The order was not complete. Check it and press the button again."), tone="bad")
        return redirect("shop:review")
    cleaned = form.cleaned_data
    try:
        placed = actions.order_basket(
            basket_id=cleaned["key"],
            shown=actions.Shown(
                total=cleaned["total"], shipping=cleaned["shipping"], payment=cleaned["payment"]
            ),
            language=reader_language(),
            by=visit.actor,
            at=timezone.now(),
        )
    except (PriceChanged, errors.PaymentNotOffered) as refusal:
        say(request, str(refusal), tone="warn")
        return redirect("shop:review")
    except errors.ContactMissing as refusal:
        say(request, str(refusal), tone="warn")
        return redirect("shop:contact")
    except Refusal as refusal:
        say(request, str(refusal), tone="bad")
        return redirect("shop:basket")
    if cleaned["payment"] == "provider" and placed.is_new:
        return redirect("account:pay", number=placed.number)
    return redirect("account:order", number=placed.number)
