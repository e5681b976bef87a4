"""Milestones of the day, as they go out through the window."""

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import ngettext, pgettext

from kontor.kernel.actor.flows import Flow
from kontor.kernel.sql import Statements

_sql = Statements(__package__, "flows.sql")
TOPIC = "milestones"
MOST = 20_000

# step: the department that reports it, and the page that shows more
_STEPS = {
    "confirmed": ("order-administration", "orders:list"),
    "material": ("purchasing", "purchasing:list"),
    "production": ("production", "production:list"),
    "quality": ("production", "production:list"),
    "picked": ("warehouse", "warehouse:pick_list"),
    "shipped": ("logistics", "logistics:shipments"),
    "delivered": ("logistics", "logistics:shipments"),
    "invoiced": ("accounting", "invoicing:list"),
    "paid": ("accounting", "banking:list"),
    "moved": ("production", "production:list"),
}


def flows(since: datetime) -> Sequence[Flow]:
    """How many orders reached each step since then. One statement, bounded: the latest 20,000 milestones."""
    counted = {row.step: row for row in _sql.rows("steps_since", since=since, most=MOST)}
    return [
        Flow(
            "out",
            step,
            department,
            counted[step].orders if step in counted else 0,
            words(step, counted[step].orders if step in counted else 0),
            page,
            tone="warn" if step == "moved" else "",
            is_more=any(row.is_full for row in counted.values()),
        )
        for step, (department, page) in _STEPS.items()
        if step in counted or step in ("confirmed", "shipped", "delivered", "invoiced", "paid")
    ]


def words(step: str, count: int) -> str:
    """What happened, to stand behind a count."""
    said = {
        "confirmed": pgettext("so many orders today", "confirmed"),
        "material": pgettext("so many orders today", "with material ready"),
        "production": pgettext("so many orders today", "in production"),
        "quality": pgettext("so many orders today", "built and checked"),
        "picked": pgettext("so many orders today", "picked"),
        "shipped": pgettext("so many orders today", "shipped"),
        "delivered": pgettext("so many orders today", "delivered"),
        "invoiced": pgettext("so many orders today", "invoiced"),
        "paid": pgettext("so many orders today", "paid"),
    }
    return said.get(step) or ngettext("date moved", "dates moved", count)
