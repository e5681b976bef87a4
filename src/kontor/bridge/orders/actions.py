"""Placing, confirming, releasing and cancelling orders. All of them take lists; the single case is a list of one."""

import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from kontor.bridge.orders import errors, events
from kontor.bridge.orders.condition import arrival, terms_of
from kontor.bridge.orders.paying import Deadline
from kontor.bridge.orders.placing import NewOrder, Placed, PostalAddress
from kontor.bridge.promises.reasons import LateStart
from kontor.bridge.promises.refusing import promising
from kontor.kernel.actor.identity import Actor
from kontor.kernel.errors import NotFound
from kontor.kernel.events.emitting import Event, emit
from kontor.kernel.sql import Statements
from kontor.kernel.transactions import in_transaction, transaction

_sql = Statements(__package__)


@in_transaction
def place_orders(orders: Sequence[NewOrder], *, by: Actor, at: datetime) -> list[Placed]:
    """Place orders with their lines and keep what was promised to them.

    Moves no money: nothing is charged before the worker has checked prices, tax and total. The database sets number
    and instant. Safe to repeat: the same key returns the first order and places nothing.

    Raises:
        SoldOut: a line's promise has lapsed and cannot be renewed.
    """
    fresh = {
        row.id: row
        for row in _sql.rows("insert_orders", orders=_json([_order_row(order) for order in orders]))
    }
    known = {row.key: row for row in fresh.values()}
    if len(fresh) < len(orders):
        known |= {row.key: row for row in _sql.rows("orders_by_key", keys=[order.key for order in orders])}
    new = [order for order in orders if order.id in fresh]
    if new:
        _sql.execute("insert_lines", lines=_json([row for order in new for row in _line_rows(order)]))
        demands = [line.demand_id for order in new for line in order.lines if line.demand_id]
        if by.is_public and demands:
            names = {str(line.demand_id): line.name for order in new for line in order.lines}
            with promising(names):
                _sql.rows("keep_promises", demands=demands)
        emit(
            [events.OrderPlaced(subject=fresh[order.id].number, subject_id=order.id) for order in new],
            by=by,
            at=at,
        )
    return [
        Placed(row.id, row.key, row.number, row.id in fresh) for row in (known[order.key] for order in orders)
    ]


@transaction
def release_orders(*, ids: Sequence[UUID], by: Actor, at: datetime) -> list[UUID]:
    """Let confirmed orders be picked and shipped; returns those that were not released before.

    An order that could have been released in time and was not gets a later promised day. Moves no money. Safe to
    repeat: a released order stays as it is and nobody is told again.

    Raises:
        NotAllowed: ``by`` lacks the right ``orders.release``.
    """
    by.require("orders.release")
    return release(ids, by=by, at=at)


@in_transaction
def release(ids: Sequence[UUID], *, by: Actor, at: datetime) -> list[UUID]:
    """The part of releasing that other actions use (a payment that came in releases its order)."""
    rows = _sql.rows("release", ids=list(ids), at=at)
    emit([events.OrderReleased(subject=row.number, subject_id=row.id) for row in rows], by=by, at=at)
    _start_late(rows, reason=LateStart.CHECKED_LATER, by=by, at=at)
    return [row.id for row in rows]


@transaction
def cancel_order(*, order_id: UUID, reason: str, by: Actor, at: datetime) -> None:
    """Cancel what has not been delivered of an order, and release what was promised to it.

    Moves no money: invoicing corrects what was billed when it hears OrderCancelled. Safe to repeat: cancelling
    twice changes nothing and tells nobody again.

    Raises:
        NotAllowed: ``by`` lacks the right ``orders.cancel``.
        NotFound: there is no such order.
        PartAlreadyShipped: part of the goods has left; the rest can be cancelled with ``cancel_rest``.
        OrderAlreadyShipped: all goods have left; a return is needed instead.
    """
    by.require("orders.cancel")
    order, far = _held_for_cancelling(order_id)
    if order.state == "cancelled":
        return
    if far.delivered > 0:
        raise (errors.PartAlreadyShipped if far.rest > 0 else errors.OrderAlreadyShipped)(number=order.number)
    cancel([order], reason=reason, by=by, at=at)


@in_transaction
def cancel(rows: Sequence[Any], *, reason: str, by: Actor, at: datetime) -> None:
    """The part of cancelling that the sweep of unpaid orders uses: rows (id, number) that the caller has locked."""
    _sql.rows("cancel", ids=[row.id for row in rows], reason=reason, at=at)
    emit(
        [events.OrderCancelled(subject=row.number, subject_id=row.id, reason=reason) for row in rows],
        by=by,
        at=at,
    )


