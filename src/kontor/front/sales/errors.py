"""Why an order by phone cannot be taken."""

from django.utils.translation import gettext_lazy as _

from kontor.kernel.errors import Refusal


class NoCustomer(Refusal):
    message = _("Nobody is chosen yet. Find the customer, or add a new one.")


class NoAddress(Refusal):
    message = _("%(number)s has no address yet. Add one to the customer, then take the order.")


class NotSold(Refusal):
    message = _("No longer for sale: %(numbers)s. Remove it, then take the order.")


class WrongQuantity(Refusal):
    message = _("A quantity is wrong. Write whole numbers from 1 to 1,000.")
    status = 422


class TooManyLines(Refusal):
    message = _("An order by phone holds up to %(most)s articles. Take this one first, then another.")
