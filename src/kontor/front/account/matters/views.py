"""My matters: list, thread, write again, rate; a problem with an order. The same pages again behind a mailed link."""

import json
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kontor.bridge.cases.actions import Matter, open_case, rate_case, write_again
from kontor.bridge.cases.errors import NoSuchCase
from kontor.bridge.cases.files import sent_files
from kontor.bridge.parties.middleware import visit_of
from kontor.front.account import errors
from kontor.front.account.matters import queries
from kontor.front.account.matters.forms import MessageForm, ProblemForm, RatingForm
from kontor.front.account.queries import lines_of, order_of
from kontor.front.account.strangers import lead_on
from kontor.kernel.ids import uuid7
from kontor.kernel.language import reader_language
from kontor.kernel.membrane.topics import signed_topic
from kontor.kernel.ui.messages import say
from kontor.kernel.ui.refusals import refused_on_form
from kontor.kernel.ui.shapes import PageLinks, Tone

_FORM_METHODS = ["GET", "HEAD", "POST"]
_MOST_PAGES = 500


@dataclass(frozen=True, slots=True)
class Doors:
    """The addresses of one's matters: with a cookie, or behind a mailed link."""

    token: str = ""

    def to(self, name: str, *args: object) -> str:
        """The address of a page of matters: ``matters``, ``matter``, ``write``, ``rate``, ``matter_file``."""
        if self.token:
            return reverse(f"account:mailed_{name}", args=[self.token, *args])
        return reverse(f"account:{name}", args=list(args))


@never_cache
@require_safe
def matters(request: HttpRequest, token: str = "") -> HttpResponse:
    """Everything somebody has brought, the latest first."""
    visit, doors = visit_of(request), Doors(token)
    if visit.party_id is None:
        if token:
            raise NoSuchCase
        return lead_on(request)
    text = request.GET.get("page", "")
    page = min(max(int(text), 1), _MOST_PAGES) if text.isascii() and text.isdigit() and len(text) < 6 else 1
    rows = queries.matters_of(visit.party_id, page)
    context = {
        "matters": [
            (row, *_state_words(row.state), doors.to("matter", row.number)) for row in rows[: queries.PAGE]
        ],
        "page": PageLinks(
            f"?page={page - 1}" if page > 1 else "",
            f"?page={page + 1}" if len(rows) > queries.PAGE else "",
            _("Page %(page)s") % {"page": page},
        ),
        "is_logged_in": visit.is_logged_in,
    }
    return render(request, "account/matters.html", context)


@never_cache
@require_safe
def matter(request: HttpRequest, number: str, token: str = "") -> HttpResponse:
    """One matter with everything that was written about it; one that belongs to another leads there."""
    if _is_stranger(request, token):
        return lead_on(request)
    found, doors = _found(request, number), Doors(token)
    if found.root != found.number:
        return redirect(doors.to("matter", found.root))
    return _drawn(request, found, doors, MessageForm(initial={"key": uuid7()}))


@never_cache
@require_POST
def write(request: HttpRequest, number: str, token: str = "") -> HttpResponse:
    """Add something to a matter."""
    found, doors, visit = _found(request, number), Doors(token), visit_of(request)
    form = MessageForm(request.POST)
    if form.is_valid():
        with refused_on_form(form):
            write_again(
                number=number,
                interaction_id=form.cleaned_data["key"],
                text=form.cleaned_data["text"],
                files=sent_files(
                    request.FILES.getlist("files"), is_stranger=not visit_of(request).is_logged_in
                ),
                by=visit.actor,
                at=timezone.now(),
            )
            say(request, _("Your message is with us."))
            return redirect(doors.to("matter", found.root))
    return _drawn(request, found, doors, form)


@never_cache
@require_http_methods(_FORM_METHODS)
def rate(request: HttpRequest, number: str, stars: int | str = 0, token: str = "") -> HttpResponse:
    """Say how it was. A GET keeps nothing, because mail scanners follow links: a mailed star's page sends its form.

    Only the first time: what was rated before is changed by pressing the button.
    """
    if _is_stranger(request, token):
        return lead_on(request)
    found, doors = _found(request, number), Doors(token)
    chosen = {"rating": int(stars) or found.rating}
    form = RatingForm(request.POST) if request.method == "POST" else RatingForm(initial=chosen)
    if form.is_bound and form.is_valid():
        with refused_on_form(form):
            rate_case(
                number=number,
                rating=form.cleaned_data["rating"],
                by=visit_of(request).actor,
                at=timezone.now(),
            )
            say(request, _("Thank you, your rating is kept. You may change it, or write a comment below."))
            return redirect(doors.to("matter", number))
    context = {
        "matter": found,
        "form": form,
        "back_url": doors.to("matter", number),
        "sends_itself": bool(int(stars))
        and not form.is_bound
        and not found.rating
        and found.state == "closed",
    }
    return render(request, "account/rate.html", context, status=422 if form.is_bound else 200)


