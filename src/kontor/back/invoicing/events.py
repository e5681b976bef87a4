"""What happens in billing."""

from dataclasses import dataclass

from kontor.kernel.events.emitting import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class InvoiceIssued(Event):
    """An invoice was issued: numbered, frozen, to be posted and rendered. The subject is the invoice."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChargesCancelled(Event):
    """What was not delivered of an order will not be billed any more. The subject is the order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CreditNoteIssued(Event):
    """A credit note was issued. The subject is the credit note."""
