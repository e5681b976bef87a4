"""Login and logout of the staff, and the search over all rooms; for the desk and the back office alike."""

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kontor.kernel.actor.flows import flow_topics
from kontor.kernel.actor.forms import LoginForm
from kontor.kernel.actor.identity import Actor, ActorKind
from kontor.kernel.actor.logging_in import choose_language, log_in, log_out
from kontor.kernel.actor.models import StaffAccount
from kontor.kernel.actor.navigation import find_everywhere
from kontor.kernel.actor.plan import Marks, floor_plan
from kontor.kernel.actor.requiring import actor_of, requires
from kontor.kernel.actor.tour import declared_tour, legs_of, marks_of, tour_url
from kontor.kernel.clocks.calendars import day_of, start_of
from kontor.kernel.errors import Refusal
from kontor.kernel.house import house_zone
from kontor.kernel.membrane.topics import signed_topic
from kontor.kernel.ui.views import preferences as keep_preferences

_YEAR = 365 * 24 * 3600


@sensitive_post_parameters("password")
@never_cache
@require_http_methods(["GET", "POST"])
def login(request: HttpRequest) -> HttpResponse:
    """Ask for e-mail address and password; then go where the person wanted to go."""
    target = _safe(request, request.POST.get("next") or request.GET.get("next", ""))
    if request.method == "GET" and actor_of(request).kind is ActorKind.STAFF:
        return redirect(target)
    form = LoginForm(request.POST or None)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                account = log_in(request, **form.cleaned_data, at=timezone.now())
            except Refusal as refusal:
                form.add_error(None, str(refusal))
                status = refusal.status
            else:
                return _welcome(request, target, account.language)
    context = {
        "form": form,
        "next": target,
        "plane_name": settings.PLANE.name,
        "tour_url": tour_url(),
    }
    return render(request, "actor/login.html", context, status=status)


@require_POST
def logout(request: HttpRequest) -> HttpResponse:
    """End the session of this plane."""
    log_out(request)
    return redirect("staff:login")


@require_POST
def preferences(request: HttpRequest) -> HttpResponse:
    """Keep language, theme and density for this browser, and the language for the person, wherever they log in."""
    account, language = request.user, request.POST.get("language", "")
    if isinstance(account, StaffAccount) and language in dict(settings.LANGUAGES):
        choose_language(account=account, language=language)
    return keep_preferences(request)


@require_GET
@requires()
def search(request: HttpRequest) -> HttpResponse:
    """One search over pages and records; an exact number opens its page at once."""
    text = request.GET.get("q", "").replace("\0", "").strip()[:200]
    groups = find_everywhere(text, actor_of(request)) if text else []
    hits = [hit for group in groups for hit in group.hits]
    exact = [hit for hit in hits if hit.label.casefold() == text.casefold()]
    if len(exact) == 1 and not getattr(request, "htmx", False):
        return redirect(exact[0].url)
    return render(request, "actor/search.html", {"groups": groups, "text": text, "site_search": text})


@require_GET
@requires()
def palette(request: HttpRequest) -> HttpResponse:
    """What the palette shows for the words typed so far; without words the pages of the house."""
    text = request.GET.get("q", "").replace("\0", "").strip()[:200]
    return render(request, "ui/palette_results.html", {"groups": find_everywhere(text, actor_of(request))})


@require_GET
@requires()
def house(request: HttpRequest) -> HttpResponse:
    """“Das Haus”: both sides, and what passes between them today. Everything leads to its place."""
    context = _counted(actor_of(request)) | {"tour_url": tour_url()}
    return render(request, "actor/house.html", context)


@never_cache
@require_GET
def tour(request: HttpRequest) -> HttpResponse:
    """The house with a way through it in steps, for whoever comes by; counts are for those who may enter here."""
    way = declared_tour()
    if way is None:
        raise Http404
    actor, marks = actor_of(request), marks_of(way)
    if actor.has(f"{settings.PLANE.name}.enter"):
        context = _counted(actor, marks)
    else:
        context = {"plan": floor_plan(Actor(ActorKind.VISITOR), timezone.now(), marks)}
    login_url = f"{reverse('staff:login')}?{urlencode({'next': request.path})}"
    context |= {"tour": way, "legs": legs_of(way, context["plan"]), "login_url": login_url}
    return render(request, "actor/tour.html", context)


def _counted(actor: Actor, marks: Marks | None = None) -> dict[str, Any]:
    """The plan of the house with what has passed today, watched."""
    zone = house_zone()
    today = day_of(timezone.now(), zone)
    return {
        "plan": floor_plan(actor, start_of(today, zone), marks),
        "today": today,
        "is_counted": True,
        "watch_url": _watch(*flow_topics()),
    }


def _watch(*subjects: str) -> str:
    secret = settings.HOUSE.secret(f"live-{settings.PLANE.name}")
    topics = [("topic", signed_topic(secret, subject)) for subject in subjects]
    return f"{settings.LIVE_URL}/watch?{urlencode(topics)}"


def _welcome(request: HttpRequest, target: str, language: str) -> HttpResponse:
    response = redirect(target)
    if language and settings.LANGUAGE_COOKIE_NAME not in request.COOKIES:
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME, language, max_age=_YEAR, samesite="Lax", secure=request.is_secure()
        )
    return response


def _safe(request: HttpRequest, target: str) -> str:
    is_ours = url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure())
    return target if is_ours else "/"
