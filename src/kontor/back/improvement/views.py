"""Pages of improvement. Each POST is one action; a refusal is told on the page it came from."""

from collections.abc import Callable
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kontor.back.improvement import queries
from kontor.back.improvement.actions import (
    Cause,
    check_effect,
    choose_owner,
    decide_action,
    find_cause,
    finish_action,
    judge_harm,
)
from kontor.back.improvement.answering import NewAnswer, answer_problem, reopen_problem
from kontor.back.improvement.confirming import (
    NewProblem,
    join_problem,
    open_problem,
    part_signals,
    reject_group,
)
from kontor.back.improvement.forms import (
    ActionForm,
    AnswerForm,
    CauseForm,
    EffectForm,
    HarmForm,
    OwnerForm,
    SignalsForm,
)
from kontor.back.improvement.lists import PROBLEMS
from kontor.back.improvement.page import problem_context, signal_rows
from kontor.back.improvement.wording import KINDS
from kontor.kernel.actor.requiring import actor_of, requires
from kontor.kernel.errors import Refusal
from kontor.kernel.ui.listing.showing import show
from kontor.kernel.ui.messages import say
from kontor.kernel.ui.refusals import refusal_said, refused_on_form
from kontor.kernel.ui.shapes import PageLinks, Tab

_READ, _WRITE = "improvement.read", "improvement.write"


@require_GET
@requires(_READ)
def problems(request: HttpRequest) -> HttpResponseBase:
    """The ranked list."""
    return show(request, PROBLEMS)


@require_GET
@requires(_READ)
def suggestions(request: HttpRequest) -> HttpResponse:
    """Signals that look alike, the largest groups first."""
    kind = request.GET.get("kind", "") if request.GET.get("kind") in KINDS else ""
    before = queries.Cursor.read(request.GET.get("before", ""))
    rows, more = queries.suggestions(kind, before)
    tabs = [
        Tab(str(words), f"?{urlencode({'kind': code})}" if code else "?", is_current=code == kind)
        for code, words in (("", _("All")), ("problem", _("Problems")), ("need", _("Wishes")))
    ]
    links = PageLinks(
        f"?{urlencode({'kind': kind})}" if before else "",
        f"?{urlencode({'kind': kind, 'before': str(more)})}" if more else "",
    )
    context = {
        "groups": [(row, queries.words_of(row), queries.offering_of(row), KINDS[row.kind]) for row in rows],
        "tabs": tabs,
        "pages": links if before or more else None,
    }
    return render(request, "improvement/suggestions.html", context)


@require_http_methods(["GET", "POST"])
@requires(_READ)
def suggestion(request: HttpRequest, group_id: UUID) -> HttpResponse:
    """One suggestion: take it, some of it, or put it to a known problem."""
    actor = actor_of(request)
    found = queries.suggestion(group_id)
    rows = queries.signals_waiting(group_id)
    known = (
        [(found.number, f"{found.number} · {found.title}")]
        if found.number
        else [
            (row.number, f"{row.number} · {row.title}") for row in queries.like_problems(group_id, found.kind)
        ]
    )
    form = SignalsForm(request.POST if request.method == "POST" else None, [row.id for row in rows], known)
    if request.method == "POST":
        actor.require(_WRITE)
        if form.is_valid():
            with refused_on_form(form):
                return _decide(request, group_id, form)
    context = {
        "group": found,
        "kind": KINDS[found.kind],
        "offering": queries.offering_of(found),
        "signals": signal_rows(rows),
        "left": max(found.size - len(rows), 0),
        "form": form,
        "known": known,
        "ticked": {str(signal) for signal in form.ticked()} if form.is_bound else None,
        "may_write": actor.has(_WRITE),
    }
    return render(request, "improvement/suggestion.html", context, status=422 if form.errors else 200)


def _decide(request: HttpRequest, group_id: UUID, form: SignalsForm) -> HttpResponse:
    by, at = actor_of(request), timezone.now()
    signals = form.wanted(queries.all_waiting(group_id))
    if "join" in request.POST:
        number = form.cleaned_data["problem"]
        if not number:
            form.add_error("problem", _("Choose the problem that they belong to."))
            raise Refusal
        count = join_problem(number=number, group_id=group_id, signals=signals, by=by, at=at)
        text = ngettext(
            "%(count)s signal belongs to %(number)s now.",
            "%(count)s signals belong to %(number)s now.",
            count,
        )
        say(request, text % {"count": count, "number": number})
    else:
        new = NewProblem(
            key=form.cleaned_data["key"], title=form.cleaned_data["title"], group_id=group_id, signals=signals
        )
        number = open_problem(problem=new, by=by, at=at)
        say(request, _("%(number)s is there now. You look after it.") % {"number": number})
    return redirect("improvement:problem", number=number)


