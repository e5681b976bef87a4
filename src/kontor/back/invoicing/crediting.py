"""What a credit note says, before it is issued."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from kontor.kernel.ids import uuid7
from kontor.kernel.money import split_gross


@dataclass(frozen=True, slots=True, kw_only=True)
class CreditLine:
    """A position to be credited: positive quantity and gross amount; ``charge_id`` where something was billed."""

    number: str
    name: str
    quantity: Decimal
    unit: str
    unit_price: Decimal
    gross_amount: Decimal
    tax_code: str
    tax_rate: Decimal
    charge_id: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NewCreditNote:
    """A credit note to issue; ``refers_to_id`` is None only where an import knows no earlier sale."""

    key: UUID
    party_id: UUID
    issued_on: date
    currency: str
    lines: Sequence[CreditLine]
    order_id: UUID | None = None
    refers_to_id: UUID | None = None
    number: str | None = None
    reason: str = ""
    id: UUID = field(default_factory=uuid7)


def rows_of(notes: Sequence[tuple[NewCreditNote, str]], *, at: datetime) -> tuple[str, str, str]:
    """The rows of numbered credit notes as JSON: heads, lines, taxes. Amounts negative, tax once per rate."""
    heads: list[dict[str, Any]] = []
    lines: list[dict[str, Any]] = []
    taxes: list[dict[str, Any]] = []
    for note, number in notes:
        split = split_gross([(-line.gross_amount, line.tax_rate) for line in note.lines])
        heads.append(
            {
                "id": note.id,
                "key": note.key,
                "number": number,
                "order_id": note.order_id,
                "party_id": note.party_id,
                "refers_to_id": note.refers_to_id,
                "issued_on": note.issued_on,
                "delivered_on": note.issued_on,
                "due_on": note.issued_on,
                "currency": note.currency,
                "reason": note.reason[:200],
                "net_amount": split.net,
                "tax_amount": split.tax,
                "gross_amount": split.gross,
                "issued_at": at,
            }
        )
        for position, (line, part) in enumerate(zip(note.lines, split.lines, strict=True), start=1):
            lines.append(
                {
                    "invoice_id": note.id,
                    "charge_id": line.charge_id,
                    "position": position,
                    "number": line.number,
                    "name": line.name,
                    "quantity": -line.quantity,
                    "unit": line.unit,
                    "unit_price": line.unit_price,
                    "tax_code": line.tax_code,
                    "tax_rate": line.tax_rate,
                    "net_amount": part.net,
                    "gross_amount": part.gross,
                }
            )
        codes = {line.tax_rate: line.tax_code for line in note.lines}
        for rate in split.rates:
            taxes.append(
                {
                    "invoice_id": note.id,
                    "tax_code": codes[rate.rate],
                    "tax_rate": rate.rate,
                    "net_amount": rate.net,
                    "tax_amount": rate.tax,
                }
            )
    return tuple(json.dumps(rows, default=str, ensure_ascii=False) for rows in (heads, lines, taxes))  # type: ignore[return-value]
