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


class NoSuchAnswer(Refusal):
    message = _(
        "There is no such answer for you here. Open the link of our mail, or log in with your account."
    )
    status = 404
