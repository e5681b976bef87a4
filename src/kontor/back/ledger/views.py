"""Pages of the books. Nothing here writes: what is posted stays."""

from datetime import date
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from kontor.back.ledger import queries
from kontor.back.ledger.forms import PeriodForm, Span, span_of
from kontor.back.ledger.lists import ENTRIES, LINES, OPEN_ITEMS, SOURCES
from kontor.back.ledger.queries import AccountRow, Cursor, EntryFile
from kontor.kernel.actor.requiring import requires
from kontor.kernel.errors import NotFound
from kontor.kernel.ui.listing.showing import show
from kontor.kernel.ui.shapes import PageLinks


@require_GET
@requires("ledger.read")
def journal(request: HttpRequest) -> HttpResponseBase:
    """The journal, entry by entry."""
    return show(request, ENTRIES, lines_url=reverse("ledger:lines"), verify_url=reverse("ledger:verify"))


@require_GET
@requires("ledger.read")
def lines(request: HttpRequest) -> HttpResponseBase:
    """The journal, line by line: the file of it is what a tax adviser takes."""
    return show(request, LINES)


@require_GET
@requires("ledger.read")
def entry(request: HttpRequest, number: int) -> HttpResponse:
    """One entry with its lines and its seal."""
    found = queries.entry_by_number(number) if number < 2**62 else None
    if found is None:
        raise NotFound(number=str(number))
    debits = [side for side in found.sides if side.amount > 0]
    context = {
        "entry": found,
        "kind": SOURCES.get(found.source, found.source),
        "total": sum((side.amount for side in debits), Decimal(0)),
        "document_url": _document_url(found),
    }
    return render(request, "ledger/entry.html", context)


@require_GET
@requires("ledger.read")
def of_document(request: HttpRequest, source: str, document: str) -> HttpResponse:
    """Leads from a document to its entry."""
    number = queries.entry_of_document(source, document)
    if number is None:
        raise NotFound(number=document)
    return redirect("ledger:entry", number=number)


@require_GET
@requires("ledger.read")
def accounts(request: HttpRequest) -> HttpResponse:
    """The trial balance of a period."""
    span = span_of(request.GET, queries.today())
    rows = queries.trial_balance(span.first, span.last)
    shown = [row for row in rows if row.is_used or "all" in request.GET]
    context = {
        "rows": shown,
        "hidden": len(rows) - len(shown),
        "all_url": f"?{urlencode({**_days(span), 'all': 1})}",
        "totals": _totals(rows),
        "span": span,
        "form": PeriodForm(_days(span)),
        "days": urlencode(_days(span)),
        "currency": queries.currency(),
    }
    return render(request, "ledger/accounts.html", context)


@require_GET
@requires("ledger.read")
def account(request: HttpRequest, number: str) -> HttpResponse:
    """One account: its lines in the order of the days, each with the balance after it."""
    found = queries.account_by_number(number)
    if found is None:
        raise NotFound(number=number)
    span = span_of(request.GET, queries.today())
    sheet = queries.sheet_of(
        number, first=span.first, last=span.last, after=_cursor(request.GET.get("after", ""))
    )
    last = sheet.rows[-1] if sheet.rows else None
    following = ""
    if sheet.has_more and last is not None:
        following = f"?{urlencode({**_days(span), 'after': f'{last.booked_on}_{last.number}_{last.id}'})}"
    context = {
        "account": found,
        "name": queries.account_name(found),
        "sheet": sheet,
        "closing": last.balance if last else sheet.carried,
        "span": span,
        "form": PeriodForm(_days(span)),
        "is_first": "after" not in request.GET,
        # The same lines as a list, where they can be sorted, chosen from and taken along as a file.
        "lines_url": f"{reverse('ledger:lines')}?{urlencode({'account': number, **_days(span)})}",
        "links": PageLinks(
            previous_url=f"?{urlencode(_days(span))}" if "after" in request.GET else "",
            next_url=following,
            text=_("%(count)s lines on this page") % {"count": len(sheet.rows)},
        ),
        "currency": queries.currency(),
    }
    return render(request, "ledger/account.html", context)


@require_GET
@requires("ledger.read")
def open_items(request: HttpRequest) -> HttpResponseBase:
    """What is open, and how late it is."""
    if request.GET.get("export") == "csv":
        return show(request, OPEN_ITEMS)
    return show(request, OPEN_ITEMS, ageing=queries.ageing(), currency=queries.currency())


@require_GET
@requires("ledger.read")
def verify(request: HttpRequest) -> HttpResponse:
    """Compute the chain of seals anew, and ask whether the books agree with themselves."""
    context = {
        "found": queries.verify(),
        "disagreements": queries.books_that_disagree(),
        "currency": queries.currency(),
    }
    return render(request, "ledger/verify.html", context)


def _totals(rows: list[AccountRow]) -> dict[str, Decimal]:
    return {
        "opening": sum((row.opening for row in rows), Decimal(0)),
        "debit": sum((row.debit for row in rows), Decimal(0)),
        "credit": sum((row.credit for row in rows), Decimal(0)),
        "closing": sum((row.closing for row in rows), Decimal(0)),
    }


def _days(span: Span) -> dict[str, Any]:
    return {"booked_from": span.first.isoformat(), "booked_until": span.last.isoformat()}


def _cursor(text: str) -> Cursor:
    try:
        on, number, line = text.split("_")
        return Cursor(date.fromisoformat(on), min(int(number), 2**62), min(int(line), 2**62))
    except ValueError:
        return Cursor()


def _document_url(entry: EntryFile) -> str:
    try:
        if entry.source == "payment":
            return reverse("banking:payment", args=[entry.source_id])
        return reverse("invoicing:detail", args=[entry.document_number])
    except NoReverseMatch:  # the room has no pages on this plane
        return ""
