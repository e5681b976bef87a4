"""Who is sent a receipt: every case is received, but nobody fills strangers' mailboxes through this house."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.utils import timezone

from kontor.front.care.matters.letters import Receipt
from kontor.front.care.matters.telling import send_receipts
from kontor.kernel.sql import Statements
from kontor.kernel.tasks.actions import NewTask, open_tasks
from kontor.kernel.transactions import in_transaction

_sql = Statements(__package__, "receiving.sql")
# Who asks more often within an hour is received, but not written to each time.
MOST_AN_HOUR = 5
# A withdrawal is acknowledged each time, section 356a (4) of the Civil Code, up to what no customer reaches; from there
# on people do it. The page itself gives the receipt as a file in any case.
MOST_WITHDRAWALS_A_DAY = 20
# Over all addresses behind which no login and no order stands.
MOST_TO_STRANGERS_AN_HOUR = 300
_ANSWERED_CHANNELS = ("form", "order", "product", "mail")
TOLD_WITHIN = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Received:
    """A case with what was found out about it."""

    case: Any
    party_id: UUID
    order_id: UUID | None
    email: str
    name: str

    @property
    def has_moved(self) -> bool:
        """Whether it belongs to another party than it came in with."""
        return bool(self.party_id != self.case.party_id)

    @property
    def is_withdrawal(self) -> bool:
        """Whether it is acknowledged by law."""
        return bool(self.case.kind == "withdrawal")


@dataclass(slots=True)
class Lately:
    """What was sent before, counted on while a batch is gone through. Keys are e-mail addresses in small letters."""

    cases: dict[str, int]
    withdrawals: dict[str, int]
    known: set[str]
    to_strangers: int

    def is_quiet(self, found: Received) -> bool:
        """Count this case; whether its writer was told often enough within the hour."""
        email = found.email.lower()
        self.cases[email] = self.cases.get(email, 0) + 1
        return self.cases[email] > MOST_AN_HOUR and not found.is_withdrawal

    def is_held(self, found: Received) -> bool:
        """Whether people must decide about this receipt; otherwise it is counted as mailed."""
        email = found.email.lower()
        is_stranger = email not in self.known
        if found.is_withdrawal and self.withdrawals.get(email, 0) >= MOST_WITHDRAWALS_A_DAY:
            return True
        if is_stranger and self.to_strangers >= MOST_TO_STRANGERS_AN_HOUR:
            return True
        self.to_strangers += is_stranger
        self.withdrawals[email] = self.withdrawals.get(email, 0) + found.is_withdrawal
        return False


def receipts_lately(received: Sequence[Received]) -> Lately:
    """What was sent to these writers before; asked before the cases are marked as received. Two statements."""
    emails = list({found.email.lower() for found in received if found.email})
    if not emails:
        return Lately({}, {}, set(), 0)
    orders = [found.order_id or found.case.order_id for found in received]
    rows = _sql.rows("receipts_lately", emails=emails, orders=[order for order in orders if order])
    strangers = _sql.one("receipts_to_strangers")
    return Lately(
        {row.email: row.count for row in rows},
        {row.email: row.withdrawals for row in rows},
        {row.email for row in rows if row.is_known},
        strangers.count if strangers else 0,
    )


@in_transaction
def acknowledge(received: Sequence[Received], lately: Lately, *, at: datetime) -> None:
    """Queue the receipts of what came in; what is beyond the limits becomes a task for care. Safe to repeat.

    Only a withdrawal, and a message whose writer the house knows, is quoted: what a form can send to any address is
    nobody's leaflet.
    """
    since = timezone.now() - TOLD_WITHIN
    receipts, tasks = [], []
    for found in received:
        case, is_quiet = found.case, lately.is_quiet(found)
        if not found.email or is_quiet or case.channel not in _ANSWERED_CHANNELS or case.opened_at < since:
            continue
        if lately.is_held(found):
            tasks.append(_task(found))
        else:
            receipts.append(
                _receipt(found, is_quoted=found.is_withdrawal or found.email.lower() in lately.known)
            )
    send_receipts(receipts, at=at)
    if tasks:
        open_tasks(tasks)


def _task(found: Received) -> NewTask:
    return NewTask(
        key=f"care.receipt:{found.case.id}",
        kind="care.receipt",
        department="care",
        subject=found.case.number,
        subject_id=found.case.id,
    )


def _receipt(found: Received, *, is_quoted: bool) -> Receipt:
    case = found.case
    return Receipt(
        case_id=case.id,
        number=case.number,
        kind=case.kind,
        subject=case.subject,
        party_id=found.party_id,
        name=found.name,
        email=found.email,
        language=case.language,
        opened_at=case.opened_at,
        stated_order=case.stated_order,
        is_quoted=is_quoted,
    )
