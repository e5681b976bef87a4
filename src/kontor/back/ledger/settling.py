"""Entries of their own kind, and items that settle each other without an order between them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from kontor.kernel.actor.identity import Actor
from kontor.kernel.sql import Statements
from kontor.kernel.transactions import transaction

_sql = Statements(__package__)


@dataclass(frozen=True, slots=True, kw_only=True)
class EntrySide:
    """One side of an entry: the purpose that determines the account; debit positive, credit negative."""

    purpose: str
    amount: Decimal
    party_id: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NewEntry:
    """A journal entry that no invoice or payment causes; ``id`` and ``source`` make posting repeatable."""

    id: UUID
    source: str
    document_number: str
    booked_on: date
    text: str
    sides: Sequence[EntrySide]


@transaction
def post_entries(*, entries: Sequence[NewEntry], currency: str, by: Actor, at: datetime) -> None:
    """Post free entries, such as bad debts. Safe to repeat: a source is posted once.

    Raises:
        NotAllowed: ``by`` lacks the right ``ledger.post``.
    """
    by.require("ledger.post")
    sides = [(entry.id, side) for entry in entries for side in entry.sides]
    _sql.execute(
        "post_entries",
        ids=[entry.id for entry in entries],
        sources=[entry.source for entry in entries],
        source_ids=[entry.id for entry in entries],
        documents=[entry.document_number for entry in entries],
        booked_on=[entry.booked_on for entry in entries],
        texts=[entry.text for entry in entries],
        line_entries=[entry_id for entry_id, _side in sides],
        purposes=[side.purpose for _entry_id, side in sides],
        amounts=[side.amount for _entry_id, side in sides],
        parties=[side.party_id for _entry_id, side in sides],
        currency=currency,
        actor=by.name,
        at=at,
    )


@transaction
def settle_pairs(*, pairs: Sequence[tuple[UUID, UUID]], by: Actor, at: datetime) -> int:
    """Let credits settle debits: (source id of the credit, source id of the debit). Returns how many items changed.

    Moves no money. Safe to repeat: what is settled has nothing open.

    Raises:
        NotAllowed: ``by`` lacks the right ``ledger.post``.
    """
    by.require("ledger.post")
    return _sql.execute(
        "settle_pairs",
        credits=[credit for credit, _debit in pairs],
        debits=[debit for _credit, debit in pairs],
        actor=by.name,
        at=at,
    )
