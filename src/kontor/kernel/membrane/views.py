"""Pages of the membrane itself."""

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.defaults import bad_request

from kontor.kernel.errors import Refusal


class FormExpired(Refusal):
    message = _(
        "This form has expired or came from another site. Go back, reload the page and send it again."
    )
    status = 403


class TooMuchText(Refusal):
    message = _("This is more text than a form takes. Go back and shorten it; nothing was saved.")
    status = 413


def csrf_refused(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Django's CSRF failure, in the reader's words."""
    return render(request, "ui/refusal.html", {"refusal": FormExpired()}, status=FormExpired.status)


def not_understood(request: HttpRequest, exception: Exception) -> HttpResponse:
    """What Django refuses before a view is asked, in the reader's words."""
    if isinstance(exception, (RequestDataTooBig, TooManyFieldsSent)):
        return render(request, "ui/refusal.html", {"refusal": TooMuchText()}, status=TooMuchText.status)
    return bad_request(request, exception)
