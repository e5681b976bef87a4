"""Pages of billing. Each POST is one action; a refusal is told in the form it came from."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from kontor.back.invoicing import queries
from kontor.back.invoicing.actions import issue_invoices
from kontor.back.invoicing.billing import ToBillLine
from kontor.back.invoicing.correcting import credit_invoice
from kontor.back.invoicing.errors import NotAnInvoice, NothingChosen
from kontor.back.invoicing.forms import CreditForm, QuantitiesForm
from kontor.back.invoicing.lists import INVOICES, UNBILLED
from kontor.back.invoicing.page import invoice_context
from kontor.back.invoicing.printing import ask_to_print
from kontor.bridge.documents.queries import file_of
from kontor.kernel.actor.requiring import actor_of, requires
from kontor.kernel.errors import NotFound
from kontor.kernel.ui.listing.showing import show
from kontor.kernel.ui.messages import say
from kontor.kernel.ui.refusals import refused_on_form


@require_GET
@requires("invoicing.read")
def invoices(request: HttpRequest) -> HttpResponseBase:
    """All invoices and credit notes."""
    return show(
        request,
        INVOICES,
        ranges_url=reverse("invoicing:ranges"),
        unbilled_url=reverse("invoicing:unbilled"),
        may_bill=actor_of(request).has("invoicing.issue"),
    )


@require_GET
@requires("invoicing.read")
def unbilled(request: HttpRequest) -> HttpResponseBase:
    """Orders of which something is still to be billed."""
    return show(request, UNBILLED)


@require_GET
@requires("invoicing.read")
def ranges(request: HttpRequest) -> HttpResponse:
    """The proof that no number is missing."""
    return render(request, "invoicing/ranges.html", {"ranges": queries.ranges()})


@require_GET
@requires("invoicing.read")
def detail(request: HttpRequest, number: str) -> HttpResponse:
    """One invoice or credit note."""
    return render(request, "invoicing/invoice.html", invoice_context(_invoice(number), actor_of(request)))


@require_GET
@requires("invoicing.read")
def file(request: HttpRequest, number: str) -> HttpResponse:
    """The file of a document; while there is none the worker is asked for it and the page waits."""
    invoice = _invoice(number)
    found = file_of(invoice.kind, invoice.number)
    if found is not None:
        return HttpResponse(
            bytes(found.content),
            content_type=found.media_type,
            headers={"Content-Disposition": content_disposition_header(False, found.name) or ""},
        )
    if "asked" not in request.GET:
        ask_to_print(ids=[invoice.id], asked_for=True)
    state = queries.file_state_of(invoice)
    waiting_url = "" if state.violations else f"{reverse('invoicing:file', args=[number])}?asked=1"
    response = render(
        request,
        "invoicing/printing.html",
        {"invoice": invoice, "violations": state.violations, "waiting_url": waiting_url},
    )
    if waiting_url:
        response.headers["Refresh"] = f"2; url={waiting_url}"
    return response


@require_http_methods(["GET", "POST"])
@requires("invoicing.read", "invoicing.credit")
def credit(request: HttpRequest, number: str) -> HttpResponse:
    """Choose what of an invoice is credited, and why."""
    invoice = _invoice(number)
    if invoice.kind != "invoice":
        raise NotAnInvoice(number=number)
    if (done := _done_before(request)) is not None:
        return done
    rows = [(row, row.quantity) for row in queries.creditable_lines(invoice.id) if row.quantity > 0]
    form = CreditForm(rows, _posted(request))
    if request.method == "POST" and form.is_valid():
        with refused_on_form(form):
            at = timezone.now()
            note_id = credit_invoice(
                invoice_id=invoice.id,
                quantities=form.quantities,
                reason=form.cleaned_data["reason"],
                key=form.cleaned_data["key"],
                issued_on=queries.day_of(at),
                by=actor_of(request),
                at=at,
            )
            note = queries.invoice_by_id(note_id) if note_id else None
            if note is not None:
                say(request, _("Credit note %(number)s is issued.") % {"number": note.number})
            return redirect("invoicing:detail", number=note.number if note else number)
        if (done := _done_before(request)) is not None:  # by the same click, sent twice at once
            return done
    return render(request, "invoicing/credit.html", {"invoice": invoice, "form": form}, status=_status(form))


@require_http_methods(["GET", "POST"])
@requires("invoicing.read", "invoicing.issue")
def bill(request: HttpRequest, number: str) -> HttpResponse:
    """Bill chosen quantities of an order now, delivered or not."""
    order = queries.order_to_bill(number)
    if order is None:
        raise NotFound(number=number)
    if (done := _done_before(request)) is not None:
        return done
    lines = queries.billable_lines(order.id)
    form = QuantitiesForm(_open(lines), _posted(request))
    if request.method == "POST" and form.is_valid():
        with refused_on_form(form):
            at = timezone.now()
            chosen = _chosen(lines, form.quantities)
            terms = queries.terms_of(order.id, form.cleaned_data["key"], at)
            issued = issue_invoices(orders=[terms], lines=chosen, by=actor_of(request), at=at)
            invoice = queries.invoice_by_id(issued[0]) if issued else None
            if invoice is None:
                return _done_before(request) or redirect("invoicing:bill", number=number)
            say(request, _("Invoice %(number)s is issued.") % {"number": invoice.number})
            return redirect("invoicing:detail", number=invoice.number)
        if (done := _done_before(request)) is not None:  # by the same click, sent twice at once
            return done
    context = {"order": order, "lines": lines, "form": form}
    return render(request, "invoicing/bill.html", context, status=_status(form))


def _posted(request: HttpRequest) -> QueryDict | None:
    return request.POST if request.method == "POST" else None


def _done_before(request: HttpRequest) -> HttpResponse | None:
    """The second click on a form leads to what the first one brought about."""
    found = queries.invoice_by_key(request.POST.get("key", "")) if request.method == "POST" else None
    return redirect("invoicing:detail", number=found.number) if found else None


def _chosen(lines: Sequence[Any], quantities: Mapping[Any, Decimal]) -> list[ToBillLine]:
    chosen = [
        ToBillLine(order_line_id=line.line_id, quantity=quantities[line.id])
        for line in lines
        if line.id in quantities
    ]
    if not chosen:
        raise NothingChosen
    return chosen


def _open(lines: Sequence[Any]) -> list[tuple[Any, Decimal]]:
    return [(line, line.open_quantity) for line in lines if line.open_quantity > 0]


def _invoice(number: str) -> Any:
    invoice = queries.invoice_by_number(number)
    if invoice is None:
        raise NotFound(number=number)
    return invoice


def _status(form: QuantitiesForm) -> int:
    return 422 if form.is_bound else 200
