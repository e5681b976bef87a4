"""What happens to parties and their logins. References only: no name, no e-mail."""

from dataclasses import dataclass

from kontor.kernel.events.emitting import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class LoginRequested(Event):
    """A visitor asks for an account or a new password. The subject is the request; the worker answers by mail."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PartyCreated(Event):
    """Staff drew up a customer. The subject is the party."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PartyChanged(Event):
    """Staff changed who a customer is or where they live. ``fields`` names what changed, never what it was."""

    fields: tuple[str, ...]
