"""The pages of the counter, put together: a customer with all they have, one order with what is missing."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from urllib.parse import quote
from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from kontor.bridge.orders.condition import terms_of
from kontor.bridge.orders.paying import reason_said
from kontor.bridge.orders.queries import amount_of
from kontor.bridge.parties.finding import PartyCard
from kontor.bridge.progress.window import Window, why_this_day
from kontor.front.care import queries
from kontor.front.care.forms import ReasonForm
from kontor.front.care.queries import Happening, Line, OpenOrder, OrderFile
from kontor.front.care.wording import (
    CHANNELS,
    EVENTS,
    ON_ITS_WAY,
    PAID_WITH,
    PAPERS,
    PAYMENTS,
    Standing,
    happened,
    line_said,
    rest_said,
    standing,
    state_said,
    who_did,
)
from kontor.kernel.actor.identity import Actor
from kontor.kernel.house import house_zone
from kontor.kernel.ids import uuid7
from kontor.kernel.membrane.topics import signed_topic
from kontor.kernel.money import Money, split_gross
from kontor.kernel.ui import formats
from kontor.kernel.ui.shapes import MilestoneRow, MilestoneState, PageLinks, Said, SumRow, Tone, WhyStep

TOLD = tuple(EVENTS)
_NO_ID = UUID(int=0)


@dataclass(frozen=True, slots=True)
class OpenRow:
    """An unfinished order with how it stands."""

    order: OpenOrder
    standing: Standing
    more_items: int
    url: str


@dataclass(frozen=True, slots=True)
class OrderRow:
    """An order of the list of all orders."""

    order: Any
    said: Said
    channel: str
    url: str


@dataclass(frozen=True, slots=True)
class PaperRow:
    """A document; ``url`` downloads it."""

    label: str
    number: str
    order_number: str
    on: datetime
    url: str
    order_url: str


@dataclass(frozen=True, slots=True)
class HistoryRow:
    """An entry of the history; ``url`` leads to the order it is about, empty for what the page itself is about."""

    at: datetime
    text: str
    who: str
    subject: str
    url: str


@dataclass(frozen=True, slots=True)
class LineRow:
    """A line of an order with how it stands."""

    line: Line
    said: Said
    rest: str = ""


@dataclass(frozen=True, slots=True)
class Rest:
    """What is left to deliver of an order of which part has left: lines with amounts, tax included."""

    lines: list[tuple[Line, Decimal]]
    total: Decimal
    is_billed: bool


class Links:
    """Addresses of orders and papers: two look-ups a page, however many rows it has."""

    def __init__(self) -> None:
        self._order = reverse("care:order", args=["0"]).removesuffix("0/")
        self._paper = reverse("care:document", args=[_NO_ID]).removesuffix(f"{_NO_ID}/")

    def order(self, number: str) -> str:
        """The page of an order."""
        return f"{self._order}{quote(number, safe='')}/"

    def paper(self, document_id: UUID) -> str:
        """The file of a paper."""
        return f"{self._paper}{document_id}/"


def today(at: datetime) -> date:
    """The day it is in the house."""
    return at.astimezone(house_zone()).date()


def home_context(at: datetime) -> dict[str, Any]:
    """What the counter shows before anybody is being served. Two statements."""
    on = today(at)
    waiting = [
        (row, Said("bad", str(state_said("held").text)) if row.state == "held" else Said("bad", _("Late")))
        for row in queries.waiting_orders(on)
    ]
    latest = [
        (
            row,
            state_said(
                row.state, is_travelling=Window(travelling_since=row.travelling_since).is_travelling(on)
            ),
        )
        for row in queries.latest_orders()
    ]
    return {"waiting": waiting, "latest": latest}


def customer_context(
    card: PartyCard, *, actor: Actor, at: datetime, orders_before: str, papers_before: str
) -> dict[str, Any]:
    """Everything the page of one customer asks for. Five statements."""
    on = today(at)
    sees_orders = actor.has("orders.read")
    context: dict[str, Any] = {
        "party": card,
        "may_write": actor.has("customers.write") and card.erased_at is None,
        "may_order": actor.has("orders.place") and card.erased_at is None,
        "history": history(queries.history_of_party(card.id, TOLD), own=card.number),
        "sees_orders": sees_orders,
    }
    if not sees_orders:
        return context
    to = Links()
    orders, more_orders = queries.orders_page(card.id, queries.Cursor.read(orders_before))
    open_rows = {order.id: _open_row(order, on, to) for order in queries.open_orders(card.id, on)}
    papers, more_papers = queries.documents_of_party(card.id, queries.Cursor.read(papers_before))
    return context | {
        "sums": queries.order_sums(card.id),
        "live_url": _live_url(card.id),
        "open_orders": list(open_rows.values()),
        "orders": [
            OrderRow(
                row,
                _said_of(row, open_rows.get(row.id)),
                str(CHANNELS.get(row.channel, row.channel)),
                to.order(row.number),
            )
            for row in orders
        ],
        "order_pages": _pages("orders", more_orders, orders_before),
        "papers": [_paper(row, row.order_number or "", to) for row in papers],
        "paper_pages": _pages("papers", more_papers, papers_before),
    }


def order_context(file: OrderFile, *, actor: Actor, at: datetime) -> dict[str, Any]:
    """Everything the page of one order asks for."""
    order, on = file.order, today(at)
    now = standing(file.as_open(), on)
    is_open = order.state in ("placed", "held", "confirmed")
    is_watched = is_open or now.step in ON_ITS_WAY
    has_left = any(line.delivered_quantity for line in file.lines)
    may_cancel = actor.has("orders.cancel") and is_open
    return {
        "order": order,
        "live_url": _live_url(order.id) if is_watched else "",
        "standing": now,
        "after_return": _after_return(file),
        "lines": [
            LineRow(line, line_said(line, now.step), rest_said(line, _left_at(file))) for line in file.lines
        ],
        "sum_rows": _sum_rows(file),
        "total": Money(order.gross_amount - _cancelled_amount(file), order.currency),
        "milestones": _milestones(file, now, at),
        "why": _why(order, now, at),
        "papers": [_paper(row, order.number, Links()) for row in file.documents],
        "payments": [
            (str(PAID_WITH.get(payment.method, payment.method)), payment) for payment in file.payments
        ],
        "paid": Said(*_paid(file)),
        "history": history(file.history, own=order.number),
        "channel": str(CHANNELS.get(order.channel, order.channel)),
        "payment_method": str(PAYMENTS.get(order.payment_method, order.payment_method)),
        "has_one_address": _address(order, "billing") == _address(order, "shipping"),
        "may_cancel": may_cancel and not has_left,
        "rest": _rest(file) if may_cancel and has_left else None,
        "may_wish": actor.has("cases.write"),
        "may_resend": order.state in ("confirmed", "done") and bool(order.email),
        "sees_customer": actor.has("customers.read"),
        "click": uuid7(),
        "form": ReasonForm(),
        "rest_form": ReasonForm(auto_id="rest_%s"),
    }


def history(events: Sequence[Happening], *, own: str) -> list[HistoryRow]:
    """Events in words, newest first; ``own`` is the number the page is about."""
    to = Links()
    return [
        HistoryRow(
            event.at,
            happened(event),
            who_did(event),
            event.subject,
            "" if event.subject == own else to.order(event.subject),
        )
        for event in events
    ]


def _live_url(subject: UUID) -> str:
    topic = signed_topic(settings.HOUSE.secret("live-desk"), str(subject))
    return f"{settings.LIVE_URL}/watch?topic={topic}"


def _open_row(order: OpenOrder, on: date, to: Links) -> OpenRow:
    return OpenRow(order, standing(order, on), max(order.items - 1, 0), to.order(order.number))


def _said_of(row: Any, known: OpenRow | None) -> Said:
    return Said(known.standing.tone, known.standing.label) if known else state_said(row.state)


def _paper(row: Any, order_number: str, to: Links) -> PaperRow:
    return PaperRow(
        str(PAPERS.get(row.kind, row.kind)),
        row.number,
        order_number,
        row.issued_at,
        to.paper(row.id),
        to.order(order_number) if order_number else "",
    )


def _pages(name: str, more: queries.Cursor | None, before: str) -> PageLinks | None:
    if more is None and not before:
        return None
    next_url = f"?{urlencode({name: str(more)})}#{name}" if more else ""
    return PageLinks(f"?#{name}" if before else "", next_url, "")


def _sum_rows(file: OrderFile) -> list[SumRow]:
    order, cancelled = file.order, _cancelled_amount(file)
    if cancelled:
        return [
            SumRow(_("Ordered, tax included"), Money(order.gross_amount, order.currency)),
            SumRow(_("Cancelled"), Money(-cancelled, order.currency)),
        ]
    split = split_gross([(line.gross_amount, line.tax_rate) for line in file.lines])
    taxes = [
        SumRow(_("VAT %(rate)s") % {"rate": formats.percent(rate.rate)}, Money(rate.tax, order.currency))
        for rate in split.rates
        if rate.rate
    ]
    return [SumRow(_("Net"), Money(split.net, order.currency)), *taxes]


def _rest(file: OrderFile) -> Rest | None:
    lines = [(line, amount_of(line, line.open_quantity)) for line in file.items if line.open_quantity > 0]
    total = sum((amount for _line, amount in lines), Decimal(0))
    return Rest(lines, total, file.order.payment_method != "invoice") if lines else None


def _cancelled_amount(file: OrderFile) -> Decimal:
    """What of the total will not be delivered, where part of the order was."""
    if file.order.state == "cancelled":
        return Decimal(0)
    return sum((amount_of(line, line.cancelled_quantity) for line in file.items), Decimal(0))


def _paid(file: OrderFile) -> tuple[Tone, str]:
    order, paid = file.order, file.paid_amount
    values = {
        "paid": formats.money(paid, order.currency),
        "total": formats.money(order.gross_amount - _cancelled_amount(file), order.currency),
        "day": formats.day(order.paid_at),
    }
    if order.paid_at:
        return "ok", _("Paid on %(day)s") % values
    if order.state == "cancelled":
        return "neutral", _("Cancelled; %(paid)s came in") % values if paid else _("Cancelled")
    if paid > 0:
        return "warn", _("%(paid)s of %(total)s paid") % values
    return "neutral", _("Not paid yet")


def _address(order: Any, kind: str) -> tuple[str, ...]:
    parts = ("name", "extra", "street", "postal_code", "city", "country")
    return tuple(getattr(order, f"{kind}_{part}") for part in parts)


def _milestones(file: OrderFile, now: Standing, at: datetime) -> list[MilestoneRow]:
    order = file.order
    rows = [MilestoneRow(_("Order placed"), "done", order.placed_at)]
    if order.state == "cancelled":
        return [
            *rows,
            MilestoneRow(_("Cancelled"), "done", order.cancelled_at, reason_said(order.cancel_reason)),
        ]
    rows.append(_reached(_("Confirmed"), order.confirmed_at, is_next=True))
    window = Window.read(order.making)
    making = window.rows(at)
    if window.packing_since:
        making.append(MilestoneRow(_("Being packed"), "current", window.packing_since))
    billed = _by_quantity(file, "invoiced", _("Billed"))
    paid = _reached(
        _("Paid"),
        order.paid_at,
        is_next=now.step == ("unpaid" if order.payment_method == "invoice" else "payment"),
    )
    goods = [*making, _shipped(file, now), _delivered(file, now)]
    back = _back(file)
    # Who pays in advance is billed and pays before the goods leave.
    return (
        [*rows, *goods, billed, paid, *back]
        if order.payment_method == "invoice"
        else [*rows, billed, paid, *goods, *back]
    )


def _left_at(file: OrderFile) -> datetime | None:
    shipped = file.milestones.get("shipped")
    return shipped.reached_at if shipped else None


def _credited(file: OrderFile) -> Any | None:
    """The credit note that followed what came back last; None where it is still to come, or was never billed."""
    came = file.milestones["returned"].reached_at
    notes = [row for row in file.documents if row.kind == "credit_note" and row.issued_at >= came]
    return notes[-1] if notes else None


def _owed_back(file: OrderFile) -> Decimal:
    """What of the money that came in is the customer's again."""
    returned = sum((amount_of(line, line.returned_quantity) for line in file.items), Decimal(0))
    wanted: Decimal = file.order.gross_amount - _cancelled_amount(file) - returned
    return file.paid_amount - wanted


