"""Why a login is refused. The words are the same whether the e-mail address or the password is wrong."""

from django.utils.translation import gettext_lazy as _

from kontor.kernel.errors import Refusal


class WrongLogin(Refusal):
    message = _("E-mail address and password do not match. Check both and try again.")
    status = 401


class WrongPassword(Refusal):
    message = _("This is not your present password. Check it and try again.")


class WeakPassword(Refusal):
    message = _("This password is too easy to guess. %(reason)s Choose another one.")


class LinkEnded(Refusal):
    message = _("This link has been used or has expired. Ask your administration for a new one.")
    status = 410


class LastAdministrator(Refusal):
    message = _(
        "Then nobody could administer this house any more. First give another open login the department"
        " “Administration” or “Management”."
    )


class TooManyAttempts(Refusal):
    message = _("There were too many wrong attempts for this e-mail address. Wait 15 minutes and try again.")
    status = 429
