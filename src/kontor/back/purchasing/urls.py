from django.urls import path

from kontor.back.purchasing import views

app_name = "purchasing"

urlpatterns = [
    path("", views.orders, name="list"),
    path("new/", views.new, name="new"),
    path("move/", views.move, name="move"),
    path("suppliers/", views.suppliers, name="suppliers"),
    path("<str:number>/", views.order, name="detail"),
    path("<str:number>/confirm/", views.confirm, name="confirm"),
    path("<str:number>/receive/", views.receive, name="receive"),
    path("<str:number>/cancel/", views.cancel, name="cancel"),
]