@require_POST
@requires(_WRITE)
def reject(request: HttpRequest, group_id: UUID) -> HttpResponse:
    """A suggestion is none."""
    with refusal_said(request, unless=(403, 404)):
        count = reject_group(group_id=group_id, by=actor_of(request), at=timezone.now())
        text = ngettext(
            "This %(count)s signal is not suggested again.",
            "These %(count)s signals are not suggested again.",
            count,
        )
        say(request, text % {"count": count})
    return redirect("improvement:suggestions")


@require_GET
@requires(_READ)
def problem(request: HttpRequest, number: str) -> HttpResponse:
    """One problem or wish."""
    edit = request.GET.get("edit", "")
    context = problem_context(number, actor=actor_of(request), at=timezone.now(), edit=edit)
    return render(request, "improvement/problem.html", context)


@require_POST
@requires(_WRITE)
def owner(request: HttpRequest, number: str) -> HttpResponse:
    """Who looks after it."""
    form = OwnerForm(request.POST, queries.owners(), queries.problem(number).owner_id)
    return _do(
        request,
        number,
        form,
        lambda: choose_owner(
            number=number,
            account_id=UUID(form.cleaned_data["owner"]),
            by=actor_of(request),
            at=timezone.now(),
        ),
    )


@require_POST
@requires(_WRITE)
def harm(request: HttpRequest, number: str) -> HttpResponse:
    """How much harm it does."""
    form = HarmForm(request.POST)
    return _do(
        request,
        number,
        form,
        lambda: judge_harm(
            number=number, harm=form.cleaned_data["harm"], by=actor_of(request), at=timezone.now()
        ),
    )


@require_POST
@requires(_WRITE)
def cause(request: HttpRequest, number: str) -> HttpResponse:
    """Plan: the cause."""
    form = CauseForm(request.POST)

    def find() -> None:
        found = Cause(whys=form.whys(), cause=form.cleaned_data["cause"], kind=form.cleaned_data["kind"])
        find_cause(number=number, cause=found, by=actor_of(request), at=timezone.now())

    return _do(request, number, form, find)


@require_POST
@requires(_WRITE)
def action(request: HttpRequest, number: str) -> HttpResponse:
    """Do: what is changed, and until when."""
    form = ActionForm(request.POST)
    return _do(
        request,
        number,
        form,
        lambda: decide_action(number=number, **form.cleaned_data, by=actor_of(request), at=timezone.now()),
    )


@require_POST
@requires(_WRITE)
def done(request: HttpRequest, number: str) -> HttpResponse:
    """Do: the change is made."""
    return _do(
        request, number, None, lambda: finish_action(number=number, by=actor_of(request), at=timezone.now())
    )


@require_POST
@requires(_WRITE)
def effect(request: HttpRequest, number: str) -> HttpResponse:
    """Check: whether it works."""
    form = EffectForm(request.POST)
    return _do(
        request,
        number,
        form,
        lambda: check_effect(number=number, **form.cleaned_data, by=actor_of(request), at=timezone.now()),
    )


@require_POST
@requires(_WRITE)
def answer(request: HttpRequest, number: str) -> HttpResponse:
    """Act: tell everyone behind the signals."""
    form = AnswerForm(request.POST, may_be_done=queries.problem(number).state == "act")

    def give() -> None:
        answer_problem(
            number=number, answer=NewAnswer(**form.cleaned_data), by=actor_of(request), at=timezone.now()
        )
        say(
            request,
            _("%(number)s is answered. Everyone behind its signals is told now.") % {"number": number},
        )

    return _do(request, number, form, give)


@require_POST
@requires(_WRITE)
def reopen(request: HttpRequest, number: str) -> HttpResponse:
    """It came again."""
    return _do(
        request, number, None, lambda: reopen_problem(number=number, by=actor_of(request), at=timezone.now())
    )


@require_POST
@requires(_WRITE)
def part(request: HttpRequest, number: str) -> HttpResponse:
    """Signals that do not belong to it."""
    signals = [UUID(text) for text in request.POST.getlist("ids") if _is_id(text)]
    return _do(
        request,
        number,
        None,
        lambda: part_signals(number=number, signals=signals, by=actor_of(request), at=timezone.now()),
    )


def _do(
    request: HttpRequest, number: str, form: forms.Form | None, act: Callable[[], object]
) -> HttpResponse:
    """Do what a valid form says, or show the page with what is wrong."""
    if form is None or form.is_valid():
        try:
            act()
            return redirect("improvement:problem", number=number)
        except Refusal as refusal:
            if refusal.status in (403, 404):
                raise
            if form is None:
                say(request, str(refusal), tone="bad")
                return redirect("improvement:problem", number=number)
            form.add_error(None, str(refusal))
    context = problem_context(number, actor=actor_of(request), at=timezone.now(), form=form)
    return render(request, "improvement/problem.html", context, status=422)


def _is_id(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True
