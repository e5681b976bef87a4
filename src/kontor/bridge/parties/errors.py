"""Why somebody cannot log in."""

from django.utils.translation import gettext_lazy as _

from kontor.kernel.errors import Refusal


class WrongLogin(Refusal):
    message = _("E-mail and password do not fit together. Check both, or ask for a new password.")


class TooManyAttempts(Refusal):
    message = _("Too many failed logins. Wait a quarter of an hour, or ask for a new password.")
    status = 429


class LinkUsedUp(Refusal):
    message = _("This link has been used or has expired. Ask for a new one.")
    status = 410
