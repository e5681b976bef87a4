"""The pages of the back office."""

from importlib.util import find_spec

from django.urls import URLPattern, URLResolver, include, path

# Each room below its own word; a room without pages is left out.
_ROOMS = {
    "orders/": "kontor.back.orderdesk.urls",
    "warehouse/": "kontor.back.warehouse.urls",
    "logistics/": "kontor.back.logistics.urls",
    "production/": "kontor.back.production.urls",
    "purchasing/": "kontor.back.purchasing.urls",
    "design/": "kontor.back.design.urls",
    "improvement/": "kontor.back.improvement.urls",
    "invoicing/": "kontor.back.invoicing.urls",
    "ledger/": "kontor.back.ledger.urls",
    "banking/": "kontor.back.banking.urls",
    "people/": "kontor.back.people.urls",
    "": "kontor.back.administration.urls",
}

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("kontor.kernel.ui.urls")),
    path("", include("kontor.kernel.actor.urls")),
    *(path(prefix, include(module)) for prefix, module in _ROOMS.items() if find_spec(module) is not None),
]

handler400 = "kontor.kernel.membrane.views.not_understood"
