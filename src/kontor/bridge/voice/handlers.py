"""What is heard of customers' matters. Each handler re-reads the rows: the facts of customers are not trusted."""

from collections.abc import Sequence

from django.utils import timezone

from kontor.bridge.cases.events import CaseClosed, CaseOpened, CaseReopened
from kontor.bridge.voice.actions import hear_cases
from kontor.bridge.voice.events import NothingFound, ReviewWritten
from kontor.bridge.voice.listening import hear_searches
from kontor.bridge.voice.reviewing import check_reviews
from kontor.kernel.actor.identity import the_house
from kontor.kernel.events.hearing import Heard, on


@on(CaseOpened, CaseClosed, CaseReopened)
def hear_matters(heard: Sequence[Heard]) -> None:
    """A matter becomes a signal, and the signal follows the matter."""
    ids = list(dict.fromkeys(event.subject_id for event in heard))
    hear_cases(ids=ids, by=the_house(), at=timezone.now())


@on(NothingFound)
def hear_vain_searches(heard: Sequence[Heard]) -> None:
    """What nobody had looked for in vain today is heard at once; repeats are counted by a sweep."""
    hear_searches(by=the_house(), at=timezone.now())


@on(ReviewWritten)
def look_at_reviews(heard: Sequence[Heard]) -> None:
    """A review is shown, or kept for a person; one of up to three stars is a problem."""
    check_reviews(ids=[event.subject_id for event in heard], by=the_house(), at=timezone.now())
