"""The pages of the counter: customer care and sales."""

from django.urls import include, path

urlpatterns = [
    path("", include("kontor.kernel.ui.urls")),
    path("", include("kontor.kernel.actor.urls")),
    path("tour/", include("kontor.kernel.actor.tour_urls")),
    path("", include("kontor.front.care.urls")),
    path("sales/", include("kontor.front.sales.urls")),
    path("website/", include("kontor.front.site.desk_urls")),
]

handler400 = "kontor.kernel.membrane.views.not_understood"
