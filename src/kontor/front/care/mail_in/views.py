"""Mails that were kept aside: why, what they say, and what to do with them."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from kontor.front.care.mail_in import taking
from kontor.front.care.mail_in.parsing import read_mail
from kontor.front.care.matters import reading
from kontor.front.care.matters.wording import size_said
from kontor.front.care.queries import MAIL_REASONS
from kontor.kernel.actor.requiring import actor_of, requires
from kontor.kernel.ui.messages import say
from kontor.kernel.ui.refusals import refusal_said
from kontor.kernel.ui.shapes import PageLinks

_MOST_SHOWN = 4000


@require_GET
@requires("cases.read", "cases.write")
def kept_mails(request: HttpRequest) -> HttpResponse:
    """What came in and belongs to no matter, the latest first."""
    try:
        before: UUID | None = UUID(request.GET.get("before", ""))
    except ValueError:
        before = None
    rows, more = reading.kept_mails(before)
    context = {
        "mails": [(row, MAIL_REASONS.get(row.reason, ""), size_said(row.size)) for row in rows],
        "pages": PageLinks("?" if before else "", f"?before={more}" if more else "", ""),
    }
    return render(request, "care/kept_mails.html", context)


@require_GET
@requires("cases.read", "cases.write")
def kept_mail(request: HttpRequest, mail_id: UUID) -> HttpResponse:
    """One of them, as far as it can be read."""
    row = reading.kept_mail(mail_id)
    try:
        words = read_mail(bytes(row.raw)).text[:_MOST_SHOWN]
    except taking.UNREADABLE:
        words = bytes(row.raw[:_MOST_SHOWN]).decode("utf-8", "replace")
    context = {
        "mail": row,
        "reason": MAIL_REASONS.get(row.reason, ""),
        "size": size_said(row.size),
        "words": words,
        "may_take": row.state != "taken" and row.reason != "broken",
    }
    return render(request, "care/kept_mail.html", context)


@require_GET
@requires("cases.read", "cases.write")
def original(request: HttpRequest, mail_id: UUID) -> HttpResponse:
    """Save a mail as it came in."""
    row = reading.kept_mail(mail_id)
    response = HttpResponse(bytes(row.raw), content_type="application/octet-stream")
    response["Content-Disposition"] = 'attachment; filename="mail.eml"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


@require_POST
@requires("cases.read", "cases.write")
def take(request: HttpRequest, mail_id: UUID) -> HttpResponse:
    """Make a matter of it after all."""
    with refusal_said(request):
        number = taking.take_kept(mail_id=mail_id, by=actor_of(request), at=timezone.now())
        say(request, _("%(number)s is noted.") % {"number": number})
        return redirect("care:matter", number=number)
    return redirect("care:kept_mails")


@require_POST
@requires("cases.read", "cases.write")
def dismiss(request: HttpRequest, mail_id: UUID) -> HttpResponse:
    """It was looked through: nothing is to be done."""
    taking.dismiss(mail_id=mail_id, by=actor_of(request), at=timezone.now())
    say(request, _("The mail was looked through."))
    return redirect("care:kept_mails")