@in_transaction
def due_for_payment(*, at: datetime, limit: int) -> list[Any]:
    """Lock orders of which the day to remind, or to end them, has come; what somebody else holds is left out.

    What the next statement reads of the orders' money is all there is: no payment for them commits under this lock.
    """
    return _sql.rows("due_for_payment", at=at, limit=limit)


@in_transaction
def note_reminded(rows: Sequence[Any], *, until: datetime, by: Actor, at: datetime) -> None:
    """Note that the customers of these locked orders are reminded of paying; none of them ends before ``until``."""
    _sql.execute("note_reminded", ids=[row.id for row in rows], until=until)
    emit([events.PaymentReminded(subject=row.number, subject_id=row.id) for row in rows], by=by, at=at)


@in_transaction
def let_wait(ids: Sequence[UUID]) -> None:
    """Leave these locked orders to a person: they are neither reminded nor ended by themselves any more."""
    _sql.execute("let_wait", ids=list(ids))


@transaction
def cancel_rest(*, order_id: UUID, reason: str, by: Actor, at: datetime) -> None:
    """Cancel what is left to deliver of an order of which part was delivered, and release what was promised to it.

    Moves no money: invoicing corrects what was billed ahead when it hears OrderRestCancelled. Shipping stays owed, for
    a parcel has left. An order that is paid already is done. Safe to repeat: a second time changes nothing and tells
    nobody again.

    Raises:
        NotAllowed: ``by`` lacks the right ``orders.cancel``.
        NotFound: there is no such order.
        NothingShipped: nothing was delivered; the whole order can be cancelled with ``cancel_order``.
        OrderAlreadyShipped: everything was delivered; a return is needed instead.
    """
    by.require("orders.cancel")
    order, far = _held_for_cancelling(order_id)
    if order.state == "cancelled" or (far.rest == 0 and far.cancelled > 0):
        return
    if far.delivered == 0:
        raise errors.NothingShipped(number=order.number)
    if far.rest == 0:
        raise errors.OrderAlreadyShipped(number=order.number)
    _sql.rows("cancel_rest", id=order_id, at=at)
    emit([events.OrderRestCancelled(subject=order.number, subject_id=order.id, reason=reason)], by=by, at=at)


@in_transaction
def _held_for_cancelling(order_id: UUID) -> tuple[Any, Any]:
    """The order, locked, and how far it has come by now."""
    order = _sql.one("lock_for_cancelling", id=order_id)
    if order is None:
        raise NotFound(number=str(order_id))
    return order, _sql.one("how_far", id=order_id)


@in_transaction
def lock_orders(ids: Sequence[UUID]) -> None:
    """Hold orders until the transaction ends: what the next statement reads of them is how they are now."""
    _sql.rows("lock_orders", ids=list(ids))


@in_transaction
def mark_paid(ids: Sequence[UUID], *, by: Actor, at: datetime) -> None:
    """Note that everything billed of these orders is paid; what waited for the money is released. Safe to repeat.

    Money that came too late for the promised day moves it; an order paid in time costs no statement more.
    Where somebody else may ship or cancel at the same time, ``lock_orders`` comes first.
    """
    rows = _sql.rows("mark_paid", ids=list(ids), at=at)
    happened: list[Event] = [events.OrderPaid(subject=row.number, subject_id=row.id) for row in rows]
    happened += [
        events.OrderReleased(subject=row.number, subject_id=row.id) for row in rows if row.is_released
    ]
    emit(happened, by=by, at=at)
    _start_late([row for row in rows if row.is_released], reason=LateStart.PAID_LATER, by=by, at=at)


@in_transaction
def _start_late(rows: Sequence[Any], *, reason: LateStart, by: Actor, at: datetime) -> None:
    """Of orders that may leave only now: those that cannot be there on their promised day any more get another."""
    days: dict[UUID, date] = {}
    for row in rows:
        if row.promised_on is None:
            continue
        terms = terms_of(row.transit_days)
        day = arrival(at.astimezone(terms.zone).date(), terms)
        if day > row.promised_on:
            days[row.id] = day
    if days:
        move_promise_dates(days=days, buckets=(), reason=reason, by=by, at=at)


@in_transaction
def backdate(*, ids: Sequence[UUID], placed_at: Sequence[datetime], numbers: Sequence[str | None]) -> None:
    """For imports: when the orders were placed where they come from, and the numbers they had there."""
    _sql.execute("backdate", ids=list(ids), placed_at=list(placed_at), numbers=list(numbers))


@in_transaction
def recheck(ids: Sequence[UUID], *, state: str = "placed") -> list[Any]:
    """Lock orders of a state and say of each what is not as the catalogue has it (``reasons``; empty: all is right)."""
    return _sql.rows("recheck", ids=list(ids), state=state)


