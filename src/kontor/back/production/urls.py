from django.urls import path

from kontor.back.production import views

app_name = "production"

urlpatterns = [
    path("", views.orders, name="list"),
    path("new/", views.new, name="new"),
    path("start/", views.start, name="start"),
    path("move/", views.move, name="move"),
    path("<str:number>/", views.order, name="detail"),
    path("<str:number>/finish/", views.finish, name="finish"),
    path("<str:number>/cancel/", views.cancel, name="cancel"),
    path("<str:number>/steps/<uuid:step_id>/", views.step, name="step"),
]
