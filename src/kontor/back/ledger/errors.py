"""Why something is not settled."""

from django.utils.translation import gettext_lazy as _

from kontor.kernel.errors import Refusal, refuses


class NothingToMatch(Refusal):
    message = _("Nothing was chosen to be settled. Enter an amount for at least one document.")


class MoreThanOpen(Refusal):
    message = _(
        "Of %(document)s only %(amount)s are open. Reload the page: somebody may have settled it just now."
    )


class NotTheSameParty(Refusal):
    message = _("%(document)s belongs to another customer. Choose documents of the customer who paid.")


class NotTheSameCurrency(Refusal):
    message = _("%(document)s is in another currency. Choose documents in the currency of the payment.")


class ItemIsGone(Refusal):
    message = _("One of the documents is no longer there. Reload the page and choose again.")


class WouldNotShrink(Refusal):
    message = _("More would be settled than is open. Reload the page and choose again.")


refuses("an_open_item_shrinks_to_zero", WouldNotShrink)
