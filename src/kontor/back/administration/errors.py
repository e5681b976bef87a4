"""Why administration refuses."""

from django.utils.translation import gettext_lazy as _

from kontor.kernel.errors import Refusal, refuses


class ViewNameUsed(Refusal):
    message = _("You have a view with this name already. Choose another name.")


class TooManyViews(Refusal):
    message = _("You keep %(count)s views of this list already. Remove one before you save another.")


class UnknownList(Refusal):
    message = _("There is no such list. Go back and export it from its own page.")
    status = 404


class NotDead(Refusal):
    message = _("Nothing of what you ticked waits for another try. Reload the page.")


refuses("a_view_name_is_used_once_per_list", ViewNameUsed)
