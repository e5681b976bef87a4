"""What happens to cases. References and figures only."""

from dataclasses import dataclass

from kontor.kernel.events.emitting import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseOpened(Event):
    """Somebody brought a matter: a customer, a visitor, a mail, or a clerk for them."""

    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseWrittenTo(Event):
    """The customer wrote again about a matter; a closed one is open again once the worker has heard it."""

    interaction: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseClosed(Event):
    """The matter is settled, with a reason."""

    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseReopened(Event):
    """A settled matter is open again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseRated(Event):
    """The customer said how well the matter was settled (1 to 5)."""

    rating: int
