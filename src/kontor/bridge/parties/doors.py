"""The doors that rooms declare, as rows that every plane may read."""

from collections.abc import Sequence
from dataclasses import dataclass

from kontor.kernel.sql import Statements
from kontor.kernel.transactions import in_transaction

_sql = Statements(__package__, "house.sql")


@dataclass(frozen=True, slots=True, kw_only=True)
class DoorWords:
    """A door as a room declares it; labels and words in German and English."""

    code: str
    department: str
    icon: str
    path: str
    labels: tuple[str, str]
    words: tuple[str, str]


@in_transaction
def write_doors(doors: Sequence[DoorWords]) -> None:
    """Write what the rooms declare, as the owner; doors that nobody declares go. Open or shut stays. Safe to repeat."""
    codes = [door.code for door in doors]
    _sql.execute(
        "write_doors",
        codes=codes,
        departments=[door.department for door in doors],
        icons=[door.icon for door in doors],
        labels_de=[door.labels[0] for door in doors],
        labels_en=[door.labels[1] for door in doors],
        words_de=[door.words[0] for door in doors],
        words_en=[door.words[1] for door in doors],
        paths=[door.path for door in doors],
        positions=list(range(len(doors))),
    )
    _sql.execute("forget_doors", codes=codes)
