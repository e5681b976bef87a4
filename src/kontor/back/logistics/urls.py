from django.urls import path, re_path

from kontor.back.logistics import views

app_name = "logistics"

urlpatterns = [
    path("", views.ready, name="ready"),
    path("ship/", views.ship_many, name="ship_many"),
    path("ship/<str:number>/", views.ship, name="ship"),
    path("shipments/", views.shipments, name="shipments"),
    path("shipments/delivered/", views.deliver, name="deliver"),
    path("shipments/<str:number>/", views.shipment, name="shipment"),
    path("shipments/<str:number>/print/", views.print_papers, name="print"),
    re_path(r"^papers/(?P<kind>label|note)/(?P<number>[A-Za-z0-9.-]{1,40})\.pdf$", views.paper, name="paper"),
]
