"""Whoever comes with an address that only its owner's login opens."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from kontor.kernel.house import is_shut
from kontor.kernel.ui.messages import say


def lead_on(request: HttpRequest) -> HttpResponse:
    """To the login, and from there on; where nobody can log in, to where one reaches the house."""
    if is_shut("accounts"):
        say(
            request,
            _("This page opens by the link of your confirmation. Without it, write to us."),
            tone="warn",
        )
        return redirect("site:contact")
    return redirect(f"{reverse('account:login')}?{urlencode({'next': request.path})}")
