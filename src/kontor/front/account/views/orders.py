"""My orders, the order page, payment, papers; the same pages again behind a mailed link."""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header, urlencode
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from kontor.bridge.documents.rendering.girocode import NotPayableByGiroCodeError, girocode_svg
from kontor.bridge.orders.condition import Condition, Terms, if_started
from kontor.bridge.orders.paying import until_said
from kontor.bridge.orders.queries import amount_of
from kontor.bridge.parties.actions import change_details
from kontor.bridge.parties.middleware import visit_of
from kontor.bridge.parties.queries import own_details
from kontor.bridge.progress.window import Window, why_this_day
from kontor.front.account import actions, errors, queries
from kontor.front.account.progress import Pieces, after_return, rest_words, state_words, timeline
from kontor.front.shop.facts import Facts, facts
from kontor.front.shop.forms import AddressForm
from kontor.kernel.clocks.calendars import start_of
from kontor.kernel.house import standing
from kontor.kernel.membrane.topics import signed_topic
from kontor.kernel.money import Money
from kontor.kernel.ui import formats
from kontor.kernel.ui.messages import say
from kontor.kernel.ui.shapes import PageLinks, SumRow, Tone, WhyStep

_PATIENCE_SECONDS = 2.0
_BREATH_SECONDS = 0.1
_MOST_PAGES = 500


@dataclass(frozen=True, slots=True)
class Doors:
    """The addresses of one order's pages: with a cookie, or behind a mailed link."""

    token: str = ""

    def order(self, number: str) -> str:
        """The order page."""
        if self.token:
            return reverse("account:mailed_order", args=[self.token, number])
        return reverse("account:order", args=[number])

    def pay(self, number: str) -> str:
        """Where to pay online."""
        if self.token:
            return reverse("account:mailed_pay", args=[self.token, number])
        return reverse("account:pay", args=[number])

    def withdraw(self, number: str) -> str:
        """Where to withdraw from the contract, with what is known filled in."""
        if self.token:
            return reverse("site:mailed_withdraw", args=[self.token, number])
        return f"{reverse('site:withdraw')}?{urlencode({'order': number})}"

    def paper(self, number: str, document_id: UUID) -> str:
        """A paper's file."""
        if self.token:
            return reverse("account:mailed_paper", args=[self.token, number, document_id])
        return reverse("account:paper", args=[number, document_id])


