"""Somebody says that what they were told is still broken: it goes into their matter, and the matter is open again."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import override

from kontor.front.care.matters.receiving import hear_within
from kontor.kernel.actor.identity import Actor
from kontor.kernel.sql import Statements
from kontor.kernel.transactions import transaction

_sql = Statements(__package__)


@transaction
def note_replies(*, replies: Sequence[UUID], by: Actor, at: datetime) -> int:
    """Write these replies into their matters as contacts of the customer, which opens them again; returns how many.

    Moves no money. Safe to repeat: a reply is one contact.
    """
    rows = _sql.rows("replies", ids=list(replies))
    if not rows:
        return 0
    with override("de"):
        plain = _("Still broken")
    added = _sql.rows(
        "add_replies",
        ids=[row.id for row in rows],
        parties=[row.party_id for row in rows],
        names=[row.name for row in rows],
        emails=[row.email for row in rows],
        subjects=[row.subject for row in rows],
        texts=[row.words or plain for row in rows],
        ats=[row.at for row in rows],
    )
    new = {row.id for row in added}
    fresh = [row for row in rows if row.id in new]
    if fresh:
        _sql.execute(
            "join_contacts",
            cases=[row.case_id for row in fresh],
            ids=[row.id for row in fresh],
            parties=[row.party_id for row in fresh],
        )
        hear_within(interactions=[row.id for row in fresh], by=by, at=at)
    return len(fresh)
