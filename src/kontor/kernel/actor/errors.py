"""Why a login is refused. The words are the same whether the e-mail address or the password is wrong."""

from django.utils.translation import gettext_lazy as _

from kontor.kernel.errors import Refusal


class WrongLogin(Refusal):
    message = _("E-mail address and password do not match. Check both and try again.")
    status = 401


class TooManyAttempts(Refusal):
    message = _("There were too many wrong attempts for this e-mail address. Wait 15 minutes and try again.")
    status = 429
