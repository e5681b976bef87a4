"""The inbox and the page of a matter. Each POST is one action; a refusal is told on the page it came from."""

from contextlib import suppress
from datetime import datetime
from functools import partial
from typing import Any, Protocol
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header, urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from kontor.bridge.cases.files import sent_files
from kontor.front.care.matters import actions, answering, linking, merging, reading, wording
from kontor.front.care.matters.answering import Answer, Contact
from kontor.front.care.matters.forms import AnswerForm, CloseForm, NoteForm, SortForm
from kontor.front.care.matters.page import draft_files, inbox_context, matter_context
from kontor.front.care.matters.reading import Asked
from kontor.kernel.actor.identity import Actor
from kontor.kernel.actor.requiring import actor_of, requires
from kontor.kernel.errors import Refusal
from kontor.kernel.ui.messages import say
from kontor.kernel.ui.refusals import refusal_said

# Only what no browser can be talked into running is ever shown; all else is saved.
_DOWNLOAD = {"X-Content-Type-Options": "nosniff", "Content-Security-Policy": "default-src 'none'; sandbox"}


@require_GET
@requires("cases.read")
def inbox(request: HttpRequest) -> HttpResponse:
    """The queues: one's own matters, those of nobody, all of the department, those that wait, the closed ones."""
    text = request.GET.get("q", "").replace("\0", "").strip()[:100]
    if text and (found := reading.matter_numbered(text)) is not None:
        return redirect("care:matter", number=found.number)
    context = inbox_context(_asked(request), text=text, actor=actor_of(request), at=timezone.now())
    return render(request, "care/inbox.html", context)


@require_GET
@requires("cases.read")
def matter(request: HttpRequest, number: str) -> HttpResponse:
    """One matter: list, thread and what stands around it."""
    context = matter_context(number, _asked(request), actor=actor_of(request), at=timezone.now())
    return render(request, "care/matter.html", context)


@require_POST
@requires("cases.read", "cases.write")
def claim(request: HttpRequest, number: str) -> HttpResponse:
    """Take a matter."""
    return _done(request, number, actions.claim, _("%(number)s is yours now."))


@require_POST
@requires("cases.read", "cases.write")
def put_back(request: HttpRequest, number: str) -> HttpResponse:
    """Give a matter back to its queue."""
    return _done(request, number, actions.put_back, _("%(number)s is in the queue again."))


@require_POST
@requires("cases.read", "cases.write")
def hand_over(request: HttpRequest, number: str) -> HttpResponse:
    """Give a matter to a colleague."""
    to, held_by = _uuid(request, "to"), _uuid(request, "held_by")
    if to is None:
        return _told(request, number, _("Choose a colleague."))
    handed = partial(actions.hand_over, to=to, held_by=held_by)
    return _done(request, number, handed, _("%(number)s is handed over."))


@require_POST
@requires("cases.read", "cases.write")
def sort(request: HttpRequest, number: str) -> HttpResponse:
    """Change kind and department."""
    form = SortForm(request.POST)
    if not form.is_valid():
        return _told(request, number, _("Choose a kind and a department from the lists."))
    return _done(request, number, partial(actions.sort, **form.cleaned_data), _("%(number)s is changed."))


@require_POST
@requires("cases.read", "cases.write")
def close(request: HttpRequest, number: str) -> HttpResponse:
    """Settle a matter."""
    form = CloseForm(request.POST)
    if not form.is_valid():
        return _told(request, number, _("Choose the reason why it is closed."))
    return _done(request, number, partial(actions.close, **form.cleaned_data), _("%(number)s is closed."))


@require_POST
@requires("cases.read", "cases.write")
def reopen(request: HttpRequest, number: str) -> HttpResponse:
    """Open a settled matter again."""
    return _done(request, number, actions.reopen, _("%(number)s is open again."))


@require_POST
@requires("cases.read", "cases.write")
def wait(request: HttpRequest, number: str) -> HttpResponse:
    """The next word is the customer's."""
    seen = request.POST.get("seen", "")
    if not (seen.isascii() and seen.isdigit() and len(seen) < 7):
        return _told(request, number, _("This page is out of date. Press the button once more."))
    waiting = partial(actions.wait_for_customer, seen=int(seen))
    return _done(request, number, waiting, _("%(number)s waits for the customer now."))


