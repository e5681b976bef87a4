"""The daily digest: what was heard on a day, by mail to whoever works in product conception, once."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from kontor.back.design import queries
from kontor.back.design.letters import Addressed, digests
from kontor.kernel.actor.identity import Actor
from kontor.kernel.house import house_zone
from kontor.kernel.sql import Statements
from kontor.kernel.tasks.mail import NewMail, queue_mail
from kontor.kernel.transactions import transaction

SENT_FROM = time(6, 30)
"""At this time of the house's day, what was heard the day before is sent."""
_sql = Statements(__package__, "digest.sql")


def digest_yesterday(*, by: Actor, at: datetime) -> int:
    """Send yesterday's digest if it is due and was not sent; returns how many mails were queued.

    Reads through the room's own connection, so that no mail can say who was heard. Safe to repeat and to do from two
    workers: the day is taken and the mails are queued in one transaction.
    """
    now = at.astimezone(house_zone())
    on = now.date() - timedelta(days=1)
    if now.time() < SENT_FROM or queries.has_digest(on):
        return 0
    return send_digest(letters=digests(on), on=on, by=by, at=at)


@transaction
def send_digest(*, letters: Sequence[Addressed], on: date, by: Actor, at: datetime) -> int:
    """Note that a day was digested and queue its mails. Moves no money. Safe to repeat: a day is taken once."""
    if _sql.one("take_day", on=on, at=at, signals=letters[0].signals if letters else 0) is None:
        return 0
    for letter in letters:
        queue_mail(
            NewMail(
                key=f"design.digest:{on.isoformat()}:{letter.account_id}",
                recipient=letter.email,
                subject=letter.subject,
                text=letter.text,
            )
        )
    return len(letters)
