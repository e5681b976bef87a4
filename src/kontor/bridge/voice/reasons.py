"""The closed lists of reasons that signals carry, in words: why goods come back, where a checkout is left."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class ReturnReason(TextChoices):
    """Why goods came back, as the storekeeper reads it from the slip."""

    DEFECT = "defect", _("Broken or does not work")
    DAMAGED = "damaged", _("Damaged on the way")
    WRONG = "wrong", _("Another article than ordered")
    UNLIKE = "unlike", _("Not as described")
    TOO_SMALL = "too_small", _("Too small")
    TOO_LARGE = "too_large", _("Too large")
    LATE = "late", _("Came too late")
    UNWANTED = "unwanted", _("No longer wanted")
    UNKNOWN = "unknown", _("No reason given")


class CheckoutStep(TextChoices):
    """How far a checkout had come when it was left."""

    CONTACT = "contact", pgettext_lazy("a step of the checkout", "Contact and address")
    REVIEW = "review", pgettext_lazy("a step of the checkout", "Review and payment")
