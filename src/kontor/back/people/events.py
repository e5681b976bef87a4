"""What happens to members of staff. Numbers and codes only."""

from dataclasses import dataclass

from kontor.kernel.events.emitting import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class DepartmentsChanged(Event):
    """A member of staff belongs to other departments now, and so has other rights. The subject is the employee."""

    departments: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountSwitched(Event):
    """A login was closed or opened again. The subject is the employee."""

    is_active: bool
