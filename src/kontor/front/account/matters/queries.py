"""What customers see of their matters. The row policies show each token its own party's only."""

from typing import Any
from uuid import UUID

from kontor.bridge.cases.models import Case
from kontor.kernel.sql import Statements

PAGE = 20
KINDS = dict(Case.Kind.choices)
REASONS = dict(Case.CloseReason.choices)
_sql = Statements(__package__)


def matters_of(party_id: UUID | None, page: int = 1) -> list[Any]:
    """A page of a party's matters, the latest first, and one more to know whether there is a next. One statement."""
    if party_id is None:
        return []
    return _sql.rows("matters", party_id=party_id, limit=PAGE + 1, offset=(page - 1) * PAGE)


def matter_of(number: str) -> Any | None:
    """A matter of the token's party by its number, with the one it belongs to (``root``). One statement."""
    return _sql.one("matter", number=number)


def thread_of(case_id: UUID) -> list[Any]:
    """What was written about a matter and about what belongs to it, the oldest first. One statement."""
    return _sql.rows("thread", id=case_id)


def file_of(file_id: UUID) -> Any | None:
    """A file of a matter of the token's party. One statement."""
    return _sql.one("file", id=file_id)
