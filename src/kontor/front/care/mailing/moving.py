"""One notice per order when its day moves: not one a line, not one a move. Moved twice in a minute is told once."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.tasks import task
from django.utils import timezone

from kontor.bridge.parties.queries import current_house
from kontor.front.care.mailing import wording
from kontor.front.care.mailing.queries import orders_to_tell
from kontor.kernel.actor.identity import Actor, the_house
from kontor.kernel.sql import Statements
from kontor.kernel.tasks.mail import NewMail, queue_mail
from kontor.kernel.transactions import transaction

# A planner who corrects a day at once tells nobody of the first one.
SETTLES = timedelta(seconds=60)
_sql = Statements(__package__, "moving.sql")


@task
def tell_of_moves(ids: list[str]) -> None:
    """The job: tell customers of the day that holds now. Repeating tells nobody twice."""
    send_moved_days(ids=[UUID(text) for text in ids], by=the_house(), at=timezone.now())


@transaction
def tell_when_settled(*, ids: Sequence[UUID], at: datetime) -> None:
    """Let the worker tell customers of the moved day as soon as it has stood for a minute. Safe to repeat."""
    tell_of_moves.using(run_after=at + SETTLES).enqueue([str(order_id) for order_id in dict.fromkeys(ids)])


@transaction
def send_moved_days(*, ids: Sequence[UUID], by: Actor, at: datetime) -> int:
    """Tell customers that their orders come on another day than they last heard, and why; returns how many.

    Moves no money. Safe to repeat: a move is told once; a day that is back where it was is no news.
    """
    moves = {row.id: row for row in _sql.rows("moves_to_tell", ids=list(ids))}
    orders = orders_to_tell(list(moves)) if moves else []
    house = current_house() if orders else None
    for order in orders:
        if house is not None:
            move = moves[order.id]
            letter = wording.moved_day(order, house, was_on=move.was_on, reason=move.reason)
            queue_mail(
                NewMail(
                    key=f"orders.moved:{order.id}:{move.move_id}",
                    recipient=order.email,
                    subject=letter.subject,
                    text=letter.text,
                )
            )
    return len(orders)
