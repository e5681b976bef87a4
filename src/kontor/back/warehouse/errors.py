"""Why the warehouse refuses."""

from django.utils.translation import gettext_lazy as _

from kontor.kernel.errors import Refusal, refuses


class NotInStock(Refusal):
    message = _("There is less in the warehouse than would be issued. Count the article, then try again.")


class NotReturnable(Refusal):
    message = _("More would be returned than was delivered. Check the quantity.")


class NothingReceived(Refusal):
    message = _("Nothing was received. Enter a quantity above zero.")
    status = 422


class HasMoved(Refusal):
    message = _("Something of %(number)s has moved already. Count it instead.")


class NothingReturned(Refusal):
    message = _("Nothing came back. Enter a quantity for at least one line.")
    status = 422


class CodeUsed(Refusal):
    message = _("There is a location with this code already. Choose another code.")


refuses("nothing_leaves_that_is_not_there", NotInStock)
refuses("no_more_is_returned_than_delivered", NotReturnable)
