from django.conf import settings
from django.urls import path

from kontor.kernel.ui import views

app_name = "ui"

urlpatterns = [
    path("theme.css", views.theme, name="theme"),
    path("preferences/", views.preferences, name="preferences"),
]
if settings.PLANE.has_staff:
    urlpatterns.append(path("components/", views.components, name="components"))
