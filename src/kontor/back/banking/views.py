"""Pages of payments. Each POST is one action; a refusal is told in the form it came from."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kontor.back.banking import queries
from kontor.back.banking.actions import NewRefund, approve_refund, ask_refund, decline_refund
from kontor.back.banking.errors import OrderIsGone
from kontor.back.banking.forms import MatchForm, PaymentForm, RefundForm
from kontor.back.banking.lists import (
    INTENTS,
    MESSAGES,
    METHODS,
    PAYMENTS,
    REFUND_STATES,
    REFUND_TONES,
    REFUNDS,
    STATES,
    TONES,
    refund_state_of,
    state_of,
)
from kontor.back.banking.queries import Credit, PaymentFile
from kontor.back.ledger.matching import match_items
from kontor.back.ledger.queries import currency, today
from kontor.bridge.payments.actions import NewPayment, record_payments
from kontor.kernel.actor.identity import Actor
from kontor.kernel.actor.requiring import actor_of, requires
from kontor.kernel.errors import NotFound
from kontor.kernel.ui import formats
from kontor.kernel.ui.listing.showing import show
from kontor.kernel.ui.messages import say
from kontor.kernel.ui.refusals import refusal_said, refused_on_form
from kontor.kernel.ui.shapes import Tab


@require_GET
@requires("payments.read")
def payments(request: HttpRequest) -> HttpResponseBase:
    """All payments."""
    may_record = actor_of(request).has("payments.record")
    return show(request, PAYMENTS, record_url=reverse("banking:record") if may_record else "")


@require_GET
@requires("payments.read")
def refunds(request: HttpRequest) -> HttpResponseBase:
    """All refunds."""
    return show(request, REFUNDS)


@require_GET
@requires("payments.read")
def online(request: HttpRequest) -> HttpResponseBase:
    """What customers wanted to pay online."""
    return show(request, INTENTS, sections=_sections("online"))


@require_GET
@requires("payments.read")
def messages(request: HttpRequest) -> HttpResponseBase:
    """What the provider sent."""
    return show(request, MESSAGES, sections=_sections("messages"))


@require_http_methods(["GET", "POST"])
@requires("payments.read", "payments.record")
def record(request: HttpRequest) -> HttpResponse:
    """Record money that came in; an order named in the reference is proposed."""
    form = PaymentForm(
        _posted(request), today=today(), initial=_from_document(request.GET.get("document", ""))
    )
    status = 200
    if request.method == "POST":
        if form.is_valid():
            known = queries.payment_by_key(form.cleaned_data["key"])
            if known is not None:
                return redirect("banking:payment", payment_id=known)
            proposed = (
                [] if form.cleaned_data["assign"] else queries.orders_named_in(form.cleaned_data["reference"])
            )
            if proposed:
                asking = PaymentForm(request.POST.dict(), today=today(), proposed=proposed)
                return render(request, "banking/record.html", {"form": asking, "has_proposal": True})
            with refused_on_form(form):
                return redirect("banking:payment", payment_id=_record(request, form))
        status = 422
    return render(request, "banking/record.html", {"form": form}, status=status)


def _record(request: HttpRequest, form: PaymentForm) -> UUID:
    order = None
    if form.order_id is not None:
        order = queries.order_by_id(form.order_id)
        if order is None:
            raise OrderIsGone
    cleaned = form.cleaned_data
    payment = NewPayment(
        key=cleaned["key"],
        method=cleaned["method"],
        amount=cleaned["amount"],
        currency=order.currency if order else currency(),
        received_on=cleaned["received_on"],
        reference=cleaned["reference"],
        payer=cleaned["payer"],
        order_id=order.id if order else None,
        party_id=order.party_id if order else None,
    )
    new = record_payments(payments=[payment], by=actor_of(request), at=timezone.now())
    if new:
        amount = formats.money(payment.amount, payment.currency)
        say(request, _("A payment of %(amount)s is recorded.") % {"amount": amount})
    return new[0] if new else queries.payment_by_key(cleaned["key"]) or payment.id


@require_GET
@requires("payments.read")
def payment(request: HttpRequest, payment_id: UUID) -> HttpResponse:
    """One payment: what it settled, what is left, what that may settle."""
    found = queries.payment_file(payment_id)
    if found is None:
        raise NotFound(number=str(payment_id))
    credit = queries.credit_by_id(found.item_id) if found.item_id and found.open_amount else None
    return _credit_page(request, credit, found)


@require_GET
@requires("payments.read")
def of_item(request: HttpRequest, item_id: UUID) -> HttpResponse:
    """One credit of a customer: what it may settle, or paying it back."""
    credit = queries.credit_by_id(item_id)
    if credit is None:
        raise NotFound(number=str(item_id))
    if credit.source == "payment":
        return redirect("banking:payment", payment_id=credit.source_id)
    return _credit_page(request, credit, None)


@require_POST
@requires("payments.read", "payments.record")
def match(request: HttpRequest, item_id: UUID) -> HttpResponse:
    """Settle documents with a credit."""
    credit = _credit(item_id)
    form = MatchForm(queries.candidates_for(credit, request.POST.get("words", "")), credit.left, request.POST)
    if form.is_valid():
        with refused_on_form(form):
            match_items(
                credit_id=item_id,
                shares=form.shares,
                key=form.cleaned_data["key"],
                by=actor_of(request),
                at=timezone.now(),
            )
            say(request, _("The documents are settled as you entered."))
            return redirect("banking:of_item", item_id=item_id)
    return _credit_page(request, credit, _payment_of(credit), match_form=form)


@require_POST
@requires("payments.read", "refunds.ask")
def ask(request: HttpRequest, item_id: UUID) -> HttpResponse:
    """Ask for a refund of a credit."""
    credit = _credit(item_id)
    form = RefundForm(credit.refundable, request.POST)
    if form.is_valid():
        cleaned = form.cleaned_data
        refund = NewRefund(
            key=cleaned["key"],
            item_id=item_id,
            amount=cleaned["amount"],
            reason=cleaned["reason"],
            iban=cleaned["iban"],
        )
        with refused_on_form(form):
            refund_id = ask_refund(refund=refund, by=actor_of(request), at=timezone.now())
            say(request, _("The refund waits for a colleague's approval."))
            return redirect("banking:refund", refund_id=refund_id)
    return _credit_page(request, credit, _payment_of(credit), refund_form=form)


@require_GET
@requires("payments.read")
def refund(request: HttpRequest, refund_id: UUID) -> HttpResponse:
    """One refund: who asked for it and why, and whether it is approved."""
    found = queries.refund_by_id(refund_id)
    if found is None:
        raise NotFound(number=str(refund_id))
    actor = actor_of(request)
    state = refund_state_of({"approved_at": found.approved_at, "declined_at": found.declined_at})
    context = {
        "refund": found,
        "party": queries.party_name(found.party_id),
        "state": REFUND_STATES[state],
        "tone": REFUND_TONES.get(state, "neutral"),
        "is_open": state == "asked",
        "is_own": found.asked_by_id == actor.id,
        "may_approve": state == "asked" and actor.has("refunds.approve") and found.asked_by_id != actor.id,
        "may_decline": state == "asked" and actor.has("refunds.ask"),
    }
    return render(request, "banking/refund.html", context)


@require_POST
@requires("payments.read", "refunds.approve")
def approve(request: HttpRequest, refund_id: UUID) -> HttpResponse:
    """Approve a refund: it is paid out."""
    with refusal_said(request):
        approve_refund(refund_id=refund_id, on=today(), by=actor_of(request), at=timezone.now())
        say(request, _("The refund is approved and booked as paid out."))
    return redirect("banking:refund", refund_id=refund_id)


@require_POST
@requires("payments.read", "refunds.ask")
def decline(request: HttpRequest, refund_id: UUID) -> HttpResponse:
    """Decline a refund, or take back one's own."""
    with refusal_said(request):
        decline_refund(refund_id=refund_id, by=actor_of(request), at=timezone.now())
        say(request, _("The refund is declined. The credit stays the customer's."))
    return redirect("banking:refund", refund_id=refund_id)


