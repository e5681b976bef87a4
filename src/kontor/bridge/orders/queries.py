"""What is asked about order lines from both sides of the house."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from kontor.kernel.sql import Statements

_sql = Statements(__package__)


def sources_of(order_line_ids: Sequence[UUID]) -> Mapping[UUID, str]:
    """The production or purchase order that each line was (or will be) served from; older stock has none.

    For the worker and the back office only: ``kontor_desk`` and ``kontor_public`` may not read origins. Where a line
    was served from several, the one that gave the most. One statement.
    """
    return {row.id: row.source for row in _sql.rows("sources_of", lines=list(order_line_ids))}
