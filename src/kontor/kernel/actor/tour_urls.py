from django.urls import path

from kontor.kernel.actor import views

app_name = "tour"

urlpatterns = [path("", views.tour, name="way")]
