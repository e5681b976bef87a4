"""Until when each step of a problem is due, and why. Periods in working days of the house's Land."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from kontor.back.improvement.models import Problem
from kontor.kernel.clocks.calendars import WorkingDays
from kontor.kernel.clocks.due import Period, Unit, due
from kontor.kernel.house import standing

# The house's own periods. What endangers people does not wait:
# "immediately", says Art. 9 (8) of Regulation (EU) 2023/988.
_DAYS: Mapping[str, Mapping[bool, Period]] = {
    Problem.State.PLAN: {
        False: Period(10, Unit.WORKING_DAYS),
        True: Period(1, Unit.WORKING_DAYS),
    },
    # Long enough that new signals would have come.
    Problem.State.CHECK: {
        False: Period(28, Unit.DAYS, moves_off_rest_days=False),
        True: Period(14, Unit.DAYS, moves_off_rest_days=False),
    },
    Problem.State.ACT: {False: Period(3, Unit.WORKING_DAYS), True: Period(1, Unit.WORKING_DAYS)},
}


@dataclass(frozen=True, slots=True)
class StepDue:
    """When a step is due (UTC, exclusive), and the sentences that say why, as JSON by language."""

    at: datetime
    steps: str


def step_due(state: str, *, harm: int, since: datetime) -> StepDue | None:
    """When the step ``state`` is due that began at ``since``; None where the action has its own day."""
    periods = _DAYS.get(state)
    if periods is None:
        return None
    found = due(since, periods[harm == Problem.Harm.DANGER], WorkingDays(standing().land))
    return StepDue(
        found.at, json.dumps({language: found.why(language) for language in ("de", "en")}, ensure_ascii=False)
    )
