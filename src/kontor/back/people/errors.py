"""Why personnel refuses."""

from django.utils.translation import gettext_lazy as _

from kontor.kernel.errors import Refusal, refuses


class OwnRights(Refusal):
    message = _("Nobody changes their own departments or login. Ask a colleague who may do it.")


class EmailUsed(Refusal):
    message = _("Somebody logs in with this e-mail address already. Look in the list of staff.")


class NumberUsed(Refusal):
    message = _("Another member of staff has this number. Choose another one.")


class HouseHasStaff(Refusal):
    message = _("This house has an administrator already. Log in, or ask your administration for a login.")
    status = 410


class NoLogin(Refusal):
    message = _("%(name)s has no login. Create one first.")


refuses("a_staff_email_is_used_once", EmailUsed)
refuses("actor_staffaccount_email_key", EmailUsed)
refuses("people_employee_number_key", NumberUsed)
