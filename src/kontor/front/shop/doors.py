"""The shop's doors. The shop shut: nothing is for sale and nothing can be ordered; orders and their pages stay."""

from django.utils.translation import gettext_lazy as _

from kontor.kernel.doors import Door

# Ideas and reviews stand before the shop: their addresses have doors of their own.
DOORS = (
    Door(
        "ideas",
        "marketing",
        "lightbulb",
        _("Ideas and wishes"),
        _("Everybody may leave an idea or a wish, on the pages of articles and orders."),
        "shop:wish",
        ("shop:wish*",),
    ),
    Door(
        "reviews",
        "care",
        "star",
        _("Reviews"),
        _("Customers review what they have received from you; everybody reads it."),
        "shop:shelf",
        ("shop:review_*",),
    ),
    # Before the shop, or its views would be the shop's. Money that is under way can always be paid.
    Door(
        "online-payment",
        "accounting",
        "credit-card",
        _("Online payment"),
        _("Customers may pay at once through a payment provider. Open it when yours is connected."),
        "shop:shelf",
        (),
    ),
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
