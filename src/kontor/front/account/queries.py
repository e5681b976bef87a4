"""What customers see of their orders and papers. The row policies show each token its own party's only."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from kontor.bridge.orders.paying import NOT_PAID
from kontor.kernel.sql import Statements

PAGE = 20

_sql = Statements(__package__)


@dataclass(frozen=True, slots=True)
class Step:
    """A milestone: when the latest part reached it, and how many pieces did."""

    at: datetime
    quantity: Decimal


@dataclass(frozen=True, slots=True)
class Paper:
    """A document of an order that may be downloaded."""

    id: UUID
    kind: str
    number: str
    issued_at: datetime
    name: str


@dataclass(frozen=True, slots=True)
class File:
    """A document's file."""

    name: str
    media_type: str
    content: bytes


def order_of(number: str) -> Any | None:
    """An order of the token's party by its number; None for anybody else's. One statement."""
    return _sql.one("order", number=number, not_paid=NOT_PAID)


def steps_of(order: Any) -> Mapping[str, Step]:
    """The milestones of an order as read by ``order_of``."""
    read: dict[str, tuple[str, str]] = json.loads(order.milestones)
    return {
        step: Step(datetime.fromisoformat(at), Decimal(quantity)) for step, (at, quantity) in read.items()
    }


def lines_of(order_id: UUID) -> list[Any]:
    """The lines of an order, shipping last, with what the storefront still shows of them. One statement."""
    return _sql.rows("lines", order_id=order_id)


def papers_of(order_id: UUID) -> list[Paper]:
    """The papers of an order, oldest first. One statement."""
    return [Paper(*row) for row in _sql.rows("documents", order_id=order_id)]


def file_of(document_id: UUID) -> File | None:
    """A document's file, if the token's party may have it. One statement."""
    row = _sql.one("file", document_id=document_id)
    return File(row.name, row.media_type, bytes(row.content)) if row else None


def orders_of(party_id: UUID | None, page: int = 1) -> list[Any]:
    """A page of a party's orders, newest first, and one more to know whether there is a next. One statement."""
    return (
        _sql.rows("orders", party_id=party_id, limit=PAGE + 1, offset=(page - 1) * PAGE) if party_id else []
    )


def payment_page(number: str) -> Any | None:
    """Where to pay an order, as soon as the worker knows it. One statement."""
    return _sql.one("payment_page", number=number)
