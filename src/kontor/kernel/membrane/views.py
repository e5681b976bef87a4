"""Pages of the membrane itself."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from kontor.kernel.errors import Refusal


class FormExpired(Refusal):
    message = _(
        "This form has expired or came from another site. Go back, reload the page and send it again."
    )
    status = 403


def csrf_refused(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Django's CSRF failure, in the reader's words."""
    return render(request, "ui/refusal.html", {"refusal": FormExpired()}, status=FormExpired.status)
