"""Who is asking, for the database: the token that row policies look up.

The token is the only thing a policy trusts. It is set for one transaction, together with BEGIN, and looked up
by its sha256 in a table the public role cannot read, so an injected ``SET`` gains nothing.
"""

import re
import secrets
from contextlib import contextmanager
from contextvars import ContextVar
from hashlib import sha256
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_SHAPE = re.compile(r"[A-Za-z0-9_-]{43}")
_token: ContextVar[str | None] = ContextVar("kontor_token", default=None)


def new_token() -> str:
    """256 random bits, 43 URL-safe characters."""
    return secrets.token_urlsafe(32)


def token_hash(token: str) -> bytes:
    """What the database keeps instead of the token."""
    return sha256(token.encode()).digest()


def is_token(text: str | None) -> bool:
    return bool(text) and _SHAPE.fullmatch(text or "") is not None


def current_token() -> str | None:
    return _token.get()


@contextmanager
def acting_with(token: str | None) -> "Iterator[None]":
    """Everything this thread asks of the database inside carries ``token`` (checked for its shape)."""
    mark = _token.set(token if is_token(token) else None)
    try:
        yield
    finally:
        _token.reset(mark)
