from django.urls import path

from kontor.back.orderdesk import views

app_name = "orders"

urlpatterns = [
    path("", views.orders, name="list"),
    path("release/", views.release, name="release"),
    path("<str:number>/", views.order, name="detail"),
    path("<str:number>/cancel/", views.cancel, name="cancel"),
    path("<str:number>/cancel-rest/", views.cancel_the_rest, name="cancel_rest"),
    path("<str:number>/accept/", views.accept, name="accept"),
]
