"""Orders in words: the step an order is at, what each line waits for, what happened. Shared by list and page."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from django.utils.functional import Promise as LazyText
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kontor.back.orderdesk.queries import GOODS, LineState, OrderFile
from kontor.bridge.orders.paying import reason_said
from kontor.bridge.promises.reasons import office_words
from kontor.kernel.ui import formats
from kontor.kernel.ui.shapes import Said, Tone

STEPS: Mapping[str, LazyText] = {
    "placed": gettext_lazy("Being checked"),
    "held": gettext_lazy("Under review"),
    "release": gettext_lazy("To release"),
    "payment": gettext_lazy("Waits for payment"),
    "risk": gettext_lazy("At risk"),
    "open": gettext_lazy("To ship"),
    "goods": gettext_lazy("Waits for goods"),
    "unpaid": gettext_lazy("Shipped, not paid"),
    "done": gettext_lazy("Done"),
    "cancelled": gettext_lazy("Cancelled"),
}
TONES: Mapping[str, Tone] = {
    "held": "bad",
    "release": "warn",
    "payment": "neutral",
    "risk": "bad",
    "open": "warn",
    "goods": "neutral",
    "unpaid": "neutral",
    "done": "ok",
}
# Why an order is kept for a person, in words.
REASONS: Mapping[str, LazyText] = {
    "empty": gettext_lazy("The order has no lines."),
    "article": gettext_lazy("Number, name, unit or quantity of a line do not fit the article."),
    "tax": gettext_lazy("A tax rate is not the one that held when the order was placed."),
    "price": gettext_lazy("A price is not the one of the catalogue when the order was placed."),
    "line": gettext_lazy("An amount is not quantity times price."),
    "promise": gettext_lazy("Nothing is promised for a line."),
    "currency": gettext_lazy("The currency is not the house's own."),
    "shipping": gettext_lazy("The way of shipping is missing or stands there twice."),
    "total": gettext_lazy("The total is not the sum of the lines and their tax."),
}


def step_of(row: Mapping[str, Any]) -> str:
    """The step of an order from its row (state, released_at, payment_method, goods)."""
    if row["state"] != "confirmed":
        return str(row["state"])
    if row["released_at"] is None:
        return "release" if row["payment_method"] == "invoice" else "payment"
    return "unpaid" if row["goods"] is None else GOODS[row["goods"]]


def pay_until_of(row: Mapping[str, Any]) -> Any:
    """Until when an order waits for its payment; None where it waits for none, or for ever."""
    return row["pay_until"] if step_of(row) == "payment" and row["lapses_at"] else None


def step_of_file(file: OrderFile) -> str:
    """The step of an order from its file."""
    order = file.order
    return step_of(
        {
            "state": order.state,
            "released_at": order.released_at,
            "payment_method": order.payment_method,
            "goods": file.goods,
        }
    )


def line_said(line: LineState, step: str) -> Said:
    """What of a line is open, and why."""
    if line.open_quantity <= 0:
        return _settled(line)
    if line.kind != "item":
        return Said("neutral", _("Goes with the first shipment"))
    if step == "placed":
        return Said("neutral", _("Prices and taxes are being checked"))
    if step == "held":
        return Said("bad", _("Nothing ships before the review is settled"))
    if step == "cancelled":
        return Said("neutral", _("Cancelled"))
    if line.is_at_risk:
        return Said("bad", _("At risk: less is there than was promised"))
    if step == "release":
        return Said("warn", _("Waits for release"))
    if step == "payment":
        return Said("neutral", _("Waits for the payment"))
    return _goods_said(line)


def _settled(line: LineState) -> Said:
    if line.returned_quantity > 0:
        came_back = formats.quantity(line.returned_quantity)
        return Said("neutral", _("Shipped; %(quantity)s came back") % {"quantity": came_back})
    if line.delivered_quantity <= 0:
        return Said("neutral", _("Cancelled"))
    if line.cancelled_quantity <= 0:
        return Said("ok", _("Shipped"))
    values = {
        "shipped": formats.quantity(line.delivered_quantity),
        "cancelled": formats.quantity(line.cancelled_quantity),
    }
    return Said("neutral", _("%(shipped)s shipped, %(cancelled)s cancelled") % values)


def _goods_said(line: LineState) -> Said:
    values = {
        "ready": formats.quantity(line.ready_quantity),
        "open": formats.quantity(line.open_quantity),
        "day": formats.day(line.coming_at, "brief") if line.coming_at else "",
        "source": line.source or "",
    }
    if line.ready_quantity >= line.open_quantity:
        return Said("ok", _("%(open)s ready to pick") % values)
    if line.ready_quantity > 0 and line.coming_at:
        return Said("warn", _("%(ready)s of %(open)s ready; the rest comes on %(day)s") % values)
    if line.coming_at and line.source:
        return Said("warn", _("Waits for goods until %(day)s (receipt %(source)s)") % values)
    if line.coming_at:
        return Said("warn", _("Waits for goods until %(day)s") % values)
    return Said("bad", _("%(ready)s of %(open)s ready; nothing is planned for the rest") % values)


def _plain(text: LazyText) -> Callable[[Mapping[str, Any]], str]:
    return lambda fact: str(text) % {key: value for key, value in fact.items() if isinstance(value, str)}


def _held(fact: Mapping[str, Any]) -> str:
    reasons = [str(REASONS.get(reason, reason)) for reason in fact.get("reasons", ())]
    return " ".join([_("Put under review."), *reasons])


def _cancelled(fact: Mapping[str, Any]) -> str:
    return _("Cancelled: “%(reason)s”") % {"reason": reason_said(str(fact.get("reason", "")))}


def _moved(fact: Mapping[str, Any]) -> str:
    values = {
        "was": formats.day(date.fromisoformat(str(fact["was_on"]))) if fact.get("was_on") else "–",
        "now": formats.day(date.fromisoformat(str(fact["promised_on"]))),
    }
    reason = str(fact.get("reason", ""))
    if not office_words(reason):
        return _("Promised day moved from %(was)s to %(now)s.") % values
    values["reason"] = office_words(reason)
    return _("Promised day moved from %(was)s to %(now)s: %(reason)s.") % values


EVENTS: Mapping[str, Callable[[Mapping[str, Any]], str]] = {
    "orders.OrderPlaced": _plain(gettext_lazy("Order placed.")),
    "orders.OrderConfirmed": _plain(gettext_lazy("Prices, taxes and total are right: order confirmed.")),
    "orders.OrderHeld": _held,
    "orders.OrderAccepted": _plain(gettext_lazy("Accepted as placed: “%(reason)s”")),
    "orders.OrderReleased": _plain(gettext_lazy("Released for picking and shipping.")),
    "orders.OrderCancelled": _cancelled,
    "orders.PaymentReminded": _plain(gettext_lazy("Customer reminded of the payment.")),
    "orders.OrderRestCancelled": _plain(gettext_lazy("Rest cancelled: “%(reason)s”")),
    "invoicing.ChargesCancelled": _plain(gettext_lazy("What was not delivered will not be billed any more.")),
    "orders.PromiseDateMoved": _moved,
    "orders.OrderPaid": _plain(gettext_lazy("Everything billed is paid.")),
    "logistics.GoodsShipped": _plain(gettext_lazy("Goods shipped.")),
    "logistics.GoodsDelivered": _plain(gettext_lazy("Goods delivered.")),
    "warehouse.GoodsReturned": _plain(gettext_lazy("Goods came back.")),
}


def happened(type_name: str, fact: Mapping[str, Any]) -> str:
    """An event in words; the name of an event nobody has worded yet."""
    say = EVENTS.get(type_name)
    return say(fact) if say else type_name
