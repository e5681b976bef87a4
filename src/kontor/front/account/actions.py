"""What customers do with their orders after ordering."""

from datetime import datetime
from uuid import UUID

from kontor.bridge.payments.actions import intend_payment
from kontor.front.account import errors
from kontor.front.account.queries import order_of
from kontor.kernel.actor.identity import Actor
from kontor.kernel.transactions import transaction

_WAITING = ("placed", "held", "confirmed")


@transaction
def pay_again(*, number: str, by: Actor, at: datetime) -> UUID:
    """Ask anew to pay an order through the provider, after an attempt that failed or was left.

    Moves no money. Not repeatable: each call is an attempt of its own, and one of them is settled.

    Raises:
        NoSuchOrder: the token's party has no order of this number.
        AlreadyPaid: it is paid, cancelled, or paid in another way.
    """
    order = order_of(number)
    if order is None:
        raise errors.NoSuchOrder
    if order.paid_at is not None or order.state not in _WAITING or order.payment_method != "provider":
        raise errors.AlreadyPaid
    return intend_payment(order_id=order.id, by=by, at=at)
