"""Production in words: what is next, what happened."""

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from django.utils.functional import Promise as LazyText
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kontor.back.production.queries import SCRAP_REASONS, STATES, Order
from kontor.kernel.ui import formats
from kontor.kernel.ui.shapes import Tone

TONES: Mapping[str, Tone] = {"planned": "neutral", "started": "warn", "finished": "ok", "late": "bad"}
STEPS: Mapping[str, LazyText | str] = {"late": gettext_lazy("Late"), **STATES}


def step_of(row: Mapping[str, Any]) -> str:
    """The state of an order in the list; late before all."""
    return "late" if row["is_late"] else str(row["state"])


def next_words(order: Order) -> tuple[str, str]:
    """What is to be done now, and a note."""
    row = order.row
    if row.state == "finished":
        values = {"good": formats.quantity(row.good_quantity), "all": formats.quantity(row.quantity)}
        return _("Made: %(good)s of %(all)s lie on the shelf. Nothing is left to do.") % values, ""
    if row.state == "cancelled":
        return _("Called off: “%(reason)s”") % {"reason": row.cancel_reason}, ""
    note = _hangs(order)
    days = {
        "start": formats.day(row.planned_start_at, "weekday"),
        "finish": formats.day(row.planned_finish_at, "weekday"),
    }
    if order.is_late:
        return _("This should have been made by %(finish)s. Make it, or move it with a reason.") % days, note
    if row.state == "planned":
        return _("Begins on %(start)s and is to be ready on %(finish)s.") % days, note
    waiting = [step for step in order.steps if step.stopped_at is None]
    if waiting:
        return _("Being made: %(step)s is next. Ready on %(finish)s.") % (
            days | {"step": waiting[0].name}
        ), note
    return _("All steps are reported. Put what was made on the shelf."), note


def _hangs(order: Order) -> str:
    if not order.effect.promises:
        return _("Nothing is promised of it yet.")
    values = {
        "promised": formats.quantity(order.row.promised),
        "all": formats.quantity(order.row.quantity),
        "orders": formats.quantity(order.effect.orders),
    }
    return _("Promised: %(promised)s of %(all)s; orders that wait: %(orders)s.") % values


def _quantity(fact: Mapping[str, Any], key: str) -> str:
    return formats.quantity(Decimal(str(fact.get(key, "0"))))


def _reported(fact: Mapping[str, Any]) -> str:
    values = {
        "step": fact.get("step", ""),
        "good": _quantity(fact, "good"),
        "scrap": _quantity(fact, "scrap"),
        "reason": str(SCRAP_REASONS.get(str(fact.get("reason", "")), "")),
    }
    if values["reason"]:
        return _("%(step)s ended: %(good)s good, %(scrap)s scrap (%(reason)s).") % values
    return _("%(step)s ended: %(good)s good.") % values


EVENTS: Mapping[str, Callable[[Mapping[str, Any]], str]] = {
    "production.ProductionPlanned": lambda fact: (
        _("Planned: %(quantity)s.") % {"quantity": _quantity(fact, "quantity")}
    ),
    "production.ProductionStarted": lambda _fact: _("Begun."),
    "production.StepReported": _reported,
    "production.ProductionFinished": lambda fact: (
        _("Made: %(good)s of %(all)s.") % {"good": _quantity(fact, "good"), "all": _quantity(fact, "planned")}
    ),
    "production.ProductionCancelled": lambda _fact: _("Called off."),
}


def happened(type_name: str, fact: Mapping[str, Any]) -> str:
    """An event in words; the name of an event nobody has worded yet."""
    say = EVENTS.get(type_name)
    return say(fact) if say else type_name
