"""What the counter does about orders besides cancelling them."""

from datetime import datetime
from uuid import UUID

from kontor.front.care import errors, events
from kontor.kernel.actor.identity import Actor
from kontor.kernel.errors import NotFound
from kontor.kernel.events.emitting import emit
from kontor.kernel.sql import Statements
from kontor.kernel.transactions import transaction

_sql = Statements(__package__)


@transaction
def ask_for_confirmation(*, number: str, key: UUID, by: Actor, at: datetime) -> bool:
    """Have the confirmation of an order mailed once more; returns whether this click is the first of its key.

    Moves no money; the worker mails. Safe to repeat: one key sends one mail.

    Raises:
        NotAllowed: ``by`` lacks the right ``orders.read``.
        NotFound: there is no such order.
        NothingToConfirm: the order is not confirmed (yet), or cancelled.
        NoEmail: nobody knows where to send it.
    """
    by.require("orders.read")
    order = _sql.one("lock_order", number=number)
    if order is None:
        raise NotFound(number=number)
    if _sql.one("asked_before", order_id=order.id, key=str(key)):
        return False
    if order.state not in ("confirmed", "done"):
        raise errors.NothingToConfirm(number=number)
    if not order.email:
        raise errors.NoEmail(number=number)
    emit([events.ConfirmationAsked(subject=order.number, subject_id=order.id, key=str(key))], by=by, at=at)
    return True
