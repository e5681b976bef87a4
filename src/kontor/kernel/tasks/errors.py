"""Why a task is refused."""

from django.utils.translation import gettext_lazy as _

from kontor.kernel.errors import Refusal


class ClaimedAlready(Refusal):
    message = _("Somebody else has this task already: %(name)s. Reload the page.")


class TaskOfAnotherDepartment(Refusal):
    message = _("The task about %(subject)s belongs to another department. Ask one of its members.")
    status = 403
