"""Ideas noted at the counter, and reviews that a person looks at."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kontor.bridge.voice.queries import reviews_in
from kontor.bridge.voice.reviewing import decide_review
from kontor.front.care.voices.actions import note_wish
from kontor.front.care.voices.forms import WishForm
from kontor.kernel.actor.requiring import actor_of, requires
from kontor.kernel.ids import uuid7
from kontor.kernel.ui.messages import say
from kontor.kernel.ui.refusals import refused_on_form

_WHY = {
    "personal": gettext_lazy("Names somebody, or carries an address, a number or a link"),
    "insult": gettext_lazy("May insult"),
    "shouting": gettext_lazy("Written in capitals"),
}


@require_GET
@requires("cases.read")
def voices(request: HttpRequest) -> HttpResponse:
    """Reviews to look at, and the latest that are shown."""
    context = {
        "held": [(row, _WHY.get(row.held_because, row.held_because)) for row in reviews_in("held")],
        "shown": reviews_in("shown")[:20],
        "may_write": actor_of(request).has("cases.write"),
    }
    return render(request, "care/voices.html", context)


@require_POST
@requires("cases.write")
def decide(request: HttpRequest, review_id: UUID) -> HttpResponse:
    """Show a review as it is, or do not."""
    is_shown = request.POST.get("decision") == "show"
    decide_review(review_id=review_id, is_shown=is_shown, by=actor_of(request), at=timezone.now())
    say(request, _("The review is shown.") if is_shown else _("The review is not shown."))
    return redirect("care:voices")


@require_http_methods(["GET", "POST"])
@requires("cases.write")
def wish(request: HttpRequest) -> HttpResponse:
    """Note an idea or a wish."""
    if request.method == "GET":
        given = {name: request.GET.get(name, "").replace("\0", "")[:40] for name in ("article", "order")}
        form = WishForm(initial=given | {"key": uuid7()})
        return render(request, "care/wish.html", {"form": form})
    form = WishForm(request.POST)
    if form.is_valid():
        with refused_on_form(form):
            number = note_wish(**form.cleaned_data, by=actor_of(request), at=timezone.now())
            said = _("The idea is with product conception. Its matter has the number %(number)s.")
            say(request, said % {"number": number})
            return redirect("care:voices")
    return render(request, "care/wish.html", {"form": form}, status=422)
