from django.urls import include, path

from kontor.front.care import views

app_name = "care"

urlpatterns = [
    path("", views.home, name="home"),
    path("", include("kontor.front.care.mail_in.urls")),
    path("", include("kontor.front.care.matters.urls")),
    path("", include("kontor.front.care.voices.urls")),
    path("customers/", views.customers, name="customers"),
    path("customers/new/", views.new_customer, name="new_customer"),
    path("customers/<str:number>/", views.customer, name="customer"),
    path("customers/<str:number>/change/", views.change_customer, name="change_customer"),
    path("customers/<str:number>/addresses/new/", views.address, name="new_address"),
    path("customers/<str:number>/addresses/<uuid:address_id>/", views.address, name="change_address"),
    path("orders/<str:number>/", views.order, name="order"),
    path("orders/<str:number>/cancel/", views.cancel, name="cancel"),
    path("orders/<str:number>/cancel-rest/", views.cancel_the_rest, name="cancel_rest"),
    path("orders/<str:number>/confirmation/", views.confirmation, name="confirmation"),
    path("documents/<uuid:document_id>/", views.document, name="document"),
]