@never_cache
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """My account: orders and details."""
    visit = visit_of(request)
    if not visit.is_logged_in:
        return redirect(f"{reverse('account:login')}?next={reverse('account:home')}")
    text = request.GET.get("page", "")
    page = min(max(int(text), 1), _MOST_PAGES) if text.isascii() and text.isdigit() and len(text) < 6 else 1
    rows = queries.orders_of(visit.party_id, page)
    known = facts()
    today = known.today(timezone.now())
    context = {
        "visit": visit,
        "orders": [_listed(row, known, today) for row in rows[: queries.PAGE]],
        "page": PageLinks(
            previous_url=f"?page={page - 1}" if page > 1 else "",
            next_url=f"?page={page + 1}" if len(rows) > queries.PAGE else "",
            text=_("Page %(page)s") % {"page": page},
        ),
        "is_first": page == 1,
    }
    return render(request, "account/home.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def details(request: HttpRequest) -> HttpResponse:
    """My name, phone and address."""
    visit = visit_of(request)
    if not visit.is_logged_in:
        return redirect(f"{reverse('account:login')}?next={reverse('account:details')}")
    known = own_details(visit.party_id)
    if request.method == "POST":
        form = AddressForm(request.POST)
        if form.is_valid():
            change_details(contact=form.contact(visit.email), by=visit.actor, at=timezone.now())
            say(request, _("Your details have been saved."))
            return redirect("account:details")
    else:
        form = AddressForm(
            initial={
                "name": f"{known.given_name} {known.family_name}".strip(),
                "phone": known.phone,
                **{name: getattr(known, name) or "" for name in ("extra", "street", "postal_code", "city")},
                "country": known.country or "DE",
            }
            if known
            else {}
        )
    return render(
        request, "account/details.html", {"form": form, "visit": visit}, status=422 if form.is_bound else 200
    )


@never_cache
@require_safe
def order(request: HttpRequest, number: str, token: str = "") -> HttpResponse:
    """An order: state, promised day, steps, lines, sums, payment, papers."""
    found = _found(number)
    known, lines, steps = facts(), queries.lines_of(found.id), queries.steps_of(found)
    papers, doors, at = queries.papers_of(found.id), Doors(token), timezone.now()
    pieces = sum(
        (line.quantity - line.cancelled_quantity for line in lines if line.kind == "item"), Decimal(0)
    )
    window, today = Window.read(found.making), known.today(at)
    way = Pieces(pieces, _quantity(steps, "shipped"), _quantity(steps, "delivered"))
    is_travelling = way.have_left and window.is_travelling(today)
    is_awaited = found.promised_on is not None and _is_awaited(found, way, is_travelling=is_travelling)
    condition = _condition(found, known, today)
    arrives_on = condition.day if condition else found.promised_on
    is_late = is_awaited and arrives_on < today
    words, tone = state_words(found.state, way, is_travelling=is_travelling, is_late=is_late)
    topic = signed_topic(settings.HOUSE.secret("live-public"), str(found.id))
    gone = _gone(found, lines)
    context = {
        "order": found,
        "state": words,
        "tone": tone,
        "is_fresh": (at - found.placed_at).total_seconds() < 600,
        "is_open": found.state in ("placed", "held", "confirmed") or is_travelling,
        "is_awaited": is_awaited,
        "is_late": is_late,
        "arrives_on": arrives_on,
        "condition": condition,
        "items": [
            (line, *rest_words(line, steps, window, arrives_on, today))
            for line in lines
            if line.kind == "item"
        ],
        "sum_rows": gone.rows(found),
        "rest_cancelled_at": steps["cancelled"].at if gone.cancelled and "cancelled" in steps else None,
        "due": Money(gone.due(found), found.currency),
        "shippings": [line for line in lines if line.kind == "shipping"],
        "total": Money(found.gross_amount - gone.cancelled, found.currency),
        "timeline": [
            *timeline(found, steps, pieces, arrives_on=arrives_on, window=window, at=at),
            *after_return(steps, papers),
        ],
        "move": window.last_move,
        "has_no_day": window.is_late and found.state == "confirmed",
        "why": _why(found, window, known, arrives_on=arrives_on, condition=condition)
        if is_awaited and not window.is_late
        else [],
        "papers": [(paper, _paper_word(paper.kind), doors.paper(number, paper.id)) for paper in papers],
        "pay_url": doors.pay(number),
        "withdraw_url": doors.withdraw(number),
        "live_url": f"{settings.LIVE_URL}/watch?topic={topic}",
        "is_in_shop": "shop" not in standing().shut_doors,
        "may_wish": "ideas" not in standing().shut_doors,
        "may_review": "reviews" not in standing().shut_doors,
        **_payment(found, known, due=gone.due(found)),
    }
    return render(request, "account/order.html", context)


@never_cache
@require_safe
def mailed(request: HttpRequest, token: str) -> HttpResponse:
    """The link of a mail: to the newest order of whoever it was sent to."""
    newest = queries.orders_of(visit_of(request).party_id)
    if not newest:
        raise errors.NoSuchOrder
    return redirect("account:mailed_order", token=token, number=newest[0].number)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def pay(request: HttpRequest, number: str, token: str = "") -> HttpResponse:
    """Wait up to two seconds for the address to pay at and go there; a POST begins a new attempt."""
    found, doors = _found(number), Doors(token)
    if request.method == "POST":
        actions.pay_again(number=number, by=visit_of(request).actor, at=timezone.now())
        return redirect(doors.pay(number))
    is_over = found.paid_at is not None or found.state == "cancelled"
    if is_over or found.payment_method != "provider":
        return redirect(doors.order(number))
    until = time.monotonic() + _PATIENCE_SECONDS
    while (state := queries.payment_page(number)) is not None and state.state in ("asked", "open"):
        if state.redirect_url:
            return redirect(state.redirect_url)
        if time.monotonic() >= until:
            break
        time.sleep(_BREATH_SECONDS)
    context = {
        "order": found,
        "has_failed": state is None or state.state == "failed",
        "order_url": doors.order(number),
        "pay_url": doors.pay(number),
    }
    return render(request, "account/pay.html", context)


@never_cache
@require_safe
def paper(request: HttpRequest, number: str, document_id: UUID, token: str = "") -> HttpResponse:
    """The file of a paper, if it is this customer's."""
    _found(number)
    file = queries.file_of(document_id)
    if file is None:
        raise Http404
    response = HttpResponse(file.content, content_type=file.media_type)
    response["Content-Disposition"] = content_disposition_header(True, file.name) or "attachment"
    return response


def _listed(order: Any, known: Facts, today: date) -> tuple[Any, str, Tone, date | None]:
    """An order in the list: in words and tone where it is, and the day on which it is awaited."""
    pieces = Pieces(order.pieces, order.shipped, order.delivered)
    window = Window(travelling_since=order.travelling_since)
    is_travelling = pieces.have_left and window.is_travelling(today)
    condition = _condition(order, known, today)
    day = condition.day if condition else order.promised_on
    awaited_on = day if _is_awaited(order, pieces, is_travelling=is_travelling) else None
    is_late = awaited_on is not None and awaited_on < today
    return order, *state_words(order.state, pieces, is_travelling=is_travelling, is_late=is_late), awaited_on


def _is_awaited(order: Any, pieces: Pieces, *, is_travelling: bool) -> bool:
    """Whether something of an order is still to come: it waits here, or it is on its way."""
    return is_travelling or (order.state == "confirmed" and not pieces.have_left)


def _condition(order: Any, known: Facts, today: date) -> Condition | None:
    """By when an order that may not leave yet must be paid or released, and for which day."""
    if order.state != "confirmed" or order.released_at is not None or order.promised_on is None:
        return None
    terms = _terms(order, known)
    return if_started(today, promised_on=order.promised_on, terms=terms, payment_method=order.payment_method)


def _quantity(steps: Mapping[str, queries.Step], name: str) -> Decimal:
    return steps[name].quantity if name in steps else Decimal(0)


def _terms(order: Any, known: Facts) -> Terms:
    way = known.way(order.shipping_method)
    return Terms(
        handling_days=known.house.handling_days,
        transit_days=way.transit_days if way else 2,
        land=known.house.land,
        zone=known.zone,
    )


def _why(
    order: Any, window: Window, known: Facts, *, arrives_on: date, condition: Condition | None
) -> list[WhyStep]:
    """Why the day it arrives is that day: the promised one, or one that is counted from its condition's day."""
    starts_at = order.confirmed_at
    if condition is not None and arrives_on != order.promised_on:
        starts_at = start_of(condition.until, known.zone)
    return why_this_day(
        window,
        promised_on=arrives_on,
        confirmed_at=starts_at,
        terms=_terms(order, known),
    )


def _found(number: str) -> Any:
    found = None if "\0" in number or len(number) > 40 else queries.order_of(number)
    if found is None:
        raise errors.NoSuchOrder
    return found


def _paper_word(kind: str) -> str:
    words = {
        "confirmation": _("Order confirmation"),
        "invoice": _("Invoice"),
        "credit_note": _("Credit note"),
        "delivery_note": _("Delivery note"),
    }
    return words.get(kind, _("Document"))


@dataclass(frozen=True, slots=True)
class Gone:
    """What of an order is not paid for: cancelled after a part had left, and sent back. Tax included."""

    cancelled: Decimal
    returned: Decimal

    def due(self, order: Any) -> Decimal:
        """What is left to be paid of all that was ordered, as far as the goods say."""
        return Decimal(order.gross_amount) - self.cancelled - self.returned

    def rows(self, order: Any) -> list[SumRow]:
        """What stands above the total: net and tax, or what was ordered and what of it was cancelled."""
        if self.cancelled:
            return [
                SumRow(_("Ordered, tax included"), Money(order.gross_amount, order.currency)),
                SumRow(_("Cancelled"), Money(-self.cancelled, order.currency)),
            ]
        return [
            SumRow(_("Net"), Money(order.net_amount, order.currency)),
            SumRow(_("VAT"), Money(order.tax_amount, order.currency)),
        ]


def _gone(order: Any, lines: Sequence[Any]) -> Gone:
    if order.state == "cancelled":
        return Gone(Decimal(0), Decimal(0))
    cancelled = sum((amount_of(line, line.cancelled_quantity) for line in lines), Decimal(0))
    returned = sum((amount_of(line, line.returned_quantity) for line in lines), Decimal(0))
    return Gone(cancelled, returned)


def _payment(order: Any, known: Facts, *, due: Decimal) -> dict[str, Any]:
    """What is still to be paid, and how: a code for the banking app with the account beside it."""
    is_due = order.paid_at is None and due > 0 and order.state not in ("cancelled", "placed")
    if order.payment_method == "provider" or not is_due:
        has_failed = is_due and order.payment_state == "failed"
        return {
            "is_due": is_due,
            "is_by_transfer": False,
            "has_failed": has_failed,
            "pay_until": until_said(order.payment_method, order.pay_until) if is_due else "",
            "phone": known.house.phone,
        }
    if order.state == "held":  # nobody transfers money for what may yet be turned down
        return {"is_due": False, "is_by_transfer": False}
    house = known.house
    try:
        code = girocode_svg(
            name=house.name,
            iban=house.iban,
            bic=house.bic,
            amount=due,
            remittance=order.number,
            currency=order.currency,
        )
    except NotPayableByGiroCodeError:
        code = ""
    # The SVG is drawn from the house's own row and figures, never from what a visitor typed.
    return {
        "is_due": True,
        "is_by_transfer": True,
        "pay_until": until_said(order.payment_method, order.pay_until),
        "girocode": SafeString(code),
        "firm": house,
        "iban": formats.iban(house.iban),
    }
