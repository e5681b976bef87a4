"""Pages of personnel."""

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kontor.back.people import queries
from kontor.back.people.actions import set_departments, switch_account
from kontor.back.people.forms import DepartmentsForm
from kontor.back.people.lists import STAFF
from kontor.back.people.wording import happened, rights_of
from kontor.kernel.actor.requiring import actor_of, requires
from kontor.kernel.ui.listing.showing import show
from kontor.kernel.ui.messages import say
from kontor.kernel.ui.refusals import refusal_said, refused_on_form


@require_GET
@requires("people.read")
def staff(request: HttpRequest) -> HttpResponseBase:
    """Everybody who works here."""
    return show(request, STAFF)


@require_http_methods(["GET", "POST"])
@requires("people.read")
def employee(request: HttpRequest, number: str) -> HttpResponse:
    """One member of staff; who may, changes the departments."""
    actor = actor_of(request)
    found = queries.employee(number)
    current = queries.codes_of(found.account_id)
    form = DepartmentsForm(request.POST or None, queries.department_choices(), sorted(current))
    if request.method == "POST":
        actor.require("people.write")
        form = DepartmentsForm(request.POST, queries.department_choices())
        if form.is_valid():
            with refused_on_form(form):
                codes = form.cleaned_data["departments"]
                set_departments(number=number, codes=codes, by=actor, at=timezone.now())
                say(request, _("The departments of %(name)s are changed.") % {"name": found.name})
                return redirect("people:employee", number=number)
    departments = queries.departments()
    context = {
        "employee": found,
        "form": form,
        "may_invite": actor.has("people.write") and found.account is not None and found.account.is_active,
        "may_change": actor.has("people.write")
        and found.account_id is not None
        and found.account_id != actor.id,
        "rights": rights_of(departments, current),
        "history": [
            (event.at, happened(event.type, event.fact), event.actor_name)
            for event in queries.history_of(found.id)
        ],
    }
    return render(request, "people/employee.html", context, status=422 if form.errors else 200)


@require_POST
@requires("people.write")
def login(request: HttpRequest, number: str) -> HttpResponse:
    """Close a login or open it again."""
    with refusal_said(request, unless=(404,)):
        is_active = request.POST.get("login") == "open"
        switch_account(number=number, is_active=is_active, by=actor_of(request), at=timezone.now())
        say(request, _("The login is open.") if is_active else _("The login is closed."))
    return redirect("people:employee", number=number)