def _after_return(file: OrderFile) -> str:
    """What follows goods that came back, and who does it; empty where nothing does."""
    if not {"returned", "invoiced"} <= file.milestones.keys():
        return ""
    note = _credited(file)
    if note is None:
        return _("Next: the credit note. It is written by itself within minutes; accounting answers for it.")
    owed = _owed_back(file)
    if owed <= 0:
        return ""
    values = {"number": note.number, "amount": formats.money(owed, file.order.currency)}
    return (
        _(
            "Credit note %(number)s is written. Next: accounting pays %(amount)s back; one asks, another approves."
        )
        % values
    )


def _back(file: OrderFile) -> list[MilestoneRow]:
    """What came back, and its credit note."""
    came = file.milestones.get("returned")
    if came is None:
        return []
    pieces = _("%(count)s of the goods") % {"count": formats.quantity(came.quantity)}
    rows = [MilestoneRow(_("Came back"), "done", came.reached_at, pieces)]
    if "invoiced" not in file.milestones:
        return rows
    note = _credited(file)
    if note:
        return [*rows, MilestoneRow(_("Credit note"), "done", note.issued_at, note.number)]
    return [*rows, MilestoneRow(_("Credit note"), "current", None, _("Accounting; it is written by itself"))]


def _reached(title: str, at: datetime | None, *, is_next: bool) -> MilestoneRow:
    return MilestoneRow(title, "done" if at else ("current" if is_next else "planned"), at)


