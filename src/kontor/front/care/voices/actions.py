"""What the counter does with ideas."""

from datetime import datetime
from uuid import UUID

from kontor.bridge.cases.actions import Matter, bring
from kontor.kernel.actor.identity import Actor
from kontor.kernel.errors import NotFound
from kontor.kernel.sql import Statements
from kontor.kernel.transactions import transaction

_SUBJECT = 80  # characters of the first line
_sql = Statements(__package__)


@transaction
def note_wish(*, key: UUID, text: str, article: str, order: str, by: Actor, at: datetime) -> str:
    """Note an idea or a wish that somebody said; returns the number of its case. Moves no money.

    Safe to repeat: one ``key`` is one case. With an order's number its customer is told what becomes of it.

    Raises:
        NotAllowed: ``by`` lacks the right ``cases.write``.
        NotFound: there is no such article or order.
        NothingWritten, MessageTooLong: the words are none, or too many.
    """
    by.require("cases.write")
    about = _sql.one("article", number=article.strip()) if article.strip() else None
    if article.strip() and about is None:
        raise NotFound(number=article.strip())
    bought = _sql.one("order", number=order.strip().upper()) if order.strip() else None
    if order.strip() and bought is None:
        raise NotFound(number=order.strip())
    matter = Matter(
        id=key,
        kind="wish",
        channel="visit",
        subject=(text.strip().splitlines() or [""])[0][:_SUBJECT],
        text=text,
        party_id=bought.party_id if bought else None,
        name=bought.name if bought else "",
        email=bought.email if bought else "",
        language=bought.language if bought else "de",
        stated_order=bought.number if bought else "",
        order_id=bought.id if bought else None,
        offering_id=about.id if about else None,
    )
    return bring(matter=matter, by=by, at=at)
