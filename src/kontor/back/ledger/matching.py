"""Settling by hand: one credit (a payment, a credit note) against open documents of the same customer (Ausziffern)."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid5

from kontor.back.ledger import errors
from kontor.back.ledger.actions import note_settled
from kontor.bridge.orders.actions import lock_orders
from kontor.kernel.actor.identity import Actor
from kontor.kernel.sql import Statements
from kontor.kernel.transactions import in_transaction, transaction
from kontor.kernel.ui.formats import money

_sql = Statements(__package__, "matching.sql")


@transaction
def match_items(
    *, credit_id: UUID, shares: Mapping[UUID, Decimal], key: UUID, by: Actor, at: datetime
) -> bool:
    """Let a credit settle parts of open documents: amounts by the id of the open item; False for a repeat.

    Moves no money: it says what was paid with what. An order of which nothing is open any more is paid. What is left
    of the credit stays the customer's. Safe to repeat: a key settles once.

    Raises:
        NotAllowed: ``by`` lacks the right ``payments.record``.
        NothingToMatch: no amount was given.
        MoreThanOpen: more would be settled than is open of the credit or a document.
        NotTheSameParty: a document belongs to another customer (a payment of an unknown payer fits every one).
    """
    by.require("payments.record")
    return settle(credit_id, shares, key=key, by=by, at=at)


@in_transaction
def settle(credit_id: UUID, shares: Mapping[UUID, Decimal], *, key: UUID, by: Actor, at: datetime) -> bool:
    """The part of matching that other actions use. Locks the items in the order of their ids. Safe to repeat."""
    chosen = {item: amount for item, amount in shares.items() if amount}
    if not chosen:
        raise errors.NothingToMatch
    items = {row.id: row for row in _sql.rows("lock_items", ids=[credit_id, *chosen])}
    ids = {debit: uuid5(key, str(debit)) for debit in chosen}
    if _sql.rows("matched_before", ids=list(ids.values())):
        return False
    if not {credit_id, *chosen} <= items.keys():
        raise errors.ItemIsGone
    _check(items, credit_id, chosen)
    _sql.execute(
        "match",
        ids=list(ids.values()),
        debits=list(chosen),
        amounts=list(chosen.values()),
        credit=credit_id,
        on=max(items[item].booked_on for item in (credit_id, *chosen)),
        actor=by.name,
        at=at,
    )
    _note_paid([items[debit].order_id for debit in chosen], by=by, at=at)
    return True


@transaction
def note_free_orders(*, ids: Sequence[UUID], by: Actor, at: datetime) -> None:
    """Of these orders less is to be billed than before: those of which nothing is open or unbilled are paid.

    Moves no money. Safe to repeat: a paid order stays as it is and nobody is told again.

    Raises:
        NotAllowed: ``by`` lacks the right ``ledger.post``.
    """
    by.require("ledger.post")
    lock_orders(ids)
    _note_paid(ids, by=by, at=at)


def open_items_of(source: str, ids: Sequence[UUID]) -> dict[UUID, UUID]:
    """The open items of these payments or documents: item id by source id. One statement."""
    return {row.source_id: row.id for row in _sql.rows("items_of_sources", source=source, ids=list(ids))}


def _check(items: Mapping[UUID, Any], credit_id: UUID, chosen: Mapping[UUID, Decimal]) -> None:
    credit = items[credit_id]
    if sum(chosen.values()) > -credit.open_amount:
        raise errors.MoreThanOpen(
            document=credit.document_number,
            amount=money(max(-credit.open_amount, Decimal(0)), credit.currency),
        )
    for item, amount in chosen.items():
        debit = items[item]
        if not 0 < amount <= debit.open_amount:
            raise errors.MoreThanOpen(
                document=debit.document_number,
                amount=money(max(debit.open_amount, Decimal(0)), debit.currency),
            )
        if debit.currency != credit.currency:
            raise errors.NotTheSameCurrency(document=debit.document_number)
        if None not in (debit.party_id, credit.party_id) and debit.party_id != credit.party_id:
            raise errors.NotTheSameParty(document=debit.document_number)


def _note_paid(orders: Sequence[UUID | None], *, by: Actor, at: datetime) -> None:
    wanted = sorted({order for order in orders if order is not None})
    free = [row.order_id for row in _sql.rows("orders_without_debt", orders=wanted)] if wanted else []
    if free:
        note_settled(free, by=by, at=at)