@in_transaction
def confirm(
    *,
    ids: Sequence[UUID],
    released: Sequence[bool],
    promised_on: Sequence[date | None],
    deadlines: Sequence[Deadline],
    waits: Sequence[bool],
    on: date,
    at: datetime,
) -> None:
    """Confirm rechecked orders: firm promises, charges, milestones, in one statement.

    ``deadlines`` says until when each is to be paid; ``waits``, which hang on something that is ready later: one more
    statement plans their steps.
    """
    _sql.rows(
        "confirm",
        ids=list(ids),
        released=list(released),
        promised_on=list(promised_on),
        pay_until=[deadline.until for deadline in deadlines],
        remind_at=[deadline.remind_at for deadline in deadlines],
        lapses_at=[deadline.lapses_at for deadline in deadlines],
        on=on,
        at=at,
    )
    waiting = [order_id for order_id, is_waiting in zip(ids, waits, strict=True) if is_waiting]
    if waiting:
        _sql.execute("plan_steps", ids=waiting, at=at)


@transaction
def perform_services(*, ids: Sequence[UUID], by: Actor, at: datetime) -> int:
    """Record that what orders hold besides goods (services, fees) was rendered; returns how many lines.

    Moves no money: invoicing bills it. Safe to repeat: a rendered line stays as it is.

    Raises:
        NotAllowed: ``by`` lacks the right ``orders.release``.
    """
    by.require("orders.release")
    return _sql.execute("perform", ids=list(ids))


@in_transaction
def orders_behind(buckets: Sequence[UUID]) -> list[Any]:
    """Lock the confirmed orders that hang on these buckets; each with when its last open piece is ready."""
    return _sql.rows("orders_behind", buckets=list(buckets))


@in_transaction
def move_promise_dates(
    *,
    days: Mapping[UUID, date | None],
    buckets: Sequence[UUID],
    reason: LateStart | None = None,
    by: Actor,
    at: datetime,
) -> list[Any]:
    """Give orders another promised day, with a milestone on the lines that hang on what moved, and the reason.

    Moves no money. The lines' planned steps follow, also where the order's day stays as it is. Why a receipt moved is
    read from the receipt itself; where none moved, ``reason`` says why and every open line is marked. Safe to
    repeat: an order whose day stays as it is gets no milestone, and nobody is told again.
    """
    rows = _sql.rows(
        "move_promise_dates",
        ids=list(days),
        promised_on=list(days.values()),
        buckets=list(buckets),
        reason=reason.value if reason else "",
        at=at,
    )
    happened = [
        events.PromiseDateMoved(
            subject=row.number,
            subject_id=row.id,
            was_on=row.was_on,
            promised_on=row.promised_on,
            reason=row.reason or "",
        )
        for row in rows
    ]
    emit(happened, by=by, at=at)
    return rows


@in_transaction
def hold(ids: Sequence[UUID]) -> None:
    """Keep orders from going on until a person has looked at them."""
    _sql.execute("hold", ids=list(ids))


def _json(rows: Sequence[dict[str, Any]]) -> str:
    return json.dumps(rows, default=str, ensure_ascii=False)


def _address(prefix: str, address: PostalAddress) -> dict[str, str]:
    return {
        f"{prefix}_name": address.name,
        f"{prefix}_extra": address.extra,
        f"{prefix}_street": address.street,
        f"{prefix}_postal_code": address.postal_code,
        f"{prefix}_city": address.city,
        f"{prefix}_country": address.country,
    }


def _order_row(order: NewOrder) -> dict[str, Any]:
    split = order.split()
    return {
        "id": order.id,
        "key": order.key,
        "channel": order.channel,
        "party_id": order.party_id,
        "language": order.language,
        "currency": order.currency,
        "email": order.email,
        "phone": order.phone,
        **_address("billing", order.billing),
        **_address("shipping", order.shipping),
        "payment_method": order.payment_method,
        "shipping_method": order.shipping_method,
        "net_amount": split.net,
        "tax_amount": split.tax,
        "gross_amount": split.gross,
    }


def _line_rows(order: NewOrder) -> list[dict[str, Any]]:
    return [
        {
            "id": line.id,
            "order_id": order.id,
            "party_id": order.party_id,
            "position": position,
            "kind": line.kind,
            "offering_id": line.offering_id,
            "number": line.number,
            "name": line.name,
            "quantity": line.quantity,
            "unit": line.unit,
            "unit_price": line.unit_price,
            "tax_code": line.tax_code,
            "tax_rate": line.tax_rate,
            "gross_amount": line.gross_amount,
            "demand_id": line.demand_id,
        }
        for position, line in enumerate(order.lines, start=1)
    ]
