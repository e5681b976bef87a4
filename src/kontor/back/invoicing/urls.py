from django.urls import path

from kontor.back.invoicing import views

app_name = "invoicing"

urlpatterns = [
    path("", views.invoices, name="list"),
    path("to-bill/", views.unbilled, name="unbilled"),
    path("to-bill/<str:number>/", views.bill, name="bill"),
    path("ranges/", views.ranges, name="ranges"),
    path("<str:number>/", views.detail, name="detail"),
    path("<str:number>/file/", views.file, name="file"),
    path("<str:number>/credit/", views.credit, name="credit"),
]
