"""Signals of the day, as the ear takes them in, and the answers that go back."""

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import ngettext

from kontor.kernel.actor.flows import Flow
from kontor.kernel.sql import Statements

_sql = Statements(__package__, "flows.sql")
TOPIC = "voice"


def flows(since: datetime) -> Sequence[Flow]:
    """Problems and needs heard since then, and answers given. One statement; who they came from is not read."""
    row = _sql.one("heard_since", since=since)
    problems, needs, answers = (row.problems, row.needs, row.answers) if row else (0, 0, 0)
    return [
        Flow(
            "in",
            "problems",
            "product-conception",
            problems,
            ngettext("problem", "problems", problems),
            "design:feed",
            tone="bad" if problems else "",
        ),
        Flow(
            "in",
            "needs",
            "product-conception",
            needs,
            ngettext("need or wish", "needs and wishes", needs),
            "design:feed",
        ),
        Flow(
            "out",
            "answers",
            "product-conception",
            answers,
            ngettext("answer to customers", "answers to customers", answers),
            "improvement:problems",
        ),
    ]
