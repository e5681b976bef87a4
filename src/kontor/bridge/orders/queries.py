"""What is asked about order lines from both sides of the house."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any
from uuid import UUID

from kontor.kernel.money import round_half_up
from kontor.kernel.sql import Statements

_sql = Statements(__package__)


def amount_of(line: Any, quantity: Decimal) -> Decimal:
    """What a part of an order line costs, with tax: all of it exactly its amount, else rounded once."""
    if quantity == line.quantity:
        return Decimal(line.gross_amount)
    return round_half_up(Decimal(line.unit_price) * quantity)


def sources_of(order_line_ids: Sequence[UUID]) -> Mapping[UUID, str]:
    """The production or purchase order that each line was (or will be) served from; older stock has none.

    For the worker and the back office only: ``kontor_desk`` and ``kontor_public`` may not read origins. Where a line
    was served from several, the one that gave the most. One statement.
    """
    return {row.id: row.source for row in _sql.rows("sources_of", lines=list(order_line_ids))}
