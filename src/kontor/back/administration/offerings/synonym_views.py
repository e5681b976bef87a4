"""Pages of synonyms: what words mean the same in the shop's search."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from kontor.back.administration.offerings import queries
from kontor.back.administration.offerings.forms import SynonymsForm
from kontor.bridge.catalogue.synonyms import forget_synonyms, keep_synonyms
from kontor.kernel.actor.identity import Actor
from kontor.kernel.actor.requiring import actor_of, requires
from kontor.kernel.ids import uuid7
from kontor.kernel.ui.messages import say
from kontor.kernel.ui.refusals import refused_on_form

get_or_post = require_http_methods(["GET", "POST"])


def _kept(form: SynonymsForm, by: Actor) -> bool:
    """Keep the group as it was written; a refusal becomes an error of the form."""
    with refused_on_form(form, "words"):
        cleaned = form.cleaned_data
        keep_synonyms(key=cleaned["key"], words=cleaned["words"], by=by, at=timezone.now())
        return True
    return False


@get_or_post
@requires("offerings.read")
def synonyms(request: HttpRequest) -> HttpResponse:
    """All groups; who may, adds one. ``?word=``: the first word of a new one, searched for in vain."""
    actor = actor_of(request)
    form = SynonymsForm(None, initial={"key": uuid7(), "words": request.GET.get("word", "")[:60].strip()})
    if request.method == "POST":
        actor.require("offerings.write")
        form = SynonymsForm(request.POST)
        if form.is_valid() and _kept(form, actor):
            said = {"words": ", ".join(form.cleaned_data["words"])}
            say(request, _("Who searches for one of these finds them all: %(words)s.") % said)
            return redirect("administration:synonyms")
    context = {
        "groups": queries.synonym_groups(),
        "form": form,
        "may_write": actor.has("offerings.write"),
    }
    return render(
        request, "administration/offerings/synonyms.html", context, status=422 if form.errors else 200
    )


@get_or_post
@requires("offerings.write")
def synonym_group(request: HttpRequest, key: UUID) -> HttpResponse:
    """Change a group."""
    found = queries.synonym_group(key)
    form = SynonymsForm(None, initial={"key": key, "words": ", ".join(found.words)})
    if request.method == "POST":
        typed = request.POST.copy()
        typed["key"] = str(key)
        form = SynonymsForm(typed)
        if form.is_valid() and _kept(form, actor_of(request)):
            say(request, _("The synonyms are changed."))
            return redirect("administration:synonyms")
    context = {"group": found, "form": form}
    return render(
        request, "administration/offerings/synonym_group.html", context, status=422 if form.errors else 200
    )


@require_POST
@requires("offerings.write")
def remove_synonyms(request: HttpRequest, key: UUID) -> HttpResponse:
    """Let the words of a group no longer mean the same."""
    forget_synonyms(key=key, by=actor_of(request), at=timezone.now())
    say(request, _("The synonyms are removed."), tone="neutral")
    return redirect("administration:synonyms")
