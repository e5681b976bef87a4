from django.urls import path

from kontor.front.site import views

app_name = "site"

urlpatterns = [
    path("site/<slug:name>/", views.page, name="page"),
    path("ready", views.ready, name="ready"),
    path("robots.txt", views.robots, name="robots"),
    path("sitemap.xml", views.sitemap, name="sitemap"),
]
