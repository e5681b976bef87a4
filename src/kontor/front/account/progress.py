"""How far an order is, in the customer's words: a few safe steps, never what is behind them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from kontor.bridge.progress.window import Window
from kontor.front.account.queries import Paper, Step
from kontor.kernel.house import house_zone
from kontor.kernel.ui import formats
from kontor.kernel.ui.shapes import MilestoneRow, Tone

_STATES: dict[str, Tone] = {
    "placed": "neutral",
    "held": "warn",
    "confirmed": "ok",
    "done": "ok",
    "cancelled": "bad",
}


@dataclass(frozen=True, slots=True)
class Pieces:
    """How many pieces an order is to bring, how many have left, and how many are there."""

    wanted: Decimal
    shipped: Decimal
    delivered: Decimal

    @property
    def have_left(self) -> bool:
        """None is left to ship."""
        return 0 < self.wanted <= self.shipped


def state_words(state: str, pieces: Pieces, *, is_travelling: bool, is_late: bool) -> tuple[str, Tone]:
    """The state of an order as customers read it, and its tone: where the goods are counts before the books."""
    if is_travelling:
        return _("On its way"), "warn" if is_late else "ok"
    if state == "confirmed" and pieces.shipped:
        if not pieces.have_left:
            return _("Partly shipped"), "ok"
        return (_("Delivered") if pieces.delivered >= pieces.wanted else _("Shipped")), "ok"
    words = {
        "placed": _("Received"),
        "held": _("Being checked"),
        "confirmed": _("Confirmed"),
        "done": _("Complete"),
        "cancelled": _("Cancelled"),
    }
    return words.get(state, state), _STATES.get(state, "neutral")


def rest_words(
    line: Any, steps: Mapping[str, Step], window: Window, arrives_on: date | None, today: date
) -> tuple[str, str]:
    """How many of a line have left, and what the rest waits for since when; empty where all or nothing has."""
    whole = line.quantity - line.cancelled_quantity
    if not 0 < line.delivered_quantity < whole:
        return "", ""
    part = _("%(shipped)s of %(whole)s shipped") % {
        "shipped": formats.quantity(line.delivered_quantity),
        "whole": formats.quantity(whole),
    }
    since = formats.day(steps["shipped"].at, "brief") if "shipped" in steps else ""
    step = window.next_step
    if window.is_late:
        words = _("The rest is late: a new day follows.")
    elif step is not None:
        day = formats.day(step.planned_at, "brief")
        words = _("The rest waits for: %(step)s (%(day)s).") % {"step": step.title, "day": day}
    elif arrives_on is not None and arrives_on >= today:
        words = _("The rest is being packed and is with you by %(day)s.") % {
            "day": formats.day(arrives_on, "brief")
        }
    else:
        words = _("The rest is being packed.")
    return part, f"{words} {_('Since %(day)s.') % {'day': since}}" if since else words


def timeline(
    order: Any,
    steps: Mapping[str, Step],
    pieces: Decimal,
    *,
    arrives_on: date | None,
    window: Window,
    at: datetime,
) -> list[MilestoneRow]:
    """The way of an order: what is reached, what is next, how the goods come about, and the day it arrives."""
    if order.state == "cancelled":
        return [
            MilestoneRow(_("Received"), "done", order.placed_at),
            MilestoneRow(
                _("Cancelled"), "done", order.cancelled_at, _("Nothing more will be delivered or billed.")
            ),
        ]
    in_advance = order.payment_method != "invoice"
    rows = [
        (_("Received"), order.placed_at, ""),
        (
            _("Confirmed"),
            order.confirmed_at,
            _("We are looking at it in person.") if order.state == "held" else "",
        ),
        *([(_("Paid"), order.paid_at, "")] if in_advance else []),
        (_("Shipped"), *_reached(steps.get("shipped"), pieces)),
        (_("Delivered"), *_reached(steps.get("delivered"), pieces)),
        *([] if in_advance else [(_("Paid"), order.paid_at, "")]),
    ]
    shown = _in_order(rows, None if window.is_late else arrives_on, at.astimezone(house_zone()).date())
    making = window.rows(at)
    place = next(place for place, row in enumerate(shown) if row.title == _("Shipped"))
    packing = (
        [MilestoneRow(_("Being packed"), "current", window.packing_since)] if window.packing_since else []
    )
    if packing:
        shown = _not_yet(shown, place)
    if not making:
        return [*shown[:place], *packing, *shown[place:]]
    # What is built or awaited stands before what leaves; while it is, nothing else is "next".
    if any(row.state != "done" for row in making):
        shown = _not_yet(shown, place)
        making = _with_next(making)
    return [*shown[:place], *making, *packing, *shown[place:]]


def _not_yet(rows: list[MilestoneRow], place: int) -> list[MilestoneRow]:
    """From this place on nothing is the step of now."""
    return [
        replace(row, state="planned") if row.state == "current" and nth >= place else row
        for nth, row in enumerate(rows)
    ]


def after_return(steps: Mapping[str, Step], papers: Sequence[Paper]) -> list[MilestoneRow]:
    """What was sent back, and the credit note for it where it was billed."""
    returned = steps.get("returned")
    if returned is None:
        return []
    pieces = _("%(count)s of the goods") % {"count": formats.quantity(returned.quantity)}
    rows = [MilestoneRow(_("Your return is here"), "done", returned.at, pieces)]
    notes = [p.issued_at for p in papers if p.kind == "credit_note" and p.issued_at >= returned.at]
    if notes:
        return [*rows, MilestoneRow(_("Credit note"), "done", max(notes))]
    if "invoiced" not in steps:
        return rows
    words = _("Our accounting writes it and sends it to you by mail.")
    return [*rows, MilestoneRow(_("Credit note"), "current", None, words)]


def _with_next(making: list[MilestoneRow]) -> list[MilestoneRow]:
    """The first step that is not reached is the one that is being worked on."""
    first = next(place for place, row in enumerate(making) if row.state != "done")
    row = making[first]
    return [
        *making[:first],
        replace(row, state="current" if row.state == "planned" else row.state),
        *making[first + 1 :],
    ]


def _reached(step: Step | None, pieces: Decimal) -> tuple[datetime | None, str]:
    """When all pieces were there; part of them is a note and not yet the step."""
    if step is None:
        return None, ""
    if step.quantity >= pieces:
        return step.at, ""
    words = _("%(some)s of %(all)s pieces so far")
    return None, words % {"some": f"{step.quantity.normalize():f}", "all": f"{pieces.normalize():f}"}


def _in_order(
    rows: list[tuple[str, datetime | None, str]], promised_on: date | None, today: date
) -> list[MilestoneRow]:
    shown, is_next = [], True
    for title, at, note in rows:
        if at is not None:
            shown.append(MilestoneRow(title, "done", at, note))
            continue
        when = promised_on if title == _("Delivered") else None
        is_late = when is not None and when < today
        state = "late" if is_late else "current" if is_next else "planned"
        shown.append(MilestoneRow(title, state, when, note))  # type: ignore[arg-type]  # one of four words
        is_next = False
    return shown
