"""Links that the house mails: a token each, of which only the sha256 is kept."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from kontor.kernel.membrane.session import new_token, token_hash
from kontor.kernel.sql import Statements
from kontor.kernel.transactions import in_transaction

_sql = Statements(__package__, "links.sql")

ORDER_LINK_LASTS = timedelta(days=90)
LOGIN_LINK_LASTS = timedelta(hours=24)


@dataclass(frozen=True, slots=True, kw_only=True)
class LoginAsked:
    """A login request as the worker answers it; ``kind`` as in ``LoginRequest``."""

    id: UUID
    kind: str
    email: str
    language: str
    name: str
    is_answered: bool
    has_login: bool


@in_transaction
def make_links(parties: Sequence[UUID], *, at: datetime, lasts: timedelta = ORDER_LINK_LASTS) -> list[str]:
    """One new token for each party, in their order: who holds it sees what that party may see until it expires.

    Moves no money. Not repeatable: only the mail knows the token.
    """
    tokens = [new_token() for _ in parties]
    _sql.execute(
        "insert_links",
        hashes=[token_hash(token) for token in tokens],
        parties=list(parties),
        at=at,
        expires_at=at + lasts,
    )
    return tokens


@in_transaction
def answer_login_request(
    request_id: UUID, *, at: datetime, lasts: timedelta = LOGIN_LINK_LASTS
) -> str | None:
    """The token that confirms a login request; None where it was answered before. Safe to repeat."""
    token = new_token()
    answered = _sql.execute(
        "answer_login_request", id=request_id, token_hash=token_hash(token), expires_at=at + lasts
    )
    return token if answered else None


def login_requests(ids: Sequence[UUID]) -> list[LoginAsked]:
    """What these login requests ask for, and whether their e-mail has a login already. One statement."""
    return [
        LoginAsked(
            id=row.id,
            kind=row.kind,
            email=row.email,
            language=row.language,
            name=f"{row.given_name} {row.family_name}".strip(),
            is_answered=row.is_answered,
            has_login=row.has_login,
        )
        for row in _sql.rows("login_requests", ids=list(ids))
    ]
