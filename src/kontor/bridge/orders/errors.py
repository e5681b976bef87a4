"""Why an order is refused."""

from django.utils.translation import gettext_lazy as _

from kontor.kernel.errors import Refusal, refuses


class PriceChanged(Refusal):
    message = _("Prices have changed since this page was shown. Check the new total and order again.")


class EmptyBasket(Refusal):
    message = _("The basket is empty. Put something into it first.")


class OrderAlreadyShipped(Refusal):
    message = _("Order %(number)s has already been shipped. Create a return instead.")


class PartAlreadyShipped(OrderAlreadyShipped):
    message = _("Part of order %(number)s has already been shipped. Cancel the rest of it instead.")


class NothingShipped(Refusal):
    message = _("Nothing of order %(number)s has been shipped yet. Cancel the whole order instead.")


class OrderNotHeld(Refusal):
    message = _("Order %(number)s is not under review any more. Reload the page to see how it stands.")


class NotAcceptable(Refusal):
    message = _(
        "Order %(number)s cannot be accepted as it was placed: its sums, taxes or promises are not right. Cancel it."
    )


class ReasonMissing(Refusal):
    message = _("A reason is missing. Say in a few words why.")
    status = 422


class MoreThanOrdered(Refusal):
    message = _("More would be delivered than was ordered. Reload the page and check the quantities.")


refuses("no_more_is_delivered_than_ordered", MoreThanOrdered)
