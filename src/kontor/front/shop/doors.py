"""The shop's door. Shut: nothing is shown for sale and nothing can be ordered; orders and their pages stay."""

from django.utils.translation import gettext_lazy as _

from kontor.kernel.doors import Door

DOORS = (
    Door(
        "shop",
        "sales",
        "store",
        _("Online shop"),
        _("Customers find, choose and order by themselves."),
        "shop:shelf",
        ("shop:",),
        # The front page is the house's own; a provider's messages about money under way are always heard.
        except_=("shop:home", "shop:picture", "shop:webhook"),
    ),
)
