"""Why something is not billed or credited."""

from django.utils.translation import gettext_lazy as _

from kontor.kernel.errors import Refusal, refuses


class NothingChosen(Refusal):
    message = _("Nothing was chosen to be billed. Enter a quantity for at least one line.")


class MoreThanCharged(Refusal):
    message = _("More would be billed than was ordered. Reload the page and check the quantities.")


class NothingToCredit(Refusal):
    message = _("Nothing was chosen to be credited. Enter a quantity for at least one line.")


class MoreThanBilled(Refusal):
    message = _(
        "Of “%(name)s” %(left)s can still be credited, for %(billed)s were billed. "
        "Reload the page and check the quantities."
    )


class NotAnInvoice(Refusal):
    message = _("%(number)s is not an invoice. Only invoices can be credited.")


refuses("no_more_is_invoiced_than_charged", MoreThanCharged)
