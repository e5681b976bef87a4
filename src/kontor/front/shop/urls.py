from django.urls import include, path

from kontor.front.shop.views import basket, checkout, provider, shelf

app_name = "shop"

urlpatterns = [
    path("", shelf.home, name="home"),
    path("", include("kontor.front.shop.voices.urls")),
    path("shop/", shelf.shelf, name="shelf"),
    path("shop/<slug:slug>/", shelf.shelf, name="category"),
    path("product/<slug:slug>/", shelf.product, name="product"),
    path("pictures/<str:name>", shelf.picture, name="picture"),
    path("basket/", basket.basket, name="basket"),
    path("basket/put/", basket.put, name="put"),
    path("basket/change/", basket.change, name="change"),
    path("checkout/begin/", basket.begin, name="begin"),
    path("checkout/", checkout.contact, name="contact"),
    path("checkout/review/", checkout.review, name="review"),
    path("checkout/methods/", checkout.methods, name="methods"),
    path("checkout/order/", checkout.order, name="order"),
    path("webhooks/<slug:provider>/", provider.webhook, name="webhook"),
]
