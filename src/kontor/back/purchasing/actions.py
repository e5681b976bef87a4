"""Ordering from suppliers, their word on the day, other days, and calling off. No money is posted here yet."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from kontor.back.purchasing import errors, events
from kontor.back.warehouse.planning import refuse_past, today_of
from kontor.bridge.promises.actions import Arrived, NewDay, NewReceipt, move, plan, receive_parts
from kontor.bridge.promises.reasons import MoveReason
from kontor.kernel.actor.identity import Actor
from kontor.kernel.errors import NotFound
from kontor.kernel.events.emitting import emit
from kontor.kernel.ids import uuid7
from kontor.kernel.sql import Statements
from kontor.kernel.transactions import in_transaction, transaction

_sql = Statements(__package__)
CLOSED = frozenset({"received", "cancelled"})


@dataclass(frozen=True, slots=True, kw_only=True)
class NewSupplier:
    """A supplier; ``key`` is written once. ``lead_days``: how long a delivery takes as a rule."""

    key: UUID
    name: str
    email: str = ""
    phone: str = ""
    lead_days: int = 14
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewLine:
    """So many (base units) of an article at a net unit price in the house's currency, expected at an instant."""

    offering_id: UUID
    quantity: Decimal
    unit_price: Decimal
    expected_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPurchase:
    """An order to a supplier; ``key`` is written once. ``note`` stays in the back office."""

    key: UUID
    supplier_id: UUID
    lines: Sequence[NewLine]
    note: str = ""
    id: UUID = field(default_factory=uuid7)


@transaction
def add_supplier(*, supplier: NewSupplier, by: Actor, at: datetime) -> UUID:
    """Add a supplier; returns its id. Safe to repeat by key.

    Raises:
        NotAllowed: ``by`` lacks the right ``purchasing.write``.
        SupplierKnown: there is one of this name.
    """
    by.require("purchasing.write")
    row = _sql.one(
        "insert_supplier",
        key=supplier.key,
        name=supplier.name.strip(),
        email=supplier.email,
        phone=supplier.phone,
        lead_days=supplier.lead_days,
        note=supplier.note,
        at=at,
    ) or _sql.one("supplier_by_key", key=supplier.key)
    if row is None:
        raise LookupError("a supplier was neither new nor known")
    return UUID(str(row.id))


@transaction
def order_goods(
    *, orders: Sequence[NewPurchase], currency: str = "EUR", by: Actor, at: datetime
) -> list[str]:
    """Order from suppliers; what is to come can be promised at once. Returns the numbers, in the order asked.

    Posts no money: goods received and not billed have no account yet. Safe to repeat: a key is ordered once. A
    constant number of statements.

    Raises:
        NotAllowed: ``by`` lacks the right ``purchasing.write``.
        NothingOrdered: an order has no lines, or a line has no quantity.
        DayIsPast: nothing comes in yesterday.
        NotStocked: an article is not goods.
    """
    by.require("purchasing.write")
    known = {row.key: row.number for row in _sql.rows("orders_by_key", keys=[order.key for order in orders])}
    fresh = [order for order in orders if order.key not in known]
    if any(not order.lines or any(line.quantity <= 0 for line in order.lines) for order in fresh):
        raise errors.NothingOrdered
    if fresh:
        refuse_past(min(line.expected_at for order in fresh for line in order.lines), at)
        numbers = [row.number for row in _sql.rows("draw_numbers", count=len(fresh))]
        _insert(fresh, numbers, currency, by=by, at=at)
        known |= {order.key: number for order, number in zip(fresh, numbers, strict=True)}
    return [known[order.key] for order in orders]


@transaction
def confirm_purchase(*, order_id: UUID, expected_at: datetime, by: Actor, at: datetime) -> None:
    """Note that the supplier confirmed an order for a day. Another day than planned moves what was promised.

    Later is told as "supplier is late", sooner as "earlier than planned". Moves no money. Safe to repeat.

    Raises:
        NotAllowed: ``by`` lacks the right ``purchasing.write``.
        NotFound: there is no such order.
        DayIsPast: the day is over.
        PurchaseClosed: it was received or called off already.
    """
    by.require("purchasing.write")
    order = lock_one(order_id)
    refuse_past(expected_at, at)
    lines = _open_lines([order_id], [order])
    for reason, moved in (
        (MoveReason.SUPPLIER_LATE, [line for line in lines if line.expected_at < expected_at]),
        (MoveReason.EARLIER, [line for line in lines if line.expected_at > expected_at]),
    ):
        _shift(moved, expected_at, reason, "", by=by, at=at)
    _sql.execute("confirm", ids=[line.id for line in lines], at=at)
    settle([order_id])
    confirmed = events.PurchaseConfirmed(
        subject=order.number, subject_id=order_id, on=today_of(expected_at).isoformat()
    )
    emit([confirmed], by=by, at=at)


