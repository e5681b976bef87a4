"""Pages of imports."""

import csv
import io
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kontor.back.administration.importing import actions, queries
from kontor.back.administration.importing.forms import MappingForm, UploadForm
from kontor.back.administration.importing.models import ImportFile
from kontor.back.administration.importing.reading import LARGEST_BYTES, FileTooLarge
from kontor.kernel.actor.identity import Actor
from kontor.kernel.actor.requiring import actor_of, requires_any
from kontor.kernel.language import reader_language
from kontor.kernel.ui.messages import say
from kontor.kernel.ui.refusals import refusal_said, refused_on_form

get_or_post = require_http_methods(["GET", "POST"])
_may_import = requires_any("administration.write", "offerings.write")
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def _kinds(actor: Actor) -> list[tuple[str, Any]]:
    everything = list(ImportFile.Kind.choices)
    return everything if actor.has("administration.write") else everything[1:]


@get_or_post
@_may_import
def imports(request: HttpRequest) -> HttpResponse:
    """Upload a file; what was uploaded before."""
    actor = actor_of(request)
    form = UploadForm(None, None, _kinds(actor))
    if request.method == "POST":
        form = UploadForm(request.POST, request.FILES, _kinds(actor))
        if form.is_valid():
            with refused_on_form(form, "file"):
                return redirect("administration:import", import_id=_upload(form, actor).id)
    context = {"form": form, "files": queries.files_for(actor)}
    return render(
        request, "administration/importing/imports.html", context, status=422 if form.errors else 200
    )


def _upload(form: UploadForm, actor: Actor) -> ImportFile:
    given = form.cleaned_data["file"]
    if given.size > LARGEST_BYTES:
        raise FileTooLarge
    return actions.upload(
        kind=form.cleaned_data["kind"],
        name=given.name or "",
        content=given.read(LARGEST_BYTES + 1),
        language=reader_language(),
        by=actor,
        at=timezone.now(),
    )


@require_GET
@_may_import
def file(request: HttpRequest, import_id: UUID) -> HttpResponse:
    """One import: what it waits for, how far it is, what became of its rows."""
    return _page(request, queries.file_for(import_id, actor_of(request)), None)


def _page(request: HttpRequest, found: ImportFile, refused: MappingForm | None) -> HttpResponse:
    counts = queries.counts_of(found)
    context: dict[str, Any] = {
        "file": found,
        "counts": counts,
        "percent": _percent(found, counts),
        "wrong": queries.rows_of(found, "wrong"),
        "used": queries.rows_of(found, "used") if found.state in ("reverting", "reverted") else [],
    }
    if found.state in ("read", "checked"):
        context["form"] = refused or MappingForm(None, found, queries.samples_of(found))
    return render(request, "administration/importing/import.html", context, status=422 if refused else 200)


def _percent(found: ImportFile, counts: queries.Counts) -> int:
    total = max(counts.total, 1)
    left = {
        "checking": counts.waiting,
        "running": counts.to_do,
        "reverting": counts.created + counts.changed,
    }.get(found.state, 0)
    return 100 - round(100 * left / total)


@require_POST
@_may_import
def columns(request: HttpRequest, import_id: UUID) -> HttpResponse:
    """Assign the columns and have every row tried."""
    actor = actor_of(request)
    found = queries.file_for(import_id, actor)
    form = MappingForm(request.POST, found, queries.samples_of(found))
    if form.is_valid():
        with refused_on_form(form):
            actions.assign_columns(file_id=import_id, mapping=form.mapping(), by=actor, at=timezone.now())
            return redirect("administration:import", import_id=import_id)
    return _page(request, found, form)


_DEEDS: dict[str, Callable[..., None]] = {
    "start": actions.start,
    "stop": actions.stop,
    "revert": actions.take_back,
    "forget": actions.throw_away,
}


@require_POST
@_may_import
def deed(request: HttpRequest, import_id: UUID, deed: str) -> HttpResponse:
    """Start, stop, take back, forget."""
    if deed not in _DEEDS:
        raise Http404
    with refusal_said(request, unless=(403, 404)):
        _DEEDS[deed](file_id=import_id, by=actor_of(request), at=timezone.now())
    if deed == "forget":
        say(request, _("The file is forgotten."), tone="neutral")
        return redirect("administration:imports")
    return redirect("administration:import", import_id=import_id)


@require_GET
@_may_import
def wrong_csv(request: HttpRequest, import_id: UUID) -> HttpResponse:
    """The rows that did not go in, with their reasons, to be mended and uploaded again."""
    found = queries.file_for(import_id, actor_of(request))
    buffer = io.StringIO()
    writer = csv.writer(buffer, delimiter=found.delimiter or ";", lineterminator="\r\n")
    writer.writerow([_("Problem"), *(_guarded(one) for one in found.headers)])
    for row in queries.all_wrong_rows(found):
        writer.writerow([_guarded(" ".join(row.reasons)), *(_guarded(cell) for cell in row.cells)])
    response = HttpResponse("\ufeff" + buffer.getvalue(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{_file_name(found)}.csv"'
    return response


@require_GET
@_may_import
def wrong_xlsx(request: HttpRequest, import_id: UUID) -> HttpResponse:
    """The same as a workbook, made by the worker."""
    found = queries.file_for(import_id, actor_of(request))
    content = queries.wrong_rows_file(import_id)
    if not content:
        raise Http404
    response = HttpResponse(content, content_type=_XLSX)
    response["Content-Disposition"] = f'attachment; filename="{_file_name(found)}.xlsx"'
    return response


def _guarded(cell: str) -> str:
    """Text that a spreadsheet would take for a formula gets an apostrophe before it."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


def _file_name(found: ImportFile) -> str:
    stem = Path(found.name).stem
    plain = "".join(
        letter if letter.isascii() and (letter.isalnum() or letter in "-_") else "-" for letter in stem
    )
    return f"{plain[:60] or 'import'}-{_('problems')}"