def _credit_page(
    request: HttpRequest,
    credit: Credit | None,
    payment: PaymentFile | None,
    *,
    match_form: MatchForm | None = None,
    refund_form: RefundForm | None = None,
) -> HttpResponse:
    actor = actor_of(request)
    words = (
        (request.POST if request.method == "POST" else request.GET).get("words", "")[:100].replace("\0", "")
    )
    has_left = credit is not None and credit.left > 0
    if credit is not None and has_left and match_form is None and actor.has("payments.record"):
        match_form = MatchForm(queries.candidates_for(credit, words), credit.left)
    if (
        credit is not None
        and credit.party_id
        and credit.refundable
        and refund_form is None
        and actor.has("refunds.ask")
    ):
        refund_form = RefundForm(credit.refundable, auto_id="refund_%s")
    context = {
        "payment": payment,
        "credit": credit,
        "words": words,
        "has_left": has_left,
        "match_form": match_form if actor.has("payments.record") else None,
        "refund_form": refund_form if actor.has("refunds.ask") else None,
        "refund_is_open": refund_form is not None and refund_form.is_bound,
        **_links(credit, payment, actor),
        **_standing(payment),
    }
    return render(request, "banking/credit.html", context, status=200 if request.method == "GET" else 422)


def _standing(payment: PaymentFile | None) -> dict[str, Any]:
    if payment is None:
        return {}
    state = state_of({"open_amount": payment.open_amount, "amount": payment.amount})
    return {
        "state": STATES[state],
        "tone": TONES.get(state, "neutral"),
        "method": METHODS[payment.method],
        "is_posted": payment.item_id is not None,
    }


def _links(credit: Credit | None, payment: PaymentFile | None, actor: Actor) -> dict[str, str]:
    links = {}
    if payment and payment.order_number and actor.has("orders.read"):
        links["order_url"] = _url("orders:detail", payment.order_number)
    if payment and payment.entry_number and actor.has("ledger.read"):
        links["entry_url"] = _url("ledger:entry", payment.entry_number)
    if credit and credit.source != "payment" and actor.has("invoicing.read"):
        links["document_url"] = _url("invoicing:detail", credit.document_number)
    return links


def _url(name: str, *parts: Any) -> str:
    try:
        return reverse(name, args=parts)
    except NoReverseMatch:  # the room has no pages on this plane
        return ""


def _credit(item_id: UUID) -> Credit:
    credit = queries.credit_by_id(item_id)
    if credit is None:
        raise NotFound(number=str(item_id))
    return credit


def _payment_of(credit: Credit) -> PaymentFile | None:
    return queries.payment_file(credit.source_id) if credit.source == "payment" else None


def _from_document(number: str) -> dict[str, Any]:
    """What the form of a payment for this invoice begins with."""
    document = queries.document_by_number(number.replace("\0", "")) if number else None
    if document is None or document.order_id is None:
        return {}
    return {
        "amount": document.open_amount,
        "reference": document.number,
        "payer": document.billing_name,
        "assign": str(document.order_id),
    }


def _sections(current: str) -> list[Tab]:
    return [
        Tab(_("Online payments"), reverse("banking:online"), is_current=current == "online"),
        Tab(_("Messages of the provider"), reverse("banking:messages"), is_current=current == "messages"),
    ]


def _posted(request: HttpRequest) -> QueryDict | None:
    return request.POST if request.method == "POST" else None
