"""What a room says in ``access.py``: who may touch which table, which columns, which rows."""

from collections.abc import Mapping
from dataclasses import dataclass, field

OWN = "party_id = (SELECT kontor_party())"
ALL = "true"


@dataclass(frozen=True, slots=True)
class May:
    """What one role may do with one table.

    ``select``/``insert``/``update`` take True (all columns) or the columns by name. ``rows`` is the condition
    a row must meet to be seen or changed (before and after), ``new_rows`` the one a new row must meet (default:
    ``rows``).
    """

    select: bool | tuple[str, ...] = False
    insert: bool | tuple[str, ...] = False
    update: bool | tuple[str, ...] = False
    delete: bool = False
    rows: str = ALL
    new_rows: str | None = None


READ = May(select=True)
WRITE = May(select=True, insert=True, update=True)
WRITE_AND_DELETE = May(select=True, insert=True, update=True, delete=True)
APPEND = May(select=True, insert=True)


@dataclass(frozen=True, slots=True)
class Table:
    """The declaration of one table. A role that is not named may not touch it at all."""

    name: str
    public: May | None = None
    desk: May | None = None
    back: May | None = None
    design: May | None = None

    def by_role(self) -> Mapping[str, May]:
        named = {"kontor_public": self.public, "kontor_desk": self.desk, "kontor_back": self.back}
        named["kontor_design"] = self.design
        return {role: may for role, may in named.items() if may is not None}


@dataclass(frozen=True, slots=True)
class Function:
    """A function on the closed list; ``roles`` may EXECUTE it, nobody else. ``name_*`` means all that begin so."""

    signature: str
    roles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sequence:
    """A sequence that ``roles`` may draw from."""

    name: str
    roles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Access:
    """Everything a room declares: ``ACCESS = Access(tables=[…], functions=[…], sequences=[…])``."""

    tables: tuple[Table, ...] = field(default_factory=tuple)
    functions: tuple[Function, ...] = field(default_factory=tuple)
    sequences: tuple[Sequence, ...] = field(default_factory=tuple)
