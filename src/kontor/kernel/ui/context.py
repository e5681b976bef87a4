"""What every page frame knows without asking: the house, the reader's theme, density and language."""

from typing import Any

from django.conf import settings
from django.contrib.messages import get_messages
from django.http import HttpRequest
from django.utils.translation import get_language

from kontor.kernel.ui.brand import house

THEMES = ("auto", "light", "dark")
DENSITIES = ("compact", "regular", "touch")
THEME_COOKIE = "kontor_theme"
DENSITY_COOKIE = "kontor_density"
FRAMES = {"public": "ui/public.html", "desk": "ui/desk.html", "back": "ui/back.html"}


def page(request: HttpRequest) -> dict[str, Any]:
    """Context processor. Cookies are compared with the known values; anything else counts as not set.

    A plane's middleware may set ``request.around``: what its frame shows around every page (``site``, ``navigation``).
    """
    around = getattr(request, "around", None)
    theme = request.COOKIES.get(THEME_COOKIE, "auto")
    density = request.COOKIES.get(DENSITY_COOKIE, "")
    return {
        "house": house(),
        "frame": FRAMES.get(settings.PLANE.name, "ui/gate.html"),
        "theme": theme if theme in THEMES else "auto",
        "density": density if density in DENSITIES else "",
        "language": (get_language() or "en").split("-", 1)[0],
        "messages": get_messages(request),
        **(around() if around else {}),
    }
