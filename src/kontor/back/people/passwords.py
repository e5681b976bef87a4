"""Pages where people choose their password: by a link, or knowing the present one."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from kontor.back.people.forms import OwnPasswordForm, PasswordForm
from kontor.kernel.actor.logging_in import enter
from kontor.kernel.actor.middleware import actor_for
from kontor.kernel.actor.passwords import SHORTEST, change_password, invited, set_password
from kontor.kernel.actor.requiring import actor_of, requires_login
from kontor.kernel.errors import Refusal
from kontor.kernel.ui.messages import say

if TYPE_CHECKING:
    from kontor.kernel.actor.models import StaffAccount


@sensitive_post_parameters("password")
@never_cache
@require_http_methods(["GET", "POST"])
def choose(request: HttpRequest, token: str) -> HttpResponse:
    """A link to choose a password with: a page with a button, so that mail scanners that follow links use none up."""
    account = invited(token=token, at=timezone.now()).account
    if account is None:
        return redirect("administration:begin", token=token)
    form = PasswordForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            found = set_password(token=token, password=form.cleaned_data["password"], at=timezone.now())
        except Refusal as refusal:
            if refusal.status == 410:
                raise
            form.add_error("password", str(refusal))
        else:
            return _entered(request, found)
    context = {"form": form, "account": account, "shortest": SHORTEST}
    return render(request, "people/choose.html", context, status=422 if form.errors else 200)


def _entered(request: HttpRequest, account: "StaffAccount") -> HttpResponse:
    """Into the back office, or to the counter for who works there only."""
    say(request, _("Your password holds from now on."))
    if actor_for(account).has("back.enter") or not settings.DESK_URL:
        enter(request, account)
        return redirect("/")
    return redirect(settings.DESK_URL)


@sensitive_post_parameters("old", "password")
@never_cache
@require_http_methods(["GET", "POST"])
@requires_login
def own(request: HttpRequest) -> HttpResponse:
    """Change one's own password; also for who works at the counter only."""
    form = OwnPasswordForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        cleaned = form.cleaned_data
        try:
            account = change_password(
                old=cleaned["old"], new=cleaned["password"], by=actor_of(request), at=timezone.now()
            )
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            enter(request, account)
            say(request, _("Your new password holds from now on. Your other sessions are ended."))
            return redirect("people:own_password")
    context = {"form": form, "shortest": SHORTEST}
    return render(request, "people/own_password.html", context, status=422 if form.errors else 200)
