"""The addresses of the look alone, for its tests."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import include, path
from django.utils.safestring import mark_safe

from kontor.kernel.errors import NotFound
from kontor.kernel.ui import samples


def frame(request: HttpRequest, name: str) -> HttpResponse:
    """A short page in the frame of a plane."""
    context = samples.everything(request)
    context["site"] |= {
        "palette_url": "/palette/",
        "basket_url": "#basket",
        "basket_count": 2,
        "account_url": "#account",
        "legal": [{"label": "Impressum", "url": "#imprint"}],
        "other_side_url": "#other",
        "logout_url": "#logout",
    }
    return render(
        request, "ui/refusal.html", context | {"frame": f"ui/{name}.html", "refusal": NotFound(number="A-1")}
    )


def palette(request: HttpRequest) -> HttpResponse:
    """What a palette answers."""
    return render(request, "ui/palette_results.html", samples.everything(request))


def live(request: HttpRequest) -> HttpResponse:
    """A page with a live part, or two: it says whether it was read again."""
    word = "again" if request.headers.get("X-Live") else "first"
    part = f'<section id="state" data-live="/watch/?topic=t"><p>{word}</p><input id="typed"></section>'
    if request.GET.get("parts"):
        part += f'<section id="state2" data-live="/watch/?topic=u"><p>{word}</p></section>'
    return render(request, "ui/refusal.html", {"frame": "ui/gate.html", "refusal": mark_safe(part)})


def watched(request: HttpRequest) -> HttpResponse:
    """What the live process says once its topic is notified."""
    return HttpResponse("retry: 60000\n\nevent: refresh\ndata:\n\n", content_type="text/event-stream")


urlpatterns = [
    path("", include("kontor.kernel.ui.urls")),
    path("frame/<str:name>/", frame),
    path("palette/", palette),
    path("live/", live),
    path("watch/", watched),
]
