from django.urls import path, re_path

from kontor.back.people import hiring, passwords, views

app_name = "people"

urlpatterns = [
    path("", views.staff, name="list"),
    path("new/", hiring.new, name="new"),
    path("departments/", hiring.departments, name="departments"),
    path("departments/<slug:code>/", hiring.department, name="department"),
    path("password/", passwords.own, name="own_password"),
    re_path(r"^password/(?P<token>[A-Za-z0-9_-]{43})/$", passwords.choose, name="choose_password"),
    path("<str:number>/", views.employee, name="employee"),
    path("<str:number>/login/", views.login, name="login"),
    path("<str:number>/link/", hiring.link, name="link"),
]
