"""The pages of the shop."""

from django.urls import include, path

urlpatterns = [
    path("", include("kontor.kernel.ui.urls")),
    path("", include("kontor.front.shop.urls")),
    path("", include("kontor.front.account.urls")),
    path("", include("kontor.front.site.urls")),
]

handler400 = "kontor.kernel.membrane.views.not_understood"