@never_cache
@require_safe
def matter_file(request: HttpRequest, number: str, file_id: UUID, token: str = "") -> HttpResponse:
    """Save a file of a matter; it is never shown in the browser."""
    _found(request, number)
    file = queries.file_of(file_id)
    if file is None:
        raise Http404
    response = HttpResponse(bytes(file.content), content_type="application/octet-stream")
    response["Content-Disposition"] = content_disposition_header(True, file.name) or "attachment"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


@never_cache
@require_http_methods(_FORM_METHODS)
def problem(request: HttpRequest, number: str, token: str = "") -> HttpResponse:
    """Something is not right with an order: a few words, perhaps a photograph, and it is a matter."""
    order = None if "\0" in number or len(number) > 40 else order_of(number)
    if order is None:
        raise errors.NoSuchOrder
    items = [line for line in lines_of(order.id) if line.kind == "item"]
    lines = [(str(line.id), line.name) for line in items]
    if request.method != "POST":
        form = ProblemForm(lines=lines, initial={"key": uuid7(), "line": request.GET.get("line", "")})
        return render(request, "account/problem.html", _problem(order, form, token))
    form = ProblemForm(request.POST, lines=lines)
    if form.is_valid():
        with refused_on_form(form):
            opened = open_case(
                matter=_matter(request, order, form.cleaned_data, dict(lines)),
                by=visit_of(request).actor,
                at=timezone.now(),
            )
            say(request, _("Your message is with us. It has the number %(number)s.") % {"number": opened})
            return redirect(Doors(token).to("matter", opened))
    return render(request, "account/problem.html", _problem(order, form, token), status=422)


def _problem(order: Any, form: ProblemForm, token: str) -> dict[str, Any]:
    if token:
        back = reverse("account:mailed_order", args=[token, order.number])
    else:
        back = reverse("account:order", args=[order.number])
    return {"order": order, "form": form, "back_url": back}


def _matter(request: HttpRequest, order: Any, said: dict[str, Any], names: dict[str, str]) -> Matter:
    kind, line = said["what"], said["line"]
    about = names.get(line) or _("Order %(number)s") % {"number": order.number}
    return Matter(
        id=said["key"],
        kind=kind,
        channel="order",
        subject=f"{queries.KINDS[kind]}: {about}",
        text=said["text"],
        party_id=visit_of(request).party_id,
        name=order.billing_name,
        email=order.email,
        language=reader_language(),
        stated_order=order.number,
        order_id=order.id,
        order_line_id=UUID(line) if line else None,
        files=sent_files(request.FILES.getlist("files"), is_stranger=not visit_of(request).is_logged_in),
    )


def _is_stranger(request: HttpRequest, token: str) -> bool:
    """Whether this browser has neither a link nor ever done anything here: perhaps its owner has a login."""
    return not token and visit_of(request).party_id is None


def _found(request: HttpRequest, number: str) -> Any:
    if visit_of(request).party_id is None or "\0" in number or len(number) > 20:
        raise NoSuchCase
    found = queries.matter_of(number)
    if found is None:
        raise NoSuchCase
    return found


def _drawn(request: HttpRequest, found: Any, doors: Doors, form: MessageForm) -> HttpResponse:
    words, tone = _state_words(found.state)
    topic = signed_topic(settings.HOUSE.secret("live-public"), str(found.id))
    order_url = ""
    if found.order_number:
        name, args = (
            ("mailed_order", [doors.token, found.order_number])
            if doors.token
            else ("order", [found.order_number])
        )
        order_url = reverse(f"account:{name}", args=args)
    context = {
        "matter": found,
        "kind": queries.KINDS.get(found.kind, found.kind),
        "state": words,
        "tone": tone,
        "explained": _explained(found),
        "contacts": [
            (
                row,
                [
                    (file["name"], doors.to("matter_file", found.number, file["id"]))
                    for file in json.loads(row.files or "[]")
                ],
            )
            for row in queries.thread_of(found.id)
        ],
        "form": form,
        "order_url": order_url,
        "write_url": doors.to("write", found.number),
        "rate_url": doors.to("rate", found.number),
        "list_url": doors.to("matters"),
        "answer_url": doors.to("answer", found.notice_id) if found.notice_id else "",
        "live_url": f"{settings.LIVE_URL}/watch?topic={topic}",
    }
    return render(request, "account/matter.html", context, status=422 if form.is_bound else 200)


def _state_words(state: str) -> tuple[str, Tone]:
    words: dict[str, tuple[str, Tone]] = {
        "open": (_("We are on it"), "ok"),
        "waiting": (_("We wait for your answer"), "warn"),
        "closed": (pgettext("matters", "Settled"), "neutral"),
    }
    return words[state]


def _explained(found: Any) -> str:
    if found.state == "open":
        return _("A colleague reads it and answers by mail and here.")
    if found.state == "waiting":
        return _("Read our answer below, and write to us if something is still open.")
    reasons = {
        "solved": _("We regard it as solved. If it is not, simply write again."),
        "answered": _("We have answered it. If something is still open, simply write again."),
        "declined": _("We could not fulfil your request. If you see it differently, write again."),
        "no_reply": _("We have heard nothing from you for a while. You can go on at any time."),
        "duplicate": _("You have written to us about the same in another matter, where it goes on."),
    }
    return reasons.get(found.close_reason, _("If something is still open, simply write again."))
