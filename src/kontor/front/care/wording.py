"""Orders in the words of the counter: how each stands, what is missing, since when, what comes next."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.functional import Promise as LazyText
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from kontor.bridge.orders.condition import Condition, if_started, terms_of
from kontor.bridge.orders.paying import reason_said, waiting_said
from kontor.bridge.progress.window import Window
from kontor.bridge.promises.reasons import customer_words
from kontor.front.care.queries import Happening, Line, OpenOrder
from kontor.kernel.house import house_zone
from kontor.kernel.ui import formats
from kontor.kernel.ui.shapes import Said, Tone

STEPS: Mapping[str, tuple[LazyText, Tone]] = {
    "placed": (gettext_lazy("Being checked"), "neutral"),
    "held": (gettext_lazy("Under review"), "bad"),
    "release": (gettext_lazy("Waits for release"), "warn"),
    "payment": (gettext_lazy("Waits for payment"), "warn"),
    "risk": (gettext_lazy("At risk"), "bad"),
    "goods": (gettext_lazy("Waits for goods"), "warn"),
    "partly": (gettext_lazy("Partly shipped"), "warn"),
    "pick": (gettext_lazy("Ready to leave"), "ok"),
    "travelling": (gettext_lazy("On its way"), "ok"),
    "overdue": (gettext_lazy("Overdue"), "bad"),
    "unpaid": (gettext_lazy("Shipped, not paid"), "neutral"),
    "confirmed": (gettext_lazy("Confirmed"), "ok"),
    "done": (gettext_lazy("Done"), "ok"),
    "cancelled": (gettext_lazy("Cancelled"), "neutral"),
}
ON_ITS_WAY = ("travelling", "overdue")
"""Everything has left, and not all of it is noted as delivered."""
CHANNELS: Mapping[str, LazyText] = {
    "web": gettext_lazy("Online shop"),
    "phone": gettext_lazy("Phone"),
    "import": gettext_lazy("Import"),
}
PAYMENTS: Mapping[str, LazyText] = {
    "invoice": gettext_lazy("Invoice"),
    "prepayment": gettext_lazy("Prepayment"),
    "provider": gettext_lazy("Online payment"),
}
PAID_WITH: Mapping[str, LazyText] = {
    "transfer": gettext_lazy("Bank transfer"),
    "provider": gettext_lazy("Online payment"),
    "cash": gettext_lazy("Cash"),
}
PAPERS: Mapping[str, LazyText] = {
    "confirmation": gettext_lazy("Order confirmation"),
    "invoice": gettext_lazy("Invoice"),
    "credit_note": gettext_lazy("Credit note"),
    "delivery_note": gettext_lazy("Delivery note"),
    "label": gettext_lazy("Parcel label"),
}


@dataclass(frozen=True, slots=True)
class Standing:
    """How an order stands: step, what is missing, since when, when goods arrive; what is next, how the day moved.

    ``condition`` says by when what it waits for must have happened for the day to hold.
    """

    step: str
    label: str
    tone: Tone
    missing: str
    since: datetime | None
    arrives_on: date | None
    is_late: bool
    next: str = ""
    moved: str = ""
    condition: str = ""


def step_of(order: OpenOrder, today: date) -> str:
    """The step an order is at. What has left is on its way until it is delivered, paid or not."""
    has_left = order.state == "done" or (order.state == "confirmed" and order.open_quantity <= 0)
    if has_left and order.window.is_travelling(today):
        is_overdue = order.promised_on is not None and order.promised_on < today
        return "overdue" if is_overdue else "travelling"
    if order.state != "confirmed":
        return order.state
    if has_left:
        return "unpaid"
    if order.released_at is None:
        return "release" if order.payment_method == "invoice" else "payment"
    if order.is_at_risk:
        return "risk"
    if order.delivered_quantity > 0:
        return "partly"
    return "pick" if order.ready_quantity >= order.open_quantity else "goods"


def state_said(state: str, *, is_travelling: bool = False) -> Said:
    """The state of an order where no more is known of it than whether it is still on its way."""
    label, tone = STEPS["travelling" if is_travelling else state]
    return Said(tone, str(label))


def standing(order: OpenOrder, today: date) -> Standing:
    """How an order stands today."""
    step = step_of(order, today)
    label, tone = STEPS[step]
    is_open = order.state == "confirmed" and order.open_quantity > 0 and order.released_at is not None
    is_moving = is_open or step in ON_ITS_WAY
    window = order.window if is_moving else Window()
    # What it waits for is late, and nobody has named a new day: the promised one does not hold.
    has_no_day = is_open and (window.is_late or order.is_overdue)
    is_late = bool(is_moving and (has_no_day or (order.promised_on and order.promised_on < today)))
    # Nothing leaves before it is released or paid: until then its day holds under a condition.
    waits = _condition(order, today) if step in ("release", "payment") else None
    if step == "goods" and any(row.step == "production" and row.reached_at for row in window.making):
        label = gettext_lazy("Being built")
    if step == "pick" and window.packing_since:
        label = gettext_lazy("Being packed")
    return Standing(
        step=step,
        label=str(label),
        tone="bad" if is_late else tone,
        missing=_missing(order, step),
        since=_since(order, step),
        arrives_on=waits.day if waits else order.promised_on if is_moving and not has_no_day else None,
        is_late=is_late,
        next=_held_no_more(order)
        if has_no_day
        else waiting_said(order)
        if step == "payment"
        else _next(window, today),
        moved=moved_said(window),
        condition=_condition_said(waits, step) if waits else "",
    )


def _condition(order: OpenOrder, today: date) -> Condition | None:
    if order.promised_on is None:
        return None
    terms = terms_of(order.transit_days)
    return if_started(today, promised_on=order.promised_on, terms=terms, payment_method=order.payment_method)


def _condition_said(waits: Condition, step: str) -> str:
    values = {"day": formats.day(waits.until, "brief")}
    if step == "payment":
        return _("if it is paid by %(day)s") % values
    return _("if it is released by %(day)s") % values


def moved_said(window: Window) -> str:
    """How the promised day moved last, and why; empty where it never did."""
    move = window.last_move
    if move is None:
        return ""
    values = {
        "on": formats.day(move.at),
        "was": formats.day(move.was_on),
        "day": formats.day(move.promised_on),
        "why": move.words,
    }
    if move.was_on is None:
        return _("Since %(on)s there is a day, %(day)s: %(why)s") % values
    return _("Moved on %(on)s from %(was)s to %(day)s: %(why)s") % values


def _held_no_more(order: OpenOrder) -> str:
    if order.promised_on is None:
        return _("Late: a new day follows")
    return _("Promised was %(day)s; that day no longer holds.") % {"day": formats.day(order.promised_on)}


def _next(window: Window, today: date) -> str:
    step = window.next_step
    if step is None:
        return ""
    if step.planned_at is not None and step.planned_at.astimezone(house_zone()).date() < today:
        return _("Next: %(step)s, has not begun yet") % {"step": step.title}
    values = {"step": step.title, "day": formats.day(step.planned_at, "brief")}
    return _("Next: %(step)s, planned for %(day)s") % values


def _missing(order: OpenOrder, step: str) -> str:
    if step == "payment":
        amount = formats.money(order.gross_amount, order.currency)
        return _("The goods leave as soon as %(amount)s have come in.") % {"amount": amount}
    if step in ("goods", "partly"):
        return f"{_part_said(order)} {_goods_missing(order)}".strip()
    words = {
        "placed": _("Prices and taxes are being checked. That takes a moment."),
        "held": _("Something is not as the catalogue has it: order administration looks at it."),
        "release": _("The amount is above what is released by itself: order administration releases it."),
        "risk": _("Less is there than was promised. Order administration decides who gets what."),
        "pick": _("Taken from the shelf; it is being packed.")
        if order.window.packing_since
        else _("Everything is there and ready to be picked and packed."),
        "travelling": _("Everything has left the house and is on its way."),
        "unpaid": _("Everything is shipped. The invoice is not paid yet."),
        "done": _("Everything is delivered and paid."),
    }
    if step == "done" and order.window.travelling_since:
        return _("Everything is shipped and paid. Its delivery was never noted.")
    if step == "overdue":
        words["overdue"] = _(
            "Everything left on %(on)s, and no delivery is noted: ask where the parcel is."
        ) % {"on": formats.day(order.window.travelling_since)}
    said = words.get(step, "")
    if step in ON_ITS_WAY and order.paid_at is None:
        said = f"{said} {_('The invoice is not paid yet.')}"
    return said


def _part_said(order: OpenOrder) -> str:
    if order.delivered_quantity <= 0:
        return ""
    return _("%(shipped)s of %(whole)s pieces have left.") % {
        "shipped": formats.quantity(order.delivered_quantity),
        "whole": formats.quantity(order.delivered_quantity + order.open_quantity),
    }


def _goods_missing(order: OpenOrder) -> str:
    missing = order.open_quantity - order.ready_quantity
    if missing <= 0:
        return _("The rest is there and ready to be picked and packed.")
    values = {"count": formats.quantity(missing), "day": formats.day(order.coming_at, "brief")}
    if order.is_overdue:
        text = ngettext(
            "%(count)s piece is missing and late: a new day follows.",
            "%(count)s pieces are missing and late: a new day follows.",
            int(missing),
        )
    elif order.coming_at:
        text = ngettext(
            "%(count)s piece is missing until %(day)s",
            "%(count)s pieces are missing until %(day)s",
            int(missing),
        )
    else:
        text = ngettext(
            "%(count)s piece is missing, and nothing is planned for it.",
            "%(count)s pieces are missing, and nothing is planned for them.",
            int(missing),
        )
    return text % values


def _since(order: OpenOrder, step: str) -> datetime | None:
    if step in ("placed", "held"):
        return order.placed_at
    if step in ("release", "payment"):
        return order.confirmed_at
    if step in ON_ITS_WAY:
        return order.window.travelling_since
    if step in ("partly", "unpaid"):
        return order.moved_at
    begun = [row.reached_at for row in order.window.making if row.reached_at]
    if step == "goods" and begun:
        return max(begun)
    if step == "pick" and order.window.packing_since:
        return order.window.packing_since
    return order.released_at if order.state == "confirmed" else None


def line_said(line: Line, step: str) -> Said:
    """How a line stands, in words."""
    if line.open_quantity <= 0:
        return _settled(line)
    if line.kind != "item":
        return Said("neutral", _("Goes with the first parcel"))
    if step in ("placed", "held", "release", "payment", "cancelled"):
        return Said(STEPS[step][1], str(STEPS[step][0]))
    if line.delivered_quantity > 0:
        return Said("bad" if line.is_at_risk or line.is_overdue else "warn", _part_of_line(line))
    if line.is_at_risk:
        return Said("bad", _("At risk: less is there than was promised"))
    values = {
        "ready": formats.quantity(line.ready_quantity),
        "open": formats.quantity(line.open_quantity),
        "day": formats.day(line.coming_at, "brief"),
    }
    if line.ready_quantity >= line.open_quantity:
        return Said("ok", _("There, ready to be packed"))
    if line.is_overdue:
        return Said("bad", _("%(ready)s of %(open)s there; the rest is late") % values)
    if line.coming_at:
        return Said("warn", _("%(ready)s of %(open)s there; the rest comes in on %(day)s") % values)
    return Said("bad", _("%(ready)s of %(open)s there; nothing is planned for the rest") % values)


def rest_said(line: Line, since: datetime | None) -> str:
    """What the rest of a line waits for, of which part has left, and since when; empty for any other line."""
    if line.kind != "item" or line.delivered_quantity <= 0 or line.open_quantity <= 0:
        return ""
    if line.is_at_risk:
        words = _("The rest is at risk: less is there than was promised")
    elif line.ready_quantity >= line.open_quantity:
        words = _("The rest is there, ready to be packed")
    elif line.is_overdue:
        words = _("The rest waits for goods that are late: a new day follows")
    elif line.coming_at:
        words = _("The rest waits for goods that come in on %(day)s") % {
            "day": formats.day(line.coming_at, "brief")
        }
    else:
        words = _("The rest waits for goods, and nothing is planned for it")
    return f"{words} · {_('since %(day)s') % {'day': formats.day(since, 'brief')}}" if since else words


def _part_of_line(line: Line) -> str:
    return _("%(shipped)s of %(whole)s shipped") % {
        "shipped": formats.quantity(line.delivered_quantity),
        "whole": formats.quantity(line.delivered_quantity + line.open_quantity),
    }


def _settled(line: Line) -> Said:
    if line.returned_quantity > 0:
        values = {"quantity": formats.quantity(line.returned_quantity)}
        return Said("neutral", _("Shipped; %(quantity)s came back") % values)
    if line.delivered_quantity <= 0:
        return Said("neutral", _("Cancelled"))
    if line.cancelled_quantity <= 0:
        return Said("ok", _("Shipped"))
    values = {
        "shipped": formats.quantity(line.delivered_quantity),
        "cancelled": formats.quantity(line.cancelled_quantity),
    }
    return Said("neutral", _("%(shipped)s shipped, %(cancelled)s cancelled") % values)


_FIELDS: Mapping[str, LazyText] = {
    "kind": gettext_lazy("person or organisation"),
    "given_name": gettext_lazy("first name"),
    "family_name": gettext_lazy("family name"),
    "organisation": gettext_lazy("organisation"),
    "email": gettext_lazy("e-mail"),
    "phone": gettext_lazy("phone"),
    "language": gettext_lazy("language"),
    "vat_id": gettext_lazy("VAT ID"),
    "address": gettext_lazy("address"),
}


def _changed(fact: Mapping[str, Any]) -> str:
    names = ", ".join(str(_FIELDS.get(name, name)) for name in fact.get("fields", ()))
    return _("Changed: %(names)s.") % {"names": names}


def _plain(text: LazyText) -> Callable[[Mapping[str, Any]], str]:
    return lambda fact: str(text) % {key: value for key, value in fact.items() if isinstance(value, str)}


def _cancelled(fact: Mapping[str, Any]) -> str:
    return _("Cancelled: “%(reason)s”") % {"reason": reason_said(str(fact.get("reason") or ""))}


def _moved_day(fact: Mapping[str, Any]) -> str:
    was_on, promised_on = fact.get("was_on"), fact.get("promised_on")
    values = {
        "was": formats.day(date.fromisoformat(was_on)) if was_on else "–",
        "day": formats.day(date.fromisoformat(promised_on)) if promised_on else "–",
        "why": customer_words(str(fact.get("reason") or "")),
    }
    return (_("Promised day moved from %(was)s to %(day)s. %(why)s") % values).strip()


EVENTS: Mapping[str, Callable[[Mapping[str, Any]], str]] = {
    "parties.PartyCreated": _plain(gettext_lazy("Customer added.")),
    "parties.PartyChanged": _changed,
    "orders.OrderPlaced": _plain(gettext_lazy("Order placed.")),
    "orders.OrderConfirmed": _plain(gettext_lazy("Order confirmed.")),
    "orders.OrderHeld": _plain(gettext_lazy("Put under review.")),
    "orders.OrderAccepted": _plain(gettext_lazy("Accepted as placed: “%(reason)s”")),
    "orders.PromiseDateMoved": _moved_day,
    "orders.OrderReleased": _plain(gettext_lazy("Released for picking and shipping.")),
    "orders.OrderCancelled": _cancelled,
    "orders.PaymentReminded": _plain(gettext_lazy("Customer reminded of the payment.")),
    "orders.OrderRestCancelled": _plain(gettext_lazy("Rest cancelled: “%(reason)s”")),
    "orders.OrderPaid": _plain(gettext_lazy("Everything billed is paid.")),
    "logistics.GoodsShipped": _plain(gettext_lazy("Goods shipped.")),
    "logistics.GoodsDelivered": _plain(gettext_lazy("Goods delivered.")),
    "warehouse.GoodsReturned": _plain(gettext_lazy("Goods came back.")),
    "care.ConfirmationAsked": _plain(gettext_lazy("Confirmation sent once more.")),
}
_ACTORS: Mapping[str, LazyText] = {
    "customer": gettext_lazy("the customer"),
    "visitor": gettext_lazy("the customer"),
}


def happened(event: Happening) -> str:
    """An event in words."""
    return EVENTS[event.type](event.fact)


def who_did(event: Happening) -> str:
    """Who did it: a name, the customer, or nobody where the house did it by itself."""
    return event.actor_name if event.actor_kind == "staff" else str(_ACTORS.get(event.actor_kind, ""))
