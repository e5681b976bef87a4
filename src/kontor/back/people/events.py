"""What happens to members of staff. Numbers and codes only."""

from dataclasses import dataclass

from kontor.kernel.events.emitting import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class DepartmentsChanged(Event):
    """A member of staff belongs to other departments now, and so has other rights. The subject is the employee."""

    departments: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Employed(Event):
    """Somebody begins to work here. The subject is the employee."""

    departments: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PasswordLinkMade(Event):
    """A link to choose a password was made and mailed or shown. The subject is the employee."""

    was_mailed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RightsChanged(Event):
    """A department may do other things now. The subject is the department's code."""

    given: tuple[str, ...]
    taken: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountSwitched(Event):
    """A login was closed or opened again. The subject is the employee."""

    is_active: bool
