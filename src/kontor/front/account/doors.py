"""The door of customers' accounts. Shut: nobody logs in; orders, matters and answers stay by link and as a guest."""

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
        # Only what needs a login. Orders, matters and answers have links of their own, and a browser that ordered as a
        # guest keeps seeing its order; who is logged in when the door shuts may log out.
        (
            "account:home",
            "account:details",
            "account:login",
            "account:sign_up",
            "account:confirm",
            "account:forgotten",
            "account:reset*",
        ),
    ),
)
