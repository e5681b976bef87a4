"""The first page of an empty house: its first administrator, by the link that ``./kontor up`` prints."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from kontor.back.administration.setting_up.actions import change_organisation
from kontor.back.administration.setting_up.forms import BeginForm
from kontor.back.people.employing import FIRST_DEPARTMENTS, NewEmployee, begin
from kontor.bridge.parties.queries import latest_house
from kontor.kernel.actor.errors import LinkEnded
from kontor.kernel.actor.logging_in import enter
from kontor.kernel.actor.middleware import actor_for
from kontor.kernel.actor.passwords import SHORTEST, invited
from kontor.kernel.clocks.calendars import day_of
from kontor.kernel.errors import Refusal
from kontor.kernel.house import house_zone
from kontor.kernel.ids import uuid7
from kontor.kernel.language import reader_language
from kontor.kernel.ui.messages import say


@sensitive_post_parameters("password")
@never_cache
@require_http_methods(["GET", "POST"])
def welcome(request: HttpRequest, token: str) -> HttpResponse:
    """Name the house and its first administrator; the link works once."""
    now = timezone.now()
    if invited(token=token, at=now).account is not None:
        raise LinkEnded
    form = BeginForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        cleaned = form.cleaned_data
        first = NewEmployee(
            key=uuid7(),
            name=cleaned["name"],
            email=cleaned["email"],
            job_title_de="Geschäftsführung",
            job_title_en="Management",
            hired_on=day_of(now, house_zone()),
            language=reader_language(),
            departments=FIRST_DEPARTMENTS,
        )
        try:
            account = begin(token=token, first=first, password=cleaned["password"], at=now)
        except Refusal as refusal:
            if refusal.status == 410:
                raise
            form.add_error("password", str(refusal))
        else:
            by = actor_for(account)
            if latest_house() is None:
                facts = {"name": cleaned["house"], "email": cleaned["email"]}
                change_organisation(changes=facts, seen=0, by=by, at=now)
            enter(request, account)
            say(request, _("Welcome to your house."))
            return redirect("administration:set_up")
    context = {"form": form, "shortest": SHORTEST}
    return render(request, "administration/setup/welcome.html", context, status=422 if form.errors else 200)
