from django.urls import path

from kontor.back.warehouse import views

app_name = "warehouse"

urlpatterns = [
    path("", views.stock, name="stock"),
    path("moves/", views.moves, name="moves"),
    path("pick-list/", views.pick_list, name="pick_list"),
    path("pick-list/picked/", views.picked, name="picked"),
    path("pick-list/put-back/", views.unpicked, name="put_back"),
    path("locations/", views.locations, name="locations"),
    path("returns/<str:number>/", views.returned, name="return"),
    path("articles/<str:number>/", views.article, name="article"),
    path("articles/<str:number>/count/", views.count, name="count"),
    path("articles/<str:number>/receive/", views.receive, name="receive"),
]
