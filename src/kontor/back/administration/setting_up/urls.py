from django.urls import path, re_path

from kontor.back.administration.setting_up import beginning, places, shipping, views

urlpatterns = [
    re_path(r"^welcome/(?P<token>[A-Za-z0-9_-]{43})/$", beginning.welcome, name="begin"),
    path("setup/", views.set_up, name="set_up"),
    path("administration/organisation/", views.organisation, name="organisation"),
    path("administration/look/", views.look, name="look"),
    path("administration/look/logo/", views.logo, name="logo"),
    path("administration/money/", views.money, name="money"),
    path("administration/money/<slug:code>/", views.number_range, name="range"),
    path("administration/doors/", views.show_doors, name="doors"),
    path("administration/doors/<slug:code>/", views.door, name="door"),
    path("administration/places/", places.show_places, name="places"),
    path("administration/places/new/", places.new_place, name="new_place"),
    path("administration/places/<uuid:place_id>/", places.place, name="place"),
    path("administration/places/<uuid:place_id>/days/", places.special_day, name="special_day"),
    re_path(
        r"^administration/places/(?P<place_id>[0-9a-f-]{36})/(?P<deed>main|give-up)/$",
        places.place_deed,
        name="place_deed",
    ),
    path("administration/shipping/", shipping.show_shipping, name="shipping"),
    path("administration/shipping/new/", shipping.new_method, name="new_shipping_method"),
    path("administration/shipping/<slug:code>/", shipping.method, name="shipping_method"),
]