@require_POST
@requires("cases.read", "cases.write")
def answer(request: HttpRequest, number: str) -> HttpResponse:
    """Answer by mail; what was written is kept as a draft where that is refused."""
    form = AnswerForm(request.POST)
    actor, at = actor_of(request), timezone.now()
    if not form.is_valid():
        _keep_draft(request, number)
        return _told(request, number, _("The text is empty. Write something first."))
    cleaned = form.cleaned_data
    try:
        answering.reply(
            number=number,
            answer=Answer(
                id=cleaned["key"],
                text=cleaned["text"],
                sent_to=cleaned["to"].strip(),
                seen=cleaned["seen"],
                afterwards=cleaned["afterwards"] or "waiting",
                files=sent_files(request.FILES.getlist("files")),
                papers=_uuids(request, "papers"),
                kept=_uuids(request, "kept"),
            ),
            by=actor,
            at=at,
        )
    except Refusal as refusal:
        _keep_draft(request, number)
        return _told(request, number, str(refusal))
    say(request, _("The answer to %(number)s is on its way.") % {"number": number})
    return _back(request, number)


@require_POST
@requires("cases.read", "cases.write")
def draft(request: HttpRequest, number: str) -> HttpResponse:
    """Keep what is being written, a moment after the last key."""
    text = request.POST.get("text", "").replace("\0", "")
    try:
        answering.keep_draft(number=number, text=text, by=actor_of(request), at=timezone.now())
    except Refusal as refusal:
        return render(request, "care/draft_kept.html", {"refusal": refusal}, status=refusal.status)
    return render(request, "care/draft_kept.html", {"is_kept": bool(text.strip())})


@require_POST
@requires("cases.read", "cases.write")
def keep_files(request: HttpRequest, number: str) -> HttpResponse:
    """Keep files as soon as they are chosen, and show what the draft has now."""
    refusal = ""
    try:
        files = sent_files(request.FILES.getlist("files"))
        answering.keep_files(number=number, files=files, by=actor_of(request), at=timezone.now())
    except Refusal as refused:
        refusal = str(refused)
    return _draft_files(request, number, refusal)


@require_POST
@requires("cases.read", "cases.write")
def drop_file(request: HttpRequest, number: str, file_id: UUID) -> HttpResponse:
    """Take a file out of one's own draft."""
    answering.drop_file(number=number, file_id=file_id, by=actor_of(request), at=timezone.now())
    if "HX-Request" not in request.headers:
        _keep_draft(request, number)
        return _back(request, number)
    return _draft_files(request, number, "")


@require_POST
@requires("cases.read", "cases.write")
def drop_draft(request: HttpRequest, number: str) -> HttpResponse:
    """Let one's own draft go, with its files."""
    return _done(request, number, answering.drop_draft, _("The draft about %(number)s is gone."))


@require_GET
@requires("cases.read", "cases.write")
def draft_file(request: HttpRequest, number: str, file_id: UUID) -> HttpResponse:
    """Save a file of one's own draft."""
    return _saved(reading.draft_file(file_id, number, actor_of(request).id))


def _draft_files(request: HttpRequest, number: str, refusal: str) -> HttpResponse:
    rows = reading.draft_files(number, actor_of(request).id)
    files = draft_files(number, [{"id": row.id, "name": row.name, "size": row.size} for row in rows])
    context = {"draft_files": files, "refusal": refusal, "case": {"number": number}, "is_swapped": True}
    return render(request, "care/draft_files.html", context)


@require_POST
@requires("cases.read", "cases.write")
def note(request: HttpRequest, number: str) -> HttpResponse:
    """Write among staff, or note a call, a letter or a visit."""
    form = NoteForm(request.POST)
    if not form.is_valid():
        return _told(request, number, _("The text is empty. Write something first."))
    cleaned = form.cleaned_data

    def keep(*, number: str, by: Actor, at: datetime) -> None:
        files = sent_files(request.FILES.getlist("files"))
        if not cleaned["kind"]:
            answering.note(number=number, key=cleaned["key"], text=cleaned["text"], files=files, by=by, at=at)
            return
        contact = Contact(
            id=cleaned["key"],
            kind=cleaned["kind"],
            direction=cleaned["direction"] or "in",
            text=cleaned["text"],
            files=files,
        )
        answering.log_contact(number=number, contact=contact, by=by, at=at)

    return _done(request, number, keep, _("It is noted in %(number)s."))