@transaction
def shift_purchases(
    *, ids: Sequence[UUID], expected_at: datetime, reason: MoveReason, note: str = "", by: Actor, at: datetime
) -> int:
    """Move what is still to come of orders (or of single lines, by their ids) to another day; returns how many lines.

    The promised days of customers' orders follow in the worker, and they read the reason's plain words; ``note``
    stays in the back office. Moves no money. Safe to repeat: what is there already tells nobody again. A constant
    number of statements.

    Raises:
        NotAllowed: ``by`` lacks the right ``purchasing.write``.
        DayIsPast: nothing comes in yesterday.
        PurchaseClosed: one was received or called off already.
    """
    by.require("purchasing.write")
    held = _sql.rows("lock", ids=list(ids))
    lines = _open_lines(ids, held)
    refuse_past(expected_at, at)
    moved = _shift(lines, expected_at, reason, note, by=by, at=at)
    settle(sorted({line.order_id for line in lines}))
    return moved


@transaction
def cancel_purchase(*, order_id: UUID, reason: str, by: Actor, at: datetime) -> None:
    """Call off what is still to come of an order. What the stock on hand does not cover is at risk, with a task.

    Moves no money. Safe to repeat: calling off twice changes nothing.

    Raises:
        NotAllowed: ``by`` lacks the right ``purchasing.write``.
        NotFound: there is no such order.
        PurchaseClosed: everything was received.
    """
    by.require("purchasing.write")
    order = lock_one(order_id)
    if order.state in CLOSED and order.cancel_reason:
        return
    lines = _open_lines([order_id], [order])
    _sql.execute("cancel_reason", id=order_id, reason=reason)
    _sql.execute("close_lines", ids=[line.id for line in lines])
    receive_parts([Arrived(line.bucket_id, Decimal(0), is_last=True) for line in lines])
    settle([order_id])
    emit([events.PurchaseCancelled(subject=order.number, subject_id=order_id)], by=by, at=at)


@in_transaction
def settle(ids: Sequence[UUID]) -> None:
    """Let orders stand as their lines do. Safe to repeat."""
    _sql.execute("settle", ids=list(ids))


@in_transaction
def lock_one(order_id: UUID) -> Any:
    """Lock one order.

    Raises:
        NotFound: there is no such order.
    """
    rows = _sql.rows("lock", ids=[order_id])
    if not rows:
        raise NotFound(number=str(order_id))
    return rows[0]


@in_transaction
def _open_lines(ids: Sequence[UUID], held: Sequence[Any]) -> list[Any]:
    closed = sorted(row.number for row in held if row.state in CLOSED)
    lines = _sql.rows("open_lines", ids=list(ids))
    if closed or (held and not lines):
        raise errors.PurchaseClosed(numbers=", ".join(closed or sorted(row.number for row in held)))
    return lines


@in_transaction
def _shift(
    lines: Sequence[Any], expected_at: datetime, reason: MoveReason, note: str, *, by: Actor, at: datetime
) -> int:
    days = {line.bucket_id: NewDay(expected_at) for line in lines}
    moved = set(move(days, reason=reason, by=by, at=at)) if days else set()
    if moved:
        _sql.execute(
            "shift",
            ids=[line.id for line in lines if line.bucket_id in moved],
            expected_at=expected_at,
            reason=reason.value,
            note=note,
            actor=by.name,
            at=at,
        )
    return len(moved)


@in_transaction
def _insert(
    fresh: Sequence[NewPurchase], numbers: Sequence[str], currency: str, *, by: Actor, at: datetime
) -> None:
    rows = [
        (order, place, number, line)
        for order, number in zip(fresh, numbers, strict=True)
        for place, line in enumerate(order.lines, start=1)
    ]
    buckets = plan(
        [
            NewReceipt(line.offering_id, line.expected_at, line.quantity, number, "purchase")
            for _order, _place, number, line in rows
        ]
    )
    _sql.execute(
        "insert_orders",
        ids=[order.id for order in fresh],
        keys=[order.key for order in fresh],
        numbers=list(numbers),
        suppliers=[order.supplier_id for order in fresh],
        due=[min(line.expected_at for line in order.lines) for order in fresh],
        notes=[order.note for order in fresh],
        currency=currency,
        actor=by.name,
        at=at,
    )
    _sql.execute(
        "insert_lines",
        orders=[order.id for order, _place, _number, _line in rows],
        positions=[place for _order, place, _number, _line in rows],
        offerings=[line.offering_id for _order, _place, _number, line in rows],
        buckets=buckets,
        quantities=[line.quantity for _order, _place, _number, line in rows],
        prices=[line.unit_price for _order, _place, _number, line in rows],
        expected=[line.expected_at for _order, _place, _number, line in rows],
    )
    emit(
        [
            events.PurchaseOrdered(subject=number, subject_id=order.id, lines=len(order.lines))
            for order, number in zip(fresh, numbers, strict=True)
        ],
        by=by,
        at=at,
    )
