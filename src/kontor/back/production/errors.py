"""Why production refuses."""

from django.utils.translation import gettext_lazy as _

from kontor.kernel.errors import Refusal


class NothingToMake(Refusal):
    message = _("Nothing would be made. Enter a quantity above zero.")
    status = 422


class EndsBeforeItBegins(Refusal):
    message = _("The last day lies before the first. Choose a later last day.")
    status = 422


class ProductionClosed(Refusal):
    message = _("%(numbers)s: made or called off already. Nothing can be changed there any more.")


class NotStarted(Refusal):
    message = _("%(number)s has not been started. Start it first.")


class StepClosed(Refusal):
    message = _("This step is ended already. Reload the page to see what was reported.")


class StepNotStarted(Refusal):
    message = _("This step has not been started. Start it first.")


class TooMuchReported(Refusal):
    message = _("Good pieces and scrap are more than the %(quantity)s of the order. Check the quantities.")
    status = 422


class ScrapWithoutReason(Refusal):
    message = _("Scrap needs a reason. Choose one of the list.")
    status = 422
