"""Saying what a matter is about: whose it is, which order, line or offering."""

from datetime import datetime
from uuid import UUID

from kontor.front.care.events import CaseHandled
from kontor.front.care.matters.actions import locked
from kontor.kernel.actor.identity import Actor
from kontor.kernel.errors import NotFound
from kontor.kernel.events.emitting import emit
from kontor.kernel.sql import Statements
from kontor.kernel.transactions import transaction

_sql = Statements(__package__)
_receiving = Statements(__package__, "receiving.sql")


@transaction
def link_customer(*, number: str, customer: str, by: Actor, at: datetime) -> None:
    """Put a matter to a customer: they see it among their own from now on. Moves no money. Safe to repeat.

    Links that were mailed before open it no more; who has another address than the customer gets no new ones.

    Raises:
        NotAllowed, NoSuchMatter, IsMerged, HeldByOther: it is not the clerk's to change.
        NotFound: there is no such customer.
    """
    case = locked(number, by, may_be_closed=True)
    party = _sql.one("party_meant", number=customer.strip().upper())
    if party is None:
        raise NotFound(number=customer)
    if case.party_id == party.id:
        return
    _sql.execute("link_party", id=case.id, party_id=party.id)
    _receiving.execute("move_contacts", ids=[case.id], parties=[party.id])
    emit(
        [CaseHandled(subject=case.number, subject_id=case.id, what="customer", detail=party.number)],
        by=by,
        at=at,
    )


@transaction
def link_order(*, number: str, order: str, line: UUID | None = None, by: Actor, at: datetime) -> None:
    """Say which order, and which line of it, a matter is about; an empty order takes it away. Safe to repeat.

    Raises:
        NotAllowed, NoSuchMatter, IsMerged, HeldByOther: it is not the clerk's to change.
        NotFound: there is no such order, or no such line in it.
    """
    case = locked(number, by, may_be_closed=True)
    wanted = order.strip().upper()
    found = _sql.one("order_meant", number=wanted) if wanted else None
    if wanted and found is None:
        raise NotFound(number=order)
    of_line = _sql.one("line_meant", order_id=found.id, line_id=line) if found and line else None
    if line and of_line is None:
        raise NotFound(number=str(line)[:8])
    _sql.execute(
        "link_order",
        id=case.id,
        order_id=found.id if found else None,
        line_id=of_line.id if of_line else None,
        offering_id=of_line.offering_id if of_line else None,
    )
    emit(
        [CaseHandled(subject=case.number, subject_id=case.id, what="order", detail=wanted or "–")],
        by=by,
        at=at,
    )


@transaction
def link_offering(*, number: str, offering: str, by: Actor, at: datetime) -> None:
    """Say which article a matter is about that belongs to no order. Safe to repeat.

    Raises:
        NotAllowed, NoSuchMatter, IsMerged, HeldByOther: it is not the clerk's to change.
        NotFound: there is no such article.
    """
    case = locked(number, by, may_be_closed=True)
    found = _sql.one("offering_meant", number=offering.strip())
    if found is None:
        raise NotFound(number=offering)
    _sql.execute("link_order", id=case.id, order_id=None, line_id=None, offering_id=found.id)
    emit(
        [CaseHandled(subject=case.number, subject_id=case.id, what="offering", detail=offering.strip())],
        by=by,
        at=at,
    )
