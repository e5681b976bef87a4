"""What the worker does with what came in: whose it is, which order is meant, until when it is answered, a receipt."""

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from kontor.bridge.cases import events
from kontor.front.care.matters.acknowledging import Received, acknowledge, receipts_lately
from kontor.front.care.matters.clock import AnswerClock
from kontor.kernel.actor.identity import Actor
from kontor.kernel.events.emitting import emit
from kontor.kernel.ids import uuid7
from kontor.kernel.sql import Statements
from kontor.kernel.transactions import transaction

_sql = Statements(__package__, "receiving.sql")
# The department that answers: those who sell know what they offer, care everything else.
QUEUES = ("care", "sales")
_QUEUE_OF_KIND = {"wish": "sales"}
_ORDER_NUMBER = re.compile(r"(?<![A-Z0-9])A[-–\s]?(\d{4,9})(?!\d)", re.IGNORECASE)


@transaction
def receive_cases(*, ids: Sequence[UUID], by: Actor, at: datetime) -> int:
    """Receive new cases: find the order that is meant, set queue and due date, send the receipt.

    A writer who is no customer becomes the only one who sees this case (a mailed link opens it and nothing else); who
    writes from the e-mail of a login has it among their own. Moves no money. Safe to repeat: a case is received once.
    """
    cases = _sql.rows("lock_new", ids=list(ids))
    if not cases:
        return 0
    orders = _meant_orders(cases)
    received = [_placed(case, orders.get(case.id)) for case in cases]
    clock = AnswerClock.of(at=at)
    dues = [clock.due(case.kind, case.opened_at) for case in cases]
    lately = receipts_lately(received)
    _sql.execute(
        "receive",
        ids=[case.id for case in cases],
        parties=[found.party_id for found in received],
        orders=[found.order_id for found in received],
        queues=[_QUEUE_OF_KIND.get(case.kind, "care") for case in cases],
        dues=[due.at for due in dues],
        steps=[due.steps for due in dues],
        emails=[found.email for found in received],
        names=[found.name for found in received],
    )
    moved = [found for found in received if found.has_moved]
    if moved:
        _sql.execute(
            "move_contacts",
            ids=[found.case.id for found in moved],
            parties=[found.party_id for found in moved],
        )
    acknowledge(received, lately, at=at)
    return len(cases)


@transaction
def hear_again(*, interactions: Sequence[UUID], by: Actor, at: datetime) -> int:
    """Customers wrote again: settled and waiting matters are open and due anew; what was merged opens its target.

    Moves no money. Safe to repeat: a contact is heard once, also when a clerk closes the case again meanwhile.
    """
    return hear_within(interactions=interactions, by=by, at=at)


def hear_within(*, interactions: Sequence[UUID], by: Actor, at: datetime) -> int:
    """The part of ``hear_again`` inside a larger action."""
    heard = _sql.rows("lock_roots", interactions=list(interactions))
    if not heard:
        return 0
    # What nobody wrote (a bounce, an absence note) lies in the thread and opens nothing.
    written = {row.id: row for row in heard if not row.is_automatic and row.received_at is not None}
    if written:
        clock = AnswerClock.of(at=at)
        dues = [clock.due(row.kind, row.at) for row in written.values()]
        _sql.execute(
            "hear",
            ids=list(written),
            dues=[due.at for due in dues],
            steps=[due.steps for due in dues],
            ats=[row.at for row in written.values()],
        )
    _sql.execute("mark_heard", ids=[row.interaction_id for row in heard])
    emit(
        [
            events.CaseReopened(subject=row.number, subject_id=row.id)
            for row in written.values()
            if row.state == "closed"
        ],
        by=by,
        at=at,
    )
    return len(heard)


def order_numbers_in(text: str) -> list[str]:
    """The house's own order numbers that a text names, each once, as the house writes them."""
    return list(dict.fromkeys(f"A-{digits}" for digits in _ORDER_NUMBER.findall(text)))


def _meant_orders(cases: Sequence[Any]) -> dict[UUID, UUID]:
    asked = [
        (case.id, number, case.party_id, case.email.lower())
        for case in cases
        if case.order_id is None
        for number in order_numbers_in(f"{case.stated_order} {case.subject}")[:5]
    ]
    if not asked:
        return {}
    ids, numbers, parties, emails = (list(column) for column in zip(*asked, strict=True))
    found = _sql.rows("meant_orders", ids=ids, numbers=numbers, parties=parties, emails=emails)
    return {row.id: row.order_id for row in reversed(found)}


def _placed(case: Any, order_id: UUID | None) -> Received:
    known = case.known_id is not None
    # A stranger's case is a world of its own: its link may lie in a mailbox whose address nobody has proved.
    party_id = case.party_id if known else case.login_id or uuid7()
    email = case.email or (case.known_email or "" if known else "")
    return Received(case, party_id, order_id, email, case.name or case.known_name)
