"""Orders of the day, as they come in at the doors."""

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import ngettext

from kontor.kernel.actor.flows import Flow
from kontor.kernel.sql import Statements

_sql = Statements(__package__, "flows.sql")
TOPIC = "orders"


def flows(since: datetime) -> Sequence[Flow]:
    """How many orders were placed since then. One statement."""
    row = _sql.one("orders_since", since=since)
    count = row.orders if row else 0
    return [Flow("in", "orders", "sales", count, ngettext("order", "orders", count), "orders:list")]
