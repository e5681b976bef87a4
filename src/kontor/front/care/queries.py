"""What the counter reads: search, customers with all they have, orders with what is missing."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from kontor.bridge.cases.models import Case, Interaction
from kontor.bridge.progress.window import Window, travelling_from
from kontor.front.care.models import IncomingMail
from kontor.kernel.errors import NotFound
from kontor.kernel.language import in_german
from kontor.kernel.sql import Statements, loaded

_sql = Statements(__package__)
# The words for matters, as the bridge has them.
CASE_KINDS = tuple(Case.Kind.choices)
CASE_CHANNELS = tuple(Case.Channel.choices)
CLOSE_REASONS = tuple(Case.CloseReason.choices)
CONTACT_KINDS = tuple(Interaction.Kind.choices)
MAIL_REASONS = dict(IncomingMail.Reason.choices)
_NUMBER = re.compile(r"[A-Za-z]{0,8}-?\d[\w./-]*", re.ASCII)
ORDERS_A_PAGE = 15
DOCUMENTS_A_PAGE = 10


@dataclass(frozen=True, slots=True)
class Cursor:
    """Where a page of rows goes on: after the row of this instant and id."""

    at: datetime
    id: UUID

    def __str__(self) -> str:
        return f"{self.at.isoformat()}_{self.id}"

    @staticmethod
    def read(text: str) -> "Cursor | None":
        """The cursor of an address; None for anything else."""
        at, _, row_id = text.partition("_")
        try:
            cursor = Cursor(datetime.fromisoformat(at), UUID(row_id))
        except ValueError:
            return None
        return cursor if cursor.at.tzinfo else None


@dataclass(frozen=True, slots=True)
class OpenOrder:
    """An order that is not finished, or not there yet: quantities are sums over its articles."""

    id: UUID
    number: str
    billing_name: str
    state: str
    payment_method: str
    placed_at: datetime
    confirmed_at: datetime | None
    released_at: datetime | None
    paid_at: datetime | None
    promised_on: date | None
    gross_amount: Decimal
    currency: str
    first_name: str
    items: int
    open_quantity: Decimal
    delivered_quantity: Decimal
    ready_quantity: Decimal
    coming_at: datetime | None
    is_at_risk: bool
    moved_at: datetime | None
    making: str | None = None
    transit_days: int | None = None
    is_overdue: bool = False  # of what it waits for, something should be there already
    pay_until: datetime | None = None
    lapses_at: datetime | None = None

    @property
    def window(self) -> Window:
        """How its goods come about, and how its day moved."""
        return Window.read(self.making)


@dataclass(frozen=True, slots=True)
class Line:
    """A line of an order and what its open part waits for. Quantities in the line's unit."""

    position: int
    kind: str
    number: str
    name: str
    unit: str
    quantity: Decimal
    unit_price: Decimal
    tax_rate: Decimal
    gross_amount: Decimal
    delivered_quantity: Decimal
    cancelled_quantity: Decimal
    returned_quantity: Decimal
    open_quantity: Decimal
    ready_quantity: Decimal
    coming_at: datetime | None
    is_at_risk: bool
    is_overdue: bool


@dataclass(frozen=True, slots=True)
class Happening:
    """An event as the history tells it."""

    type: str
    at: datetime
    actor_kind: str
    actor_name: str
    fact: dict[str, Any]
    subject: str


@dataclass(frozen=True, slots=True)
class OrderFile:
    """One order with everything the counter may know of it. ``order`` has the columns of ``orders_order``."""

    order: Any
    lines: list[Line]
    milestones: dict[str, Any]
    documents: list[Any]
    payments: list[Any]
    history: list[Happening]

    @property
    def items(self) -> list[Line]:
        """The articles."""
        return [line for line in self.lines if line.kind == "item"]

    @property
    def paid_amount(self) -> Decimal:
        """What has come in for it, refunds taken off."""
        return sum((payment.amount for payment in self.payments), Decimal("0.00"))

    def as_open(self) -> OpenOrder:
        """The same order as lists show it."""
        order, items = self.order, self.items
        reached = [row.reached_at for row in self.milestones.values()]
        return OpenOrder(
            id=order.id,
            number=order.number,
            billing_name=order.billing_name,
            state=order.state,
            payment_method=order.payment_method,
            placed_at=order.placed_at,
            confirmed_at=order.confirmed_at,
            released_at=order.released_at,
            paid_at=order.paid_at,
            promised_on=order.promised_on,
            gross_amount=order.gross_amount,
            currency=order.currency,
            first_name=items[0].name if items else "",
            items=len(items),
            open_quantity=sum((line.open_quantity for line in items), Decimal(0)),
            delivered_quantity=sum((line.delivered_quantity for line in items), Decimal(0)),
            ready_quantity=sum((line.ready_quantity for line in items), Decimal(0)),
            coming_at=max((line.coming_at for line in items if line.coming_at), default=None),
            is_at_risk=any(line.is_at_risk for line in items),
            moved_at=max(reached, default=None),
            making=order.making,
            transit_days=order.transit_days,
            is_overdue=any(line.is_overdue for line in items),
            pay_until=order.pay_until,
            lapses_at=order.lapses_at,
        )


