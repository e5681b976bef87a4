"""Pages that take people on: a new member of staff, the link to a password, departments and their rights."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kontor.back.people import queries
from kontor.back.people.employing import Invited, NewEmployee, employ, send_link
from kontor.back.people.forms import EmployeeForm, RightsForm
from kontor.back.people.rights import department_id, set_rights
from kontor.back.people.wording import happened
from kontor.kernel.actor.departments import RIGHTS, department_name
from kontor.kernel.actor.requiring import actor_of, requires
from kontor.kernel.clocks.calendars import day_of
from kontor.kernel.house import house_zone
from kontor.kernel.ids import uuid7
from kontor.kernel.language import reader_language
from kontor.kernel.ui.messages import say
from kontor.kernel.ui.refusals import refusal_said, refused_on_form


@never_cache
@require_http_methods(["GET", "POST"])
@requires("people.write")
def new(request: HttpRequest) -> HttpResponse:
    """Take somebody on."""
    choices = queries.department_choices()
    initial: dict[str, Any] = {
        "key": uuid7(),
        "language": reader_language(),
        "hired_on": day_of(timezone.now(), house_zone()),
    }
    form = EmployeeForm(request.POST if request.method == "POST" else None, choices, initial)
    if request.method == "POST" and form.is_valid():
        with refused_on_form(form):
            wanted = NewEmployee(**form.cleaned_data)
            found = employ(new=wanted, by=actor_of(request), at=timezone.now())
            return _told(request, found)
    return render(request, "people/new.html", {"form": form}, status=422 if form.errors else 200)


@never_cache
@require_POST
@requires("people.write")
def link(request: HttpRequest, number: str) -> HttpResponse:
    """A new link to choose a password with."""
    with refusal_said(request, unless=(404,)):
        return _told(request, send_link(number=number, by=actor_of(request), at=timezone.now()))
    return redirect("people:employee", number=number)


def _told(request: HttpRequest, found: Invited) -> HttpResponse:
    """The link is shown once, on this page only; where it went by mail, the employee's page says so."""
    if found.link:
        return render(request, "people/link.html", {"employee": found.employee, "link": found.link})
    name = {"name": found.employee.name}
    if found.is_new:
        say(request, _("A link to choose a password is on its way to %(name)s.") % name)
    return redirect("people:employee", number=found.employee.number)


@require_GET
@requires("people.read")
def departments(request: HttpRequest) -> HttpResponse:
    """The departments with their members and what they may do."""
    members = queries.members()
    rows = [
        (row, department_name(row.code), members.get(row.code, 0), _words(row.rights))
        for row in queries.departments()
    ]
    context = {
        "front": [row for row in rows if row[0].side == "front"],
        "back": [row for row in rows if row[0].side == "back"],
        "may_change": actor_of(request).has("administration.write"),
    }
    return render(request, "people/departments.html", context)


@require_http_methods(["GET", "POST"])
@requires("people.read")
def department(request: HttpRequest, code: str) -> HttpResponse:
    """What the members of one department may do; who may, deals it out."""
    actor, found = actor_of(request), queries.department(code)
    form = RightsForm(request.POST if request.method == "POST" else None, initial={"rights": found.rights})
    if request.method == "POST":
        actor.require("administration.write")
        if form.is_valid():
            with refused_on_form(form):
                set_rights(code=code, rights=form.cleaned_data["rights"], by=actor, at=timezone.now())
                say(
                    request,
                    _("The rights of %(department)s are changed.") % {"department": department_name(code)},
                )
                return redirect("people:department", code=code)
    context = {
        "department": found,
        "name": department_name(code),
        "form": form,
        "words": _words(found.rights),
        "may_change": actor.has("administration.write"),
        "history": [
            (event.at, happened(event.type, event.fact), event.actor_name)
            for event in queries.history_of(department_id(code))
        ],
    }
    return render(request, "people/department.html", context, status=422 if form.errors else 200)


def _words(rights: list[str]) -> list[str]:
    return [str(words) for right, words in RIGHTS.items() if right in rights]
