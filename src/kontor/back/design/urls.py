from django.urls import path

from kontor.back.design import views

app_name = "design"

urlpatterns = [
    path("", views.feed, name="feed"),
    path("signals/<str:signal_id>/", views.signal, name="signal"),
    path("articles/", views.offerings, name="offerings"),
    path("digest/", views.digest, name="digest"),
    path("digest/<str:on>/", views.digest, name="digest_of"),
]