def _why(order: Any, now: Standing, at: datetime) -> list[WhyStep]:
    """Why the promised day is that day, while it still is one."""
    if order.promised_on is None or now.arrives_on is None:
        return []
    is_counted_anew = now.arrives_on != order.promised_on
    return why_this_day(
        Window.read(order.making),
        promised_on=now.arrives_on,
        confirmed_at=at if is_counted_anew else order.confirmed_at,
        terms=terms_of(order.transit_days),
    )


def _shipped(file: OrderFile, now: Standing) -> MilestoneRow:
    reached = file.milestones.get("shipped")
    if reached and not any(line.open_quantity > 0 for line in file.items):
        return MilestoneRow(_("Shipped"), "done", reached.reached_at)
    note = now.missing if file.order.confirmed_at else ""
    state: MilestoneState = "late" if now.is_late else ("current" if file.order.released_at else "planned")
    when = _("with the customer by %(day)s") % {"day": formats.day(now.arrives_on, "brief")}
    return MilestoneRow(_("Shipped"), state, when if now.arrives_on and not now.condition else None, note)


def _delivered(file: OrderFile, now: Standing) -> MilestoneRow:
    row = _by_quantity(file, "delivered", _("Delivered"))
    if now.step not in ON_ITS_WAY or row.state == "done":
        return row
    promised = _("promised for %(day)s") % {"day": formats.day(now.arrives_on, "brief")}
    note = " · ".join(text for text in (row.note, promised if now.arrives_on else "") if text)
    return replace(row, state="late" if now.is_late else "current", note=note)


def _by_quantity(file: OrderFile, step: str, title: str) -> MilestoneRow:
    reached = file.milestones.get(step)
    if reached is None:
        return MilestoneRow(title)
    ordered = sum((line.quantity - line.cancelled_quantity for line in file.items), Decimal(0))
    if reached.quantity >= ordered:
        return MilestoneRow(title, "done", reached.reached_at)
    values = {"part": formats.quantity(reached.quantity), "whole": formats.quantity(ordered)}
    return MilestoneRow(title, "current", reached.reached_at, _("%(part)s of %(whole)s pieces") % values)
