"""Why somebody cannot log in."""

from django.utils.translation import gettext_lazy as _

from kontor.kernel.errors import Refusal, refuses


class WrongLogin(Refusal):
    message = _("E-mail and password do not fit together. Check both, or ask for a new password.")


class NotThatPassword(Refusal):
    message = _(
        "This is not the password that was chosen with this account. Try again, or ask for a new account."
    )
    status = 422


class TooManyAttempts(Refusal):
    message = _("Too many failed logins. Wait a quarter of an hour, or ask for a new password.")
    status = 429


class LinkUsedUp(Refusal):
    message = _("This link has been used or has expired. Ask for a new one.")
    status = 410


class SeveralWithEmail(Refusal):
    message = _("Several customers have the e-mail address %(email)s. Say the customer number as well.")


class HouseChanged(Refusal):
    message = _("%(who)s has changed the same facts meanwhile. Reload the page and look again.")


class HoursOverlap(Refusal):
    message = _("Two of these opening hours overlap, or one ends before it begins. Check the times.")


class MainPlaceStays(Refusal):
    message = _("This is the main place. Make another one the main place first.")


for _constraint in ("opening_hours", "special_hours"):
    refuses(f"{_constraint}_do_not_overlap", HoursOverlap)
    refuses(f"{_constraint}_end_after_they_begin", HoursOverlap)
