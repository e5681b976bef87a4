"""Why a customer's page cannot be shown."""

from django.utils.translation import gettext_lazy as _

from kontor.kernel.errors import Refusal


class NoSuchOrder(Refusal):
    message = _(
        "There is no such order among yours. Check the number, or log in with the account you ordered with."
    )
    status = 404


class AlreadyPaid(Refusal):
    message = _("This order does not wait for an online payment. Nothing has to be done.")
