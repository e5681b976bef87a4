"""Posting: invoices, credit notes and payments become balanced, sealed entries and open items that settle."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from kontor.bridge.orders.actions import lock_orders, mark_paid
from kontor.kernel.actor.identity import Actor
from kontor.kernel.sql import Statements
from kontor.kernel.transactions import in_transaction, transaction

_sql = Statements(__package__)


@transaction
def post_invoices(*, ids: Sequence[UUID], by: Actor, at: datetime) -> None:
    """Post invoices and credit notes: receivable against revenue and tax; then settle what was paid before.

    Safe to repeat: a document is posted once (constraint ``a_source_is_posted_once``). Nothing posted is ever
    changed: corrections are counter-entries (GoBD, § 146 (4) AO).

    Raises:
        NotAllowed: ``by`` lacks the right ``ledger.post``.
    """
    by.require("ledger.post")
    orders = [row.order_id for row in _sql.rows("post_invoices", ids=list(ids), actor=by.name, at=at)]
    if orders:
        clear(orders, by=by, at=at)


@transaction
def post_payments(*, ids: Sequence[UUID], by: Actor, at: datetime) -> None:
    """Post payments: bank (or cash, or provider) against receivable; then settle what they pay, oldest first.

    Safe to repeat: a payment is posted once.

    Raises:
        NotAllowed: ``by`` lacks the right ``ledger.post``.
    """
    by.require("ledger.post")
    orders = post_recorded(ids, by=by, at=at)
    if orders:
        clear(orders, by=by, at=at)


@in_transaction
def post_recorded(ids: Sequence[UUID], *, by: Actor, at: datetime) -> list[UUID]:
    """The part of posting that refunds use: nothing is settled yet; returns the orders. Safe to repeat."""
    return [row.order_id for row in _sql.rows("post_payments", ids=list(ids), actor=by.name, at=at)]


@in_transaction
def clear(orders: Sequence[UUID], *, by: Actor, at: datetime) -> None:
    """Let the credits of each order settle its debits; an order with nothing open and nothing unbilled is paid."""
    settled = [row.order_id for row in _sql.rows("clear_orders", orders=list(orders), actor=by.name, at=at)]
    if settled:
        note_settled(settled, by=by, at=at)


@in_transaction
def note_settled(orders: Sequence[UUID], *, by: Actor, at: datetime) -> None:
    """Of these orders nothing is open: those of which nothing is left to bill either are paid. Safe to repeat.

    The orders are locked before that is asked: of two who settle, bill, ship or cancel the last one sees it all.
    """
    lock_orders(orders)
    unbilled = {row.order_id for row in _sql.rows("unbilled_orders", orders=list(orders))}
    paid = [order for order in orders if order not in unbilled]
    if paid:
        mark_paid(paid, by=by, at=at)
