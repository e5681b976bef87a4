"""What is heard of customers' matters. Each handler re-reads the rows: the facts of customers are not trusted."""

from collections.abc import Sequence

from django.utils import timezone

from kontor.bridge.cases.events import CaseClosed, CaseOpened, CaseReopened
from kontor.bridge.voice.actions import hear_cases
from kontor.kernel.actor.identity import the_house
from kontor.kernel.events.hearing import Heard, on


@on(CaseOpened, CaseClosed, CaseReopened)
def hear_matters(heard: Sequence[Heard]) -> None:
    """A matter becomes a signal, and the signal follows the matter."""
    ids = list(dict.fromkeys(event.subject_id for event in heard))
    hear_cases(ids=ids, by=the_house(), at=timezone.now())
