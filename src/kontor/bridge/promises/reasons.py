"""Why a planned receipt moves: a closed list. The back chooses a code; the front has plain words for each."""

from collections.abc import Mapping

from django.db import models
from django.utils.functional import Promise as LazyText
from django.utils.translation import gettext_lazy as _


class MoveReason(models.TextChoices):
    """Why a receipt comes on another day, as the back office says it."""

    MATERIAL_LATE = "material_late", _("Material or a part is late")
    SUPPLIER_LATE = "supplier_late", _("Supplier is late")
    TRANSPORT = "transport", _("Transport takes longer")
    CAPACITY = "capacity", _("Capacity is short")
    MACHINE_DOWN = "machine_down", _("Machine is down")
    QUALITY = "quality", _("Rework after inspection")
    REPLANNED = "replanned", _("Planned anew")
    EARLIER = "earlier", _("Earlier than planned")


class LateStart(models.TextChoices):
    """Why an order may leave only after the day its promise was counted from: nobody chooses it, it is found."""

    PAID_LATER = "paid_later", _("Payment came later")
    CHECKED_LATER = "checked_later", _("Released later")


CUSTOMER_WORDS: Mapping[str, LazyText] = {
    MoveReason.MATERIAL_LATE: _("A part comes later than planned."),
    MoveReason.SUPPLIER_LATE: _("Our supplier delivers later than promised."),
    MoveReason.TRANSPORT: _("The way to us takes longer than planned."),
    MoveReason.CAPACITY: _("The workshop needs more time than planned."),
    MoveReason.MACHINE_DOWN: _("A machine in the workshop has to be repaired."),
    MoveReason.QUALITY: _("We found something at the final check and put it right first."),
    MoveReason.REPLANNED: _("We had to plan the day anew."),
    MoveReason.EARLIER: _("It goes faster than planned."),
}
"""What customers read for each reason: one plain sentence, never a name, a cost or an inner number."""


START_WORDS: Mapping[str, LazyText] = {
    LateStart.PAID_LATER: _("Your payment came later; the day is counted from it."),
    LateStart.CHECKED_LATER: _("Our look at your order took longer than planned."),
}
"""The same for orders that could leave only later."""


def customer_words(code: str) -> str:
    """The plain sentence for a reason code; empty for none and for a code nobody knows."""
    return str(CUSTOMER_WORDS.get(code, START_WORDS.get(code, "")))


def office_words(code: str) -> str:
    """The back's word for a reason code; empty for none and for a code nobody knows."""
    words: dict[str, LazyText | str] = dict([*MoveReason.choices, *LateStart.choices])
    return str(words.get(code, ""))
