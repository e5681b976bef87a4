"""The addresses of the look alone, for its tests."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import include, path

from kontor.kernel.ui import samples


def frame(request: HttpRequest, name: str) -> HttpResponse:
    """A page in the frame of a plane."""
    context = samples.everything(request)
    context["site"] |= {
        "basket_url": "#basket",
        "basket_count": 2,
        "account_url": "#account",
        "legal": [{"label": "Impressum", "url": "#imprint"}],
        "other_side_url": "#other",
        "logout_url": "#logout",
    }
    return render(request, f"ui/{name}.html", context)


urlpatterns = [path("", include("kontor.kernel.ui.urls")), path("frame/<str:name>/", frame)]