def is_number(text: str) -> bool:
    """Whether a text looks like the number of an order or a paper rather than like a name."""
    return _NUMBER.fullmatch(text) is not None


def find_orders(text: str) -> list[Any]:
    """Orders whose number begins so; plain figures count as the house's own numbers too. One statement."""
    typed = text.upper()
    own = f"A-{typed}" if typed.isdigit() else typed
    return _sql.rows("find_orders", **_range(typed, 1), **_range(own, 2))


def find_documents(text: str) -> list[Any]:
    """Invoices, credit notes, delivery notes and labels whose number begins so. One statement."""
    return _sql.rows("find_documents", **_range(text.upper(), 1))


def open_orders(party_id: UUID, today: date) -> list[OpenOrder]:
    """A customer's unfinished orders and those still on their way, newest first, up to 30. One statement."""
    rows = _sql.rows("open_orders", party_id=party_id, left_since=travelling_from(today))
    return [OpenOrder(*row) for row in rows]


def waiting_orders(today: date) -> list[Any]:
    """Orders that somebody may call about: under review, or later than promised. One statement."""
    return _sql.rows("waiting_orders", today=today)


def latest_orders() -> list[Any]:
    """What was ordered last. One statement."""
    return _sql.rows("latest_orders")


def order_sums(party_id: UUID) -> Any:
    """How many orders (cancelled ones left out), their sum, and when the last was placed. One statement."""
    return _sql.one("order_sums", party_id=party_id)


def orders_page(party_id: UUID, before: Cursor | None) -> tuple[list[Any], Cursor | None]:
    """A page of a customer's orders, newest first, and where the next begins. One statement."""
    rows = _sql.rows("orders_page", party_id=party_id, limit=ORDERS_A_PAGE + 1, **_before(before))
    return _cut(rows, ORDERS_A_PAGE, "placed_at")


def documents_of_party(party_id: UUID, before: Cursor | None) -> tuple[list[Any], Cursor | None]:
    """A page of a customer's papers, newest first, and where the next begins. One statement."""
    rows = _sql.rows("documents_of_party", party_id=party_id, limit=DOCUMENTS_A_PAGE + 1, **_before(before))
    return _cut(rows, DOCUMENTS_A_PAGE, "issued_at")


def history_of_party(party_id: UUID, types: Sequence[str]) -> list[Happening]:
    """What happened to a customer and their latest orders, newest first. One statement."""
    return happenings(_sql.rows("history_of_party", party_id=party_id, types=list(types)))


def order_file(number: str, types: Sequence[str]) -> OrderFile:
    """Everything about one order; ``types``: the events its history tells. Six statements.

    Raises:
        NotFound: there is no such order.
    """
    is_german = in_german()
    order = _sql.one("order", number=number, german=is_german)
    if order is None:
        raise NotFound(number=number)
    return OrderFile(
        order=order,
        lines=[Line(*row) for row in _sql.rows("order_lines", order_id=order.id)],
        milestones={row.step: row for row in _sql.rows("milestones", order_id=order.id)},
        documents=_sql.rows("documents_of_order", order_id=order.id),
        payments=_sql.rows("payments", order_id=order.id),
        history=happenings(_sql.rows("history_of_order", order_id=order.id, types=list(types))),
    )


def document_file(document_id: UUID) -> Any:
    """Name, media type and content of a paper. One statement.

    Raises:
        NotFound: there is no such paper, or its file is not printed yet.
    """
    row = _sql.one("document_file", id=document_id)
    if row is None:
        raise NotFound(number=str(document_id)[:8])
    return row


def _range(prefix: str, place: int) -> dict[str, str]:
    """From a prefix until the first text that no longer begins with it (by code points, as the index sorts)."""
    return {f"from_{place}": prefix, f"until_{place}": prefix[:-1] + chr(ord(prefix[-1]) + 1)}


def _before(cursor: Cursor | None) -> dict[str, Any]:
    return {"before_at": cursor.at if cursor else None, "before_id": cursor.id if cursor else None}


def _cut(rows: list[Any], limit: int, instant: str) -> tuple[list[Any], Cursor | None]:
    if len(rows) <= limit:
        return rows, None
    last = rows[limit - 1]
    return rows[:limit], Cursor(getattr(last, instant), last.id)


def happenings(rows: Sequence[Any]) -> list[Happening]:
    """Events as rows (type, at, actor_kind, actor_name, fact, subject)."""
    return [
        Happening(
            row.type,
            row.at,
            row.actor_kind,
            row.actor_name,
            loaded(row.fact),
            row.subject,
        )
        for row in rows
    ]
