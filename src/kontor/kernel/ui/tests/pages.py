"""The addresses of the look alone, for its tests."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import include, path

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


urlpatterns = [
    path("", include("kontor.kernel.ui.urls")),
    path("frame/<str:name>/", frame),
    path("palette/", palette),
]
