"""New matters at the counter, snippets and answer times."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from kontor.bridge.cases.files import sent_files
from kontor.front.care.matters import noting, reading, wording
from kontor.front.care.matters.forms import NewMatterForm, SnippetForm
from kontor.front.care.matters.noting import NotedMatter
from kontor.front.care.page import today
from kontor.kernel.actor.requiring import actor_of, requires
from kontor.kernel.ids import uuid7
from kontor.kernel.ui.messages import say
from kontor.kernel.ui.refusals import refused_on_form


@require_http_methods(["GET", "POST"])
@requires("cases.read", "cases.write")
def new_matter(request: HttpRequest) -> HttpResponse:
    """Note a call, a letter or a visit as a new matter."""
    if request.method == "GET":
        initial: dict[str, Any] = {
            name: request.GET.get(name, "").replace("\0", "")[:200]
            for name in ("customer", "order", "subject")
        }
        form = NewMatterForm(initial=initial | {"key": uuid7()})
        return render(request, "care/new_matter.html", {"form": form})
    form = NewMatterForm(request.POST, request.FILES)
    if form.is_valid():
        cleaned = {name: value for name, value in form.cleaned_data.items() if name != "files"}
        with refused_on_form(form):
            files = sent_files(request.FILES.getlist("files"))
            noted = NotedMatter(**cleaned, files=files)
            number = noting.note_matter(noted=noted, by=actor_of(request), at=timezone.now())
            say(request, _("%(number)s is noted.") % {"number": number})
            return redirect("care:matter", number=number)
    return render(request, "care/new_matter.html", {"form": form}, status=422)


@require_http_methods(["GET", "POST"])
@requires("cases.read", "cases.write")
def snippets(request: HttpRequest, key: UUID | None = None) -> HttpResponse:
    """Words that are used often: see, write, change."""
    known = reading.snippets()
    chosen = next((row for row in known if row.id == key), None)
    if request.method == "POST":
        form = SnippetForm(request.POST)
        if form.is_valid():
            with refused_on_form(form, "title"):
                noting.keep_snippet(**form.cleaned_data, by=actor_of(request), at=timezone.now())
                say(request, _("The snippet “%(title)s” is kept.") % {"title": form.cleaned_data["title"]})
                return redirect("care:snippets")
    elif chosen is not None:
        facts = {name: getattr(chosen, name) for name in ("title", "text_de", "text_en")}
        form = SnippetForm(initial=facts | {"key": chosen.id})
    else:
        form = SnippetForm(initial={"key": uuid7()})
    on = today(timezone.now())
    times = reading.answer_times(on)
    context = {
        "form": form,
        "snippets": known,
        "chosen": chosen,
        "times": [
            (kind, label, times[kind].minutes, wording.minutes_said(times[kind].minutes))
            for kind, label in wording.KINDS.items()
            if kind in times
        ],
    }
    return render(request, "care/snippets.html", context, status=422 if form.is_bound else 200)


@require_POST
@requires("cases.read", "cases.write")
def drop_snippet(request: HttpRequest, key: UUID) -> HttpResponse:
    """Let a snippet go."""
    noting.drop_snippet(key=key, by=actor_of(request), at=timezone.now())
    say(request, _("The snippet is gone."))
    return redirect("care:snippets")


@require_POST
@requires("cases.read", "cases.write")
def answer_time(request: HttpRequest) -> HttpResponse:
    """Change within how many hours a kind of matter is answered."""
    kind, text = request.POST.get("kind", ""), request.POST.get("minutes", "")
    if kind not in wording.KINDS or not (
        text.isascii() and text.isdigit() and 0 < len(text) < 6 and int(text)
    ):
        say(request, _("Write the time in whole minutes of opening hours, such as 480."), tone="bad")
    else:
        at = timezone.now()
        noting.set_answer_time(kind=kind, minutes=int(text), today=today(at), by=actor_of(request), at=at)
        say(request, _("New matters of this kind are due by that time from now on."))
    return redirect(f"{reverse('care:snippets')}#times")
