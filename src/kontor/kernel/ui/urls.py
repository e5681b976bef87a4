from django.conf import settings
from django.urls import path, re_path

from kontor.kernel.ui import views

app_name = "ui"

urlpatterns = [
    path("theme.css", views.theme, name="theme"),
    re_path(r"^logo/(?P<name>[a-z0-9-]{8,32}\.(?:svg|png|jpg))$", views.logo, name="logo"),
    path("preferences/", views.preferences, name="preferences"),
]
if settings.PLANE.has_staff:
    urlpatterns.append(path("components/", views.components, name="components"))
