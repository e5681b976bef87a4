"""Why something cannot be promised."""

from django.utils.translation import gettext_lazy as _

from kontor.kernel.errors import Refusal


class SoldOut(Refusal):
    message = _("There is not enough left of: %(names)s. Change the quantity or remove the article.")


class TooMuchHeld(Refusal):
    message = _("So much cannot be held at once. Order part of it, or call us.")


class NotYours(Refusal):
    message = _("This reservation does not belong to you. Reload the page and start again.")


class NotPromised(Refusal):
    message = _("Less is promised than would be used. Reload the page and check the quantities.")


class DayIsPast(Refusal):
    message = _("This day is over. Choose today or a later day.")
    status = 422


class NotStocked(Refusal):
    message = _("Only goods can be planned to come in. Choose an article that lies in the warehouse.")
    status = 422
