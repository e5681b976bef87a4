"""The house itself, as the kernel asks for it: what stands, and its logo."""

from kontor.kernel.house import Logo, OpenDoor, Standing
from kontor.kernel.sql import Statements

_sql = Statements(__package__, "house.sql")


def standing() -> Standing:
    """The house as it stands, with the doors that are shut. One statement."""
    row = _sql.one("standing")
    if row is None or row.version is None:
        return Standing(shut_doors=frozenset(row.shut_doors if row else ()))
    return Standing(**(row._asdict() | {"shut_doors": frozenset(row.shut_doors)}))


def logo(name: str) -> Logo | None:
    """A stored logo by its name."""
    row = _sql.one("logo", name=name)
    return Logo(row.media_type, bytes(row.content)) if row else None


def doors() -> list[OpenDoor]:
    """Every door that a room declares, in its order. One statement."""
    return [OpenDoor(*row) for row in _sql.rows("doors")]
