"""The page of one order, put together: state and next step on top, lines with their reasons, side facts, history."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from kontor.back.orderdesk import queries
from kontor.back.orderdesk.actions import ACCEPTABLE
from kontor.back.orderdesk.forms import ReasonForm
from kontor.back.orderdesk.queries import LineState, OrderFile
from kontor.back.orderdesk.wording import REASONS, STEPS, TONES, happened, line_said, step_of_file
from kontor.bridge.orders.paying import reason_said, waiting_said
from kontor.bridge.orders.queries import amount_of
from kontor.kernel.actor.identity import Actor
from kontor.kernel.ui import formats
from kontor.kernel.ui.shapes import Said


@dataclass(frozen=True, slots=True)
class NextStep:
    """What is to be done now, in words, and where."""

    words: str
    note: str = ""
    label: str = ""
    url: str = ""
    posts_id: bool = False
    opens: str = ""
    icon: str = ""


@dataclass(frozen=True, slots=True)
class LineRow:
    """A line as the page shows it."""

    line: LineState
    said: Said
    stock_url: str


@dataclass(frozen=True, slots=True)
class Rest:
    """What is left to deliver of an order of which part has left: lines with amounts, tax included."""

    lines: list[tuple[LineState, Decimal]]
    total: Decimal
    is_billed: bool


@dataclass(frozen=True, slots=True)
class Happened:
    """One entry of the history."""

    at: Any
    text: str
    who: str


@dataclass(frozen=True, slots=True)
class Paper:
    """An invoice, a credit note or a payment beside the order."""

    label: str
    amount: Any
    currency: str
    on: Any
    url: str


def order_context(file: OrderFile, actor: Actor) -> dict[str, Any]:
    """Everything the template of one order asks for."""
    step = step_of_file(file)
    order = file.order
    has_left = any(line.delivered_quantity for line in file.lines)
    may_cancel = actor.has("orders.cancel") and order.state in ("placed", "held", "confirmed")
    return {
        "order": order,
        "step": str(STEPS[step]),
        "tone": TONES.get(step, "neutral"),
        "next": _next_step(file, step, actor),
        "reasons": [str(REASONS.get(reason, reason)) for reason in file.reasons],
        "lines": [LineRow(line, line_said(line, step), _stock_url(line, actor)) for line in file.lines],
        "shipments": file.shipments,
        "shipment_links": actor.has("logistics.read"),
        "papers": [_paper(row) for row in file.papers],
        "history": [Happened(row.at, happened(row.type, row.fact), row.actor_name) for row in file.history],
        "channel": str(queries.CHANNELS.get(order.channel, order.channel)),
        "payment_method": str(queries.PAYMENT_METHODS.get(order.payment_method, order.payment_method)),
        "may_cancel": may_cancel and not has_left,
        "rest": _rest(file) if may_cancel and has_left else None,
        "cancelled_amount": file.cancelled_amount if has_left else None,
        "may_accept": actor.has("orders.release") and step == "held" and set(file.reasons) <= ACCEPTABLE,
        "may_release": actor.has("orders.release") and step in ("release", "payment"),
        "return_url": _return_url(file, actor),
        "cancel_form": ReasonForm(auto_id="cancel_%s"),
        "rest_form": ReasonForm(auto_id="rest_%s"),
        "accept_form": ReasonForm(auto_id="accept_%s"),
    }


def _next_step(file: OrderFile, step: str, actor: Actor) -> NextStep:
    order = file.order
    if step == "held":
        return NextStep(
            _("This order is not as the catalogue has it. Nothing ships before a person has looked at it."),
            opens="accept" if actor.has("orders.release") and set(file.reasons) <= ACCEPTABLE else "",
            label=_("Accept as placed"),
            icon="circle-check",
        )
    if step == "release":
        return NextStep(
            _("The amount is above what is released by itself. Release the order, or cancel it."),
            label=_("Release") if actor.has("orders.release") else "",
            url=reverse("orders:release"),
            posts_id=True,
            icon="circle-check",
        )
    if step == "payment":
        return NextStep(
            _("The goods are promised. They leave as soon as %(amount)s have come in.")
            % {"amount": formats.money(order.gross_amount, order.currency)},
            waiting_said(order),
        )
    if step in ("open", "goods", "risk"):
        return _shipping_step(file, actor)
    words = {
        "placed": _("Kontor is checking prices, taxes and total of this order. That takes a moment."),
        "unpaid": _("Everything is shipped. What is billed is not paid in full yet."),
        "done": _("Everything is shipped and paid. Nothing is left to do here."),
        "cancelled": _("Cancelled: “%(reason)s”") % {"reason": reason_said(order.cancel_reason)},
    }
    return NextStep(words[step])


def _shipping_step(file: OrderFile, actor: Actor) -> NextStep:
    ready, still_open = file.ready_lines, file.open_lines
    label = _("Ship") if actor.has("logistics.ship") and ready else ""
    url = reverse("logistics:ship", args=[file.order.number]) if label else ""
    if ready and all(line.ready_quantity >= line.open_quantity for line in still_open):
        return NextStep(
            _("Everything is on the shelf: ready to pick and ship."), label=label, url=url, icon="truck"
        )
    dates = [line.coming_at for line in still_open if line.coming_at]
    coming = formats.day(max(dates), "weekday") if dates else ""
    if ready:
        words = _("Part of it is on the shelf. It can go now, or wait for the rest.")
        return NextStep(
            words, _comes(coming), label=_("Ship what is there") if label else "", url=url, icon="truck"
        )
    return NextStep(_("Waits for goods. Nothing of it is on the shelf."), _comes(coming))


def _comes(day: str) -> str:
    return (
        _("The rest is planned for %(day)s.") % {"day": day} if day else _("Nothing is planned for the rest.")
    )


def _rest(file: OrderFile) -> Rest | None:
    lines = [(line, amount_of(line, line.open_quantity)) for line in file.open_lines]
    total = sum((amount for _line, amount in lines), Decimal(0))
    return Rest(lines, total, file.order.payment_method != "invoice") if lines else None


def _stock_url(line: LineState, actor: Actor) -> str:
    if line.kind != "item" or not actor.has("warehouse.read"):
        return ""
    return reverse("warehouse:article", args=[line.number])


def _return_url(file: OrderFile, actor: Actor) -> str:
    is_returnable = any(
        line.delivered_quantity > line.returned_quantity for line in file.lines if line.kind == "item"
    )
    if not is_returnable or not actor.has("warehouse.receive"):
        return ""
    return reverse("warehouse:return", args=[file.order.number])


def _paper(row: Any) -> Paper:
    if row.source == "payment":
        label = _("Payment")
        url = ""
    else:
        label = f"{_('Credit note') if row.kind == 'credit_note' else _('Invoice')} {row.number}"
        url = _invoice_url(row.number)
    return Paper(label, row.amount, row.currency, row.on_day, url)


def _invoice_url(number: str) -> str:
    try:
        return reverse("invoicing:detail", args=[number])
    except NoReverseMatch:  # the room has no pages on this plane
        return ""
