from django.urls import path

from kontor.back.people import views

app_name = "people"

urlpatterns = [
    path("", views.staff, name="list"),
    path("<str:number>/", views.employee, name="employee"),
    path("<str:number>/login/", views.login, name="login"),
]
