"""Why something cannot be done about a problem."""

from django.utils.translation import gettext_lazy as _

from kontor.kernel.errors import Refusal


class NoSignalsLeft(Refusal):
    message = _(
        "These signals belong to a problem already, or were grouped anew meanwhile. Reload the page and choose again."
    )


class NoTitle(Refusal):
    message = _("The problem has no name. Say in a few words what is wrong or wished for.")


class ProblemIsClosed(Refusal):
    message = _("%(number)s is closed. Reopen it first, if there is more to do.")


class NotThatFar(Refusal):
    message = _(
        "%(number)s has not come that far: first the cause, then the action, then its effect. Reload the page."
    )


class NoCause(Refusal):
    message = _("The cause is missing. Write down why it happens, and choose what kind of cause it is.")


class NoAction(Refusal):
    message = _("The action is missing. Write down what is changed, and until when.")


class NoOwner(Refusal):
    message = _("Nobody looks after %(number)s. Take it, or choose who does.")


class NotAnOwner(Refusal):
    message = _("This member of staff may not work on problems. Choose somebody else, or ask administration.")


class NoAnswer(Refusal):
    message = _("The answer is missing in one language. Customers are told in theirs: write both.")


class OtherKind(Refusal):
    message = _("%(number)s is of another kind. Problems join problems, wishes join wishes.")
