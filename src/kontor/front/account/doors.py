"""The door of customers' accounts. Shut: nobody logs in; mailed links to orders, and orders as a guest, still work."""

from django.utils.translation import gettext_lazy as _

from kontor.kernel.doors import Door

DOORS = (
    Door(
        "accounts",
        "care",
        "user",
        _("Customer accounts"),
        _("Customers log in, see their orders and papers, and change their details."),
        "account:login",
        ("account:",),
        except_=(
            "account:order",
            "account:pay",
            "account:paper",
            "account:mailed",
            "account:mailed_order",
            "account:mailed_pay",
            "account:mailed_paper",
        ),
    ),
)
