from django.urls import path, re_path

from kontor.front.shop.voices import views

_TOKEN = "(?P<token>[A-Za-z0-9_-]{43})"  # noqa: S105 - the shape of a token, not one
_UUID = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"

urlpatterns = [
    path("wish/", views.wish, name="wish"),
    path("orders/<str:number>/wish/", views.order_wish, name="wish_order"),
    path("orders/<str:number>/review/<uuid:line_id>/", views.review, name="review_line"),
    re_path(rf"^o/{_TOKEN}/(?P<number>[^/]+)/wish/$", views.order_wish, name="wish_mailed"),
    re_path(
        rf"^o/{_TOKEN}/(?P<number>[^/]+)/review/(?P<line_id>{_UUID})/$", views.review, name="review_mailed"
    ),
]
