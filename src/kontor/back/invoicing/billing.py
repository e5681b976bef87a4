"""What is to be billed."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class ToBill:
    """An order to bill; ``key`` makes it repeatable; ``number`` only for imports (a range of its own)."""

    order_id: UUID
    key: UUID
    issued_on: date
    due_on: date
    number: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ToBillLine:
    """So much of an order line, billed now whether it was delivered or not."""

    order_line_id: UUID
    quantity: Decimal
