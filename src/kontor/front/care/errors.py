"""Why the counter cannot do something."""

from django.utils.translation import gettext_lazy as _

from kontor.kernel.errors import Refusal


class NothingToConfirm(Refusal):
    message = _(
        "Order %(number)s is not confirmed, so there is no confirmation to send. Wait until it is confirmed."
    )


class NoEmail(Refusal):
    message = _("Order %(number)s has no e-mail address. Download the confirmation and send it by letter.")
