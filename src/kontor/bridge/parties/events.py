"""What happens around customers' logins. References only: no name, no e-mail."""

from dataclasses import dataclass

from kontor.kernel.events.emitting import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class LoginRequested(Event):
    """A visitor asks for an account or a new password. The subject is the request; the worker answers by mail."""
