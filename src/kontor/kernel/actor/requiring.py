"""Who may open a page: ``@requires("orders.read")`` on a staff view."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, cast

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, resolve_url
from django.utils.http import urlencode

from kontor.kernel.actor.identity import Actor, ActorKind
from kontor.kernel.errors import NotAllowed

type View[**P] = Callable[Concatenate[HttpRequest, P], HttpResponseBase]


def requires[**P](*rights: str) -> Callable[[View[P]], View[P]]:
    """Let in who may enter this plane and holds all ``rights``; who is not logged in goes to the login and back.

    The view raises NotAllowed, shown as a page with status 403, where a right is missing.
    """

    def decorate(view: View[P]) -> View[P]:
        @wraps(view)
        def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            actor = actor_of(request)
            if actor.kind is not ActorKind.STAFF:
                return _to_login(request)
            for right in (*_entering(), *rights):
                actor.require(right)
            return view(request, *args, **kwargs)

        return guarded

    return decorate


def requires_any[**P](*rights: str) -> Callable[[View[P]], View[P]]:
    """As ``requires``, but one of ``rights`` is enough (the first one is named in the refusal)."""

    def decorate(view: View[P]) -> View[P]:
        @wraps(view)
        def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            actor = actor_of(request)
            if actor.kind is not ActorKind.STAFF:
                return _to_login(request)
            for right in _entering():
                actor.require(right)
            if not any(actor.has(right) for right in rights):
                raise NotAllowed(right=rights[0])
            return view(request, *args, **kwargs)

        return guarded

    return decorate


def requires_login[**P](view: View[P]) -> View[P]:
    """Let in whoever is logged in as staff on this plane, also without the right to work here."""

    @wraps(view)
    def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if actor_of(request).kind is not ActorKind.STAFF:
            return _to_login(request)
        return view(request, *args, **kwargs)

    return guarded


def actor_of(request: HttpRequest) -> Actor:
    """The actor of a request; every request below ``StaffMiddleware`` or ``VisitMiddleware`` has one."""
    return cast("Actor", request.actor)  # type: ignore[attr-defined]  # set by the plane's middleware


def _entering() -> tuple[str, ...]:
    plane = settings.PLANE.name
    return (f"{plane}.enter",) if plane in ("desk", "back") else ()


def _to_login(request: HttpRequest) -> HttpResponse:
    back_to = request.get_full_path() if request.method == "GET" else "/"
    target = f"{resolve_url(settings.LOGIN_URL)}?{urlencode({'next': back_to})}"
    if getattr(request, "htmx", False):
        # A partial swap must not put the login page into a table: the browser goes there as a whole.
        return HttpResponse(status=204, headers={"HX-Redirect": target})
    return redirect(target)
