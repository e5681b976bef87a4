"""Why money is not given back, or not recorded."""

from django.utils.translation import gettext_lazy as _

from kontor.kernel.errors import Refusal, refuses


class MoreThanCredit(Refusal):
    message = _(
        "Only %(amount)s of this credit can be paid back: the rest is settled or asked for already. Enter less."
    )


class MakerIsNeverChecker(Refusal):
    message = _("You asked for this refund yourself. Let a colleague approve it.")


class RefundIsDecided(Refusal):
    message = _("This refund has been decided already. Reload the page.")


class OrderIsGone(Refusal):
    message = _("The order you chose is not there. Choose again, or record the payment without an order.")


refuses("maker_is_never_checker", MakerIsNeverChecker)
