"""Why personnel refuses."""

from django.utils.translation import gettext_lazy as _

from kontor.kernel.errors import Refusal


class OwnRights(Refusal):
    message = _("Nobody changes their own departments or login. Ask a colleague who may do it.")


class NoLogin(Refusal):
    message = _("%(name)s has no login. Create one first.")
