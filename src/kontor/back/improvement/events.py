"""What happens to problems. References and figures only."""

from dataclasses import dataclass

from kontor.kernel.events.emitting import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class ProblemOpened(Event):
    """Signals became a problem or a need, or somebody wrote one down."""

    signals: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SignalsJoined(Event):
    """More signals were confirmed to belong to it."""

    signals: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SignalsParted(Event):
    """Signals were found not to belong to it."""

    signals: int


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupRejected(Event):
    """A suggestion was rejected (subject: its first offering's number, or a dash)."""

    signals: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnerChanged(Event):
    """Somebody else looks after it."""

    owner: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HarmJudged(Event):
    """A person said how much harm it does (0 none to 3 danger)."""

    harm: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CauseFound(Event):
    """Plan is done: the cause is known."""

    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionDecided(Event):
    """What is changed, and until when."""

    due_on: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionDone(Event):
    """Do is done: the change is made."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EffectChecked(Event):
    """Check is done: whether it works."""

    effect: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ProblemClosed(Event):
    """Answered, and closed with it."""

    verdict: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ProblemReopened(Event):
    """Somebody says that it is still broken, or it came again."""

    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ProblemRecurred(Event):
    """New signals look like this closed problem."""

    signals: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SignalsRegrouped(Event):
    """All signals that wait were grouped anew."""

    signals: int
    groups: int
