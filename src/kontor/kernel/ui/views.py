"""The theme of the house, the reader's preferences, and the page that shows every component."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_GET, require_POST

from kontor.kernel.errors import NotFound
from kontor.kernel.house import logo as house_logo
from kontor.kernel.ui import samples
from kontor.kernel.ui.brand import house
from kontor.kernel.ui.context import DENSITIES, DENSITY_COOKIE, THEME_COOKIE, THEMES

YEAR = 365 * 24 * 3600


@require_GET
@cache_control(public=True, max_age=YEAR)
def theme(request: HttpRequest) -> HttpResponse:
    """The house's two hues and radius as a stylesheet; its address carries a version."""
    return HttpResponse(house().theme_css, content_type="text/css; charset=utf-8")


@require_GET
def logo(request: HttpRequest, name: str) -> HttpResponse:
    """The house's logo; its name changes with its content. Opened by itself it may load and run nothing.

    Raises:
        NotFound: there is no logo of this name.
    """
    found = house_logo(name)
    if found is None:
        raise NotFound(number=name)
    response = HttpResponse(found.content, content_type=found.media_type)
    response["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = f"public, max-age={YEAR}, immutable"
    return response


@require_POST
def preferences(request: HttpRequest) -> HttpResponse:
    """Keep language, theme and density in cookies and go back to the page. Unknown values change nothing."""
    target = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure()):
        target = "/"
    response = HttpResponseRedirect(target)
    known = {
        settings.LANGUAGE_COOKIE_NAME: ("language", [code for code, _name in settings.LANGUAGES]),
        THEME_COOKIE: ("theme", THEMES),
        DENSITY_COOKIE: ("density", DENSITIES),
    }
    for cookie, (field, values) in known.items():
        value = request.POST.get(field)
        if value is not None and value in values:
            response.set_cookie(cookie, value, max_age=YEAR, samesite="Lax", secure=request.is_secure())
    return response


@require_GET
def components(request: HttpRequest) -> HttpResponse:
    """Every component with its states, in the reader's theme and in all densities. Reads no database."""
    return render(request, "ui/components.html", samples.everything(request))
