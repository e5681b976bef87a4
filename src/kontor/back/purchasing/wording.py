"""Purchasing in words: what is next, what happened."""

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.functional import Promise as LazyText
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from kontor.back.purchasing.queries import STATES, Order
from kontor.kernel.ui import formats
from kontor.kernel.ui.shapes import Tone

TONES: Mapping[str, Tone] = {
    "ordered": "warn",
    "confirmed": "neutral",
    "partly": "warn",
    "received": "ok",
    "late": "bad",
}
STEPS: Mapping[str, LazyText | str] = {"late": gettext_lazy("Late"), **STATES}


def step_of(row: Mapping[str, Any]) -> str:
    """The state of an order in the list; late before all."""
    return "late" if row["is_late"] else str(row["state"])


def next_words(order: Order) -> tuple[str, str]:
    """What is to be done now, and a note."""
    row = order.row
    if row.state == "received":
        return _("Everything came in. Nothing is left to do."), row.cancel_reason
    if row.state == "cancelled":
        return _("Called off: “%(reason)s”") % {"reason": row.cancel_reason}, ""
    days = {"day": formats.day(row.due_at, "weekday"), "supplier": row.supplier_name}
    note = _hangs(order)
    if order.is_late:
        return _("This should have come in by %(day)s. Receive it, or move it with a reason.") % days, note
    if row.state == "ordered":
        return _("%(supplier)s has not confirmed the day yet. Planned for %(day)s.") % days, note
    return _("Comes in on %(day)s.") % days, note


def _hangs(order: Order) -> str:
    if not order.effect.promises:
        return _("Nothing is promised of it yet.")
    values = {
        "promised": formats.quantity(order.effect.quantity),
        "orders": formats.quantity(order.effect.orders),
    }
    return _("Promised: %(promised)s; orders that wait: %(orders)s.") % values


def _confirmed(fact: Mapping[str, Any]) -> str:
    day = formats.day(date.fromisoformat(str(fact["on"])))
    return _("The supplier confirmed %(day)s.") % {"day": day}


def _ordered(fact: Mapping[str, Any]) -> str:
    count = int(fact.get("lines", 0))
    return ngettext("Ordered: %(count)s line.", "Ordered: %(count)s lines.", count) % {"count": count}


EVENTS: Mapping[str, Callable[[Mapping[str, Any]], str]] = {
    "purchasing.PurchaseOrdered": _ordered,
    "purchasing.PurchaseConfirmed": _confirmed,
    "purchasing.PurchaseReceived": lambda fact: (
        _("Received: %(quantity)s.") % {"quantity": formats.quantity(Decimal(str(fact.get("quantity", "0"))))}
    ),
    "purchasing.PurchaseCancelled": lambda _fact: _("Called off."),
}


def happened(type_name: str, fact: Mapping[str, Any]) -> str:
    """An event in words; the name of an event nobody has worded yet."""
    say = EVENTS.get(type_name)
    return say(fact) if say else type_name
