"""Matters of the day, as customers bring them."""

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import ngettext

from kontor.kernel.actor.flows import Flow
from kontor.kernel.sql import Statements

_sql = Statements(__package__, "flows.sql")
TOPIC = "cases"
MOST = 5_000


def flows(since: datetime) -> Sequence[Flow]:
    """How many matters were opened since then. One statement, bounded."""
    row = _sql.one("matters_since", since=since, most=MOST)
    count = row.matters if row else 0
    words = ngettext("matter", "matters", count)
    return [Flow("in", "matters", "care", count, words, "care:inbox", is_more=count >= MOST)]
