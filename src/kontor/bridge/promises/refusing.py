"""The ledger's answers in people's words: KP codes of the promise functions become refusals."""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from decimal import Decimal

from django.db import DatabaseError
from psycopg import Error

from kontor.bridge.promises import errors


@contextmanager
def promising(names: Mapping[str, str] | None = None) -> Iterator[None]:
    """Turn a refusal of the promise functions into ours. ``names`` says what a demand is called (id → name)."""
    try:
        yield
    except DatabaseError as error:
        cause = error.__cause__
        code = cause.sqlstate if isinstance(cause, Error) else None
        if code == "KP001" and isinstance(cause, Error):
            raise _sold_out(cause.diag.message_detail or "{}", names or {}) from error
        if code == "KP002":
            raise errors.NotYours from error
        if code == "KP004":
            raise errors.TooMuchHeld from error
        if code == "KP005":
            raise errors.NotPromised from error
        raise


def _sold_out(detail: str, names: Mapping[str, str]) -> errors.SoldOut:
    left: dict[str, Decimal] = json.loads(detail, parse_float=Decimal, parse_int=Decimal)
    parts = [f"{names.get(demand, demand)} ({count.normalize():f})" for demand, count in left.items()]
    return errors.SoldOut(names=", ".join(sorted(parts)), demands=tuple(left))
