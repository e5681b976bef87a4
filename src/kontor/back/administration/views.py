"""The first page, tasks, saved views, long files, what was not heard, and the house's settings."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kontor.back.administration import queries
from kontor.back.administration.actions import (
    change_view,
    do_again,
    remove_export,
    remove_view,
    save_view,
    try_again,
)
from kontor.back.administration.exporting import ask_for_export, listing_of
from kontor.back.administration.forms import ChangeViewForm, ExportForm, ViewForm
from kontor.back.administration.page import rate_rows, task_rows, tiles_for
from kontor.back.administration.setting_up.checklist import unfinished_set_up
from kontor.back.administration.wording import range_name
from kontor.bridge.parties.queries import current_house
from kontor.kernel.actor.departments import RIGHTS, department_name
from kontor.kernel.actor.requiring import actor_of, requires
from kontor.kernel.language import reader_language
from kontor.kernel.numbers.queries import ranges
from kontor.kernel.rules.table import EVERYWHERE
from kontor.kernel.tasks.actions import claim_task, finish_task, put_back_task
from kontor.kernel.ui.listing.asking import back_to
from kontor.kernel.ui.messages import say
from kontor.kernel.ui.refusals import refusal_said

_NAME_ADVICE = gettext_lazy("A view needs a name of up to 60 characters.")
_DEED = {"claim": claim_task, "put-back": put_back_task, "done": finish_task}


@require_GET
@requires()
def home(request: HttpRequest) -> HttpResponse:
    """Today: what waits for the departments of the reader."""
    actor = actor_of(request)
    now = timezone.now()
    context = {
        "tiles": tiles_for(actor, now),
        "tasks": task_rows(actor)[:8],
        "now": now,
        "set_up": unfinished_set_up(actor),
    }
    return render(request, "administration/home.html", context)


@require_GET
@requires()
def tasks(request: HttpRequest) -> HttpResponse:
    """Open tasks of the reader's departments."""
    return render(request, "administration/tasks.html", {"tasks": task_rows(actor_of(request))})


@require_POST
@requires()
def task(request: HttpRequest, task_id: UUID, deed: str) -> HttpResponse:
    """Take a task, give it back, or say that it is done."""
    with refusal_said(request, unless=(403, 404)):
        _DEED[deed](task_id=task_id, by=actor_of(request), at=timezone.now())
    return redirect(back_to(request, "administration:tasks"))


@require_POST
@requires()
def keep_view(request: HttpRequest) -> HttpResponse:
    """Save a view of a list."""
    form = ViewForm(request.POST)
    if form.is_valid():
        cleaned = form.cleaned_data
        with refusal_said(request):
            actor = actor_of(request)
            actor.require(listing_of(cleaned["page"]).right)
            save_view(**cleaned, by=actor, at=timezone.now())
            say(request, _("The view “%(name)s” is saved.") % {"name": cleaned["name"]})
    elif "name" in form.errors:
        say(request, str(_NAME_ADVICE), tone="bad")
    else:
        say(
            request,
            _("These filters are too many to be kept. Take some away, or search for less."),
            tone="bad",
        )
    return redirect(back_to(request, "administration:home"))


@require_POST
@requires()
def change_view_page(request: HttpRequest, view_id: UUID) -> HttpResponse:
    """Rename a saved view of one's own, share it or keep it to oneself."""
    form = ChangeViewForm(request.POST)
    if form.is_valid():
        with refusal_said(request, unless=(404,)):
            view = change_view(view_id=view_id, **form.cleaned_data, by=actor_of(request), at=timezone.now())
            say(request, _("The view “%(name)s” is saved.") % {"name": view.name})
    else:
        say(request, str(_NAME_ADVICE), tone="bad")
    return redirect(back_to(request, "administration:home"))


@require_POST
@requires()
def drop_view(request: HttpRequest, view_id: UUID) -> HttpResponse:
    """Remove a saved view of one's own."""
    remove_view(view_id=view_id, by=actor_of(request), at=timezone.now())
    say(request, _("The view is removed."), tone="neutral")
    return redirect(back_to(request, "administration:home"))


@require_http_methods(["GET", "POST"])
@requires()
def export(request: HttpRequest) -> HttpResponse:
    """Files of long lists: ask for one, see how far it is, fetch it."""
    actor = actor_of(request)
    form = ExportForm(request.POST if request.method == "POST" else request.GET)
    listing = None
    if form.is_valid():
        listing = listing_of(form.cleaned_data["page"])
        actor.require(listing.right)
        if request.method == "POST":
            language = reader_language()
            ask_for_export(**form.cleaned_data, language=language, by=actor, at=timezone.now())
            say(request, _("The file is being made. It stands below when it is ready."), tone="neutral")
            return redirect("administration:export")
    context = {"listing": listing, "form": form, "exports": queries.exports_of(actor)}
    return render(request, "administration/exports.html", context)


_FILE_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@require_GET
@requires()
def export_file(request: HttpRequest, export_id: UUID) -> HttpResponse:
    """A finished file of one's own."""
    found = queries.export_of(export_id, actor_of(request))
    response = HttpResponse(
        bytes(found.content or b""), content_type=_FILE_TYPES[found.name.rpartition(".")[2]]
    )
    response["Content-Disposition"] = f'attachment; filename="{found.name}"'
    return response


@require_POST
@requires()
def drop_export(request: HttpRequest, export_id: UUID) -> HttpResponse:
    """Throw a file away, or stop making it."""
    remove_export(export_id=export_id, by=actor_of(request), at=timezone.now())
    return redirect("administration:export")


@require_GET
@requires("administration.read")
def letters(request: HttpRequest) -> HttpResponse:
    """Deliveries that failed, with what went wrong."""
    may_try = actor_of(request).has("administration.write")
    context = {
        "letters": queries.dead_letters(),
        "jobs": queries.failed_jobs(),
        "waiting": queries.waiting(),
        "may_try": may_try,
    }
    return render(request, "administration/letters.html", context)


@require_POST
@requires("administration.write")
def letters_again(request: HttpRequest) -> HttpResponse:
    """Hand failed deliveries to their handlers once more."""
    with refusal_said(request):
        count = try_again(ids=_row_numbers(request), by=actor_of(request), at=timezone.now())
        text = ngettext("%(count)s delivery is tried again.", "%(count)s deliveries are tried again.", count)
        say(request, text % {"count": count})
    return redirect("administration:letters")


@require_POST
@requires("administration.write")
def jobs_again(request: HttpRequest) -> HttpResponse:
    """Let the worker do jobs again that it gave up."""
    with refusal_said(request):
        count = do_again(ids=_row_numbers(request), by=actor_of(request), at=timezone.now())
        text = ngettext("%(count)s job is done again.", "%(count)s jobs are done again.", count)
        say(request, text % {"count": count})
    return redirect("administration:letters")


def _row_numbers(request: HttpRequest) -> list[int]:
    texts = request.POST.getlist("ids")[:500]
    return [int(text) for text in texts if text.isascii() and text.isdigit() and len(text) < 19]


@require_GET
@requires("administration.read")
def settings(request: HttpRequest) -> HttpResponse:
    """The house: name and terms, number ranges, tax rates with their reasons, departments with their rights."""
    house = current_house()
    context = {
        "organisation": house,
        "ranges": [(range_name(row.code), row) for row in ranges()],
        "rates": rate_rows(queries.tax_rates((house.jurisdiction, EVERYWHERE))),
        "departments": [
            (department_name(row.code), row, [str(RIGHTS.get(right, right)) for right in row.rights])
            for row in queries.departments()
        ],
    }
    return render(request, "administration/settings.html", context)
