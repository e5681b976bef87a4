"""Why the warehouse refuses."""

from django.utils.translation import gettext_lazy as _

from kontor.kernel.errors import Refusal, refuses


class NotInStock(Refusal):
    message = _("There is less in the warehouse than would be issued. Count the article, then try again.")


class NotReturnable(Refusal):
    message = _("More would be returned than was delivered. Check the quantity.")


refuses("nothing_leaves_that_is_not_there", NotInStock)
refuses("no_more_is_returned_than_delivered", NotReturnable)