@require_POST
@requires("cases.read", "cases.write")
def merge(request: HttpRequest, number: str) -> HttpResponse:
    """Let a matter belong to another."""
    typed = request.POST.get("into", "").replace("\0", "").strip().upper()[:20]
    into = f"V-{typed}" if typed.isdigit() else typed
    with refusal_said(request):
        target = merging.merge(number=number, into=into, by=actor_of(request), at=timezone.now())
        say(request, _("%(number)s belongs to %(target)s now.") % {"number": number, "target": target})
        return _back(request, target)
    return _back(request, number)


@require_POST
@requires("cases.read", "cases.write")
def part(request: HttpRequest, number: str) -> HttpResponse:
    """Make a merged matter one of its own again."""
    return _done(request, number, merging.part, _("%(number)s is a matter of its own again."))


@require_POST
@requires("cases.read", "cases.write")
def link(request: HttpRequest, number: str) -> HttpResponse:
    """Say whose a matter is, and which order, line or article it is about."""

    def said(name: str) -> str:
        return request.POST.get(name, "").replace("\0", "").strip()[:40]

    def put(*, number: str, by: Actor, at: datetime) -> None:
        if "customer" in request.POST:
            linking.link_customer(number=number, customer=said("customer"), by=by, at=at)
        elif "offering" in request.POST:
            linking.link_offering(number=number, offering=said("offering"), by=by, at=at)
        else:
            line = _uuid(request, "line")
            linking.link_order(number=number, order=said("order"), line=line, by=by, at=at)

    return _done(request, number, put, _("%(number)s is changed."))


@require_GET
@requires("cases.read")
def file(request: HttpRequest, file_id: UUID) -> HttpResponse:
    """Save a file that came in. It is never shown: whoever sent it may have meant harm."""
    return _saved(reading.attachment(file_id))


def _saved(found: Any) -> HttpResponse:
    response = HttpResponse(bytes(found.content), content_type="application/octet-stream", headers=_DOWNLOAD)
    response["Content-Disposition"] = content_disposition_header(True, found.name) or "attachment"
    return response


def _asked(request: HttpRequest) -> Asked:
    actor = actor_of(request)
    view, kind = request.GET.get("view", ""), request.GET.get("kind", "")
    queue = request.GET.get("queue", "")
    queues = (queue,) if queue in wording.QUEUES else reading.queues_of(actor)
    if view not in wording.VIEWS:
        view = "all"
    return Asked(
        view,
        kind if kind in wording.KINDS else "",
        queues,
        request.GET.get("after", "").replace("\0", "")[:90],
    )


class _Deed(Protocol):
    def __call__(self, *, number: str, by: Actor, at: datetime) -> object: ...


def _done(request: HttpRequest, number: str, act: _Deed, said: str) -> HttpResponse:
    with refusal_said(request):
        act(number=number, by=actor_of(request), at=timezone.now())
        say(request, said % {"number": number})
    return _back(request, number)


def _told(request: HttpRequest, number: str, words: str) -> HttpResponse:
    say(request, words, tone="bad")
    return _back(request, number)


def _back(request: HttpRequest, number: str) -> HttpResponse:
    asked = {name: value for name in ("view", "kind", "queue") if (value := request.GET.get(name, "")[:20])}
    return redirect(f"{reverse('care:matter', args=[number])}{'?' + urlencode(asked) if asked else ''}")


def _keep_draft(request: HttpRequest, number: str) -> None:
    text = request.POST.get("text", "").replace("\0", "")[:20_000]
    by, at = actor_of(request), timezone.now()
    if text.strip():
        answering.keep_draft(number=number, text=text, by=by, at=at)
    with suppress(Refusal):  # that the files are too many or too large is what is being told
        answering.keep_files(number=number, files=sent_files(_rewound(request)), by=by, at=at)


def _rewound(request: HttpRequest) -> "list[UploadedFile[Any]]":
    """The files of the form, from their beginning on: the answer that was refused may have read them."""
    files = request.FILES.getlist("files")
    for upload in files:
        upload.seek(0)
    return files


def _uuid(request: HttpRequest, name: str) -> UUID | None:
    return next(iter(_uuids(request, name)), None)


def _uuids(request: HttpRequest, name: str) -> list[UUID]:
    found = []
    for text in request.POST.getlist(name)[:20]:
        try:
            found.append(UUID(text))
        except ValueError:
            continue
    return found
