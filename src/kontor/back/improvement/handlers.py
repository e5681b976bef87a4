"""What improvement hears: new signals find their group; "still broken" opens a problem again."""

from collections.abc import Sequence

from django.utils import timezone

from kontor.back.improvement.answering import hear_still_broken
from kontor.back.improvement.matching import match_all
from kontor.bridge.voice.events import SignalHeard, StillBroken
from kontor.kernel.actor.identity import the_house
from kontor.kernel.events.hearing import Heard, on


@on(SignalHeard)
def group_signals(heard: Sequence[Heard]) -> None:
    """New signals find the group they look like."""
    ids = list(dict.fromkeys(event.subject_id for event in heard))
    match_all(ids=ids, by=the_house(), at=timezone.now())


@on(StillBroken)
def open_again(heard: Sequence[Heard]) -> None:
    """What was answered is still broken (subject_id: the reply)."""
    replies = list(dict.fromkeys(event.subject_id for event in heard))
    hear_still_broken(replies=replies, by=the_house(), at=timezone.now())
