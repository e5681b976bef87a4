from django.urls import path, re_path

from kontor.front.account.matters import views

_TOKEN = "(?P<token>[A-Za-z0-9_-]{43})"  # noqa: S105 - the shape of a token, not one
_MATTER = rf"^o/{_TOKEN}/matters/(?P<number>[^/]+)"

urlpatterns = [
    path("account/matters/", views.matters, name="matters"),
    path("account/matters/<str:number>/", views.matter, name="matter"),
    path("account/matters/<str:number>/write/", views.write, name="write"),
    path("account/matters/<str:number>/rate/", views.rate, name="rate"),
    path("account/matters/<str:number>/rate/<int:stars>/", views.rate, name="rate_stars"),
    path("account/matters/<str:number>/files/<uuid:file_id>/", views.matter_file, name="matter_file"),
    path("orders/<str:number>/problem/", views.problem, name="problem"),
    re_path(rf"^o/{_TOKEN}/matters/$", views.matters, name="mailed_matters"),
    re_path(rf"{_MATTER}/$", views.matter, name="mailed_matter"),
    re_path(rf"{_MATTER}/write/$", views.write, name="mailed_write"),
    re_path(rf"{_MATTER}/rate/$", views.rate, name="mailed_rate"),
    re_path(rf"{_MATTER}/rate/(?P<stars>[1-5])/$", views.rate, name="mailed_rate_stars"),
    re_path(rf"{_MATTER}/files/(?P<file_id>[0-9a-f-]{{36}})/$", views.matter_file, name="mailed_matter_file"),
    re_path(rf"^o/{_TOKEN}/(?P<number>[^/]+)/problem/$", views.problem, name="mailed_problem"),
]
