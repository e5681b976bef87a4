from django.urls import path

from kontor.kernel.actor import views

app_name = "staff"

urlpatterns = [
    path("login/", views.login, name="login"),
    path("logout/", views.logout, name="logout"),
    path("my/preferences/", views.preferences, name="preferences"),
    path("search/", views.search, name="search"),
    path("house/", views.house, name="house"),
    path("palette/", views.palette, name="palette"),
]
