"""“Das Haus”: doors and front departments on one side, back departments on the other, what passes between them today.

Everything is read from what the rooms declare: entries of ``navigation.py`` (written down for the other plane when the
database is prepared), doors, departments, flows.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings

from kontor.kernel.actor.flows import Flow, read_flows
from kontor.kernel.actor.identity import Actor, ActorKind
from kontor.kernel.house import doors
from kontor.kernel.language import reader_language
from kontor.kernel.sql import Statements
from kontor.kernel.transactions import in_transaction

type Marks = Mapping[str, Sequence[int]]

_sql = Statements(__package__)


@dataclass(frozen=True, slots=True, kw_only=True)
class DeclaredPart:
    """A page of a room as the owner writes it down."""

    plane: str
    url_name: str
    department: str
    labels: tuple[str, str]
    path: str
    icon: str
    right: str


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page or an open door is: on which plane, at which address there."""

    plane: str
    path: str

    def url(self, path: str = "") -> str:
        """The address from here; of another page there when ``path`` names one. Empty: this house has no such plane."""
        return _address(self.plane, path or self.path)


@dataclass(frozen=True, slots=True)
class Page:
    """A page that a department works on. Where the reader may not enter it, ``who`` says which departments may.

    ``url`` leads there all the same: the page asks for the login of its side, or says which right is missing.
    """

    name: str
    label: str
    icon: str
    url: str
    may_enter: bool = True
    who: str = ""
    marks: Sequence[int] = ()


@dataclass(frozen=True, slots=True)
class Way:
    """A door to customers, open or shut."""

    code: str
    label: str
    icon: str
    url: str
    is_open: bool
    marks: Sequence[int] = ()


@dataclass(frozen=True, slots=True)
class RoomOfHouse:
    """A department with its doors and pages. ``members`` counts open logins.

    A department without pages of its own works on those of others: ``is_guest``.
    """

    code: str
    name: str
    members: int
    is_mine: bool
    pages: Sequence[Page]
    is_guest: bool
    ways: Sequence[Way]

    @property
    def url(self) -> str:
        """Where the department begins: its first page, else its first open door."""
        pages, ways = (page.url for page in self.pages), (way.url for way in self.ways if way.is_open)
        return next(filter(None, (*pages, *ways)), "")


@dataclass(frozen=True, slots=True)
class Stream:
    """A flow with the page that shows more of it."""

    flow: Flow
    department: str
    url: str


@dataclass(frozen=True, slots=True)
class FloorPlan:
    """The whole house. The first two addresses are where each side begins; ``places`` are all pages and open doors."""

    front_url: str
    back_url: str
    front: Sequence[RoomOfHouse]
    back: Sequence[RoomOfHouse]
    outward: Sequence[Stream]
    inward: Sequence[Stream]
    places: Mapping[str, Place]


@in_transaction
def write_parts(parts: Iterable[DeclaredPart]) -> None:
    """Write down what the rooms declare, as the owner. Safe to repeat."""
    rows = list(parts)
    _sql.execute("forget_parts")
    _sql.execute(
        "write_parts",
        planes=[row.plane for row in rows],
        url_names=[row.url_name for row in rows],
        departments=[row.department for row in rows],
        labels_de=[row.labels[0] for row in rows],
        labels_en=[row.labels[1] for row in rows],
        paths=[row.path for row in rows],
        icons=[row.icon for row in rows],
        rights=[row.right for row in rows],
        positions=list(range(len(rows))),
    )


def floor_plan(actor: Actor, since: datetime, marks: Marks | None = None) -> FloorPlan:
    """The house as ``actor`` sees it, with what passed since an instant. Three statements, and one a flowing room.

    ``marks`` are numbers to stand beside pages and doors, by their names.
    """
    departments, parts, marks = _sql.rows("departments_with_members"), _sql.rows("parts"), marks or {}
    entrances = doors()
    rights = {row.code: frozenset(json.loads(row.rights)) for row in departments}
    names = {row.code: _in_language(row, "name") for row in departments}
    reader = _Reader(actor, rights, names, marks)
    ways = [(door.department, _way(door, marks.get(door.code, ()))) for door in entrances]
    sides = {row.code: row.side for row in departments}
    rooms = [
        RoomOfHouse(
            code=row.code,
            name=names[row.code],
            members=row.members,
            is_mine=row.code in actor.departments,
            pages=[
                reader.page(part)
                for part in _own(parts, row.code) or _lent(parts, row.side, rights[row.code])
            ],
            is_guest=not _own(parts, row.code),
            ways=[way for code, way in ways if code == row.code],
        )
        for row in departments
    ]
    places = {part.url_name: Place(part.plane, part.path) for part in parts}
    places |= {door.code: Place("public", door.path) for door in entrances if door.is_open}
    streams = [
        Stream(flow, names.get(flow.department, ""), places[flow.page].url() if flow.page in places else "")
        for flow in read_flows(since)
    ]
    return FloorPlan(
        front_url=_address("desk", "/"),
        back_url=_address("back", "/"),
        front=[room for room in rooms if sides[room.code] == "front"],
        back=[room for room in rooms if sides[room.code] == "back"],
        outward=[stream for stream in streams if stream.flow.direction == "out"],
        inward=[stream for stream in streams if stream.flow.direction == "in"],
        places=places,
    )


def _own(parts: Sequence[Any], code: str) -> Sequence[Any]:
    return [part for part in parts if part.department == code]


def _lent(parts: Sequence[Any], side: str, rights: frozenset[str]) -> Sequence[Any]:
    """Pages of other departments on the same side that a department's own rights open."""
    plane = "desk" if side == "front" else "back"
    return [part for part in parts if part.plane == plane and part.right in rights]


class _Reader:
    """Which pages somebody may open, and who else may. Whoever is not logged in is not told about rights."""

    def __init__(
        self, actor: Actor, rights: Mapping[str, frozenset[str]], names: Mapping[str, str], marks: Marks
    ) -> None:
        self._actor, self._rights, self._names, self._marks = actor, rights, names, marks

    def page(self, part: Any) -> Page:
        wanted = {f"{part.plane}.enter", part.right} - {""}
        place = (part.url_name, _in_language(part, "label"), part.icon, _address(part.plane, part.path))
        if self._actor.kind is not ActorKind.STAFF or all(self._actor.has(right) for right in wanted):
            return Page(*place, marks=self._marks.get(part.url_name, ()))
        who = [self._names[code] for code, held in self._rights.items() if wanted <= held]
        marks = self._marks.get(part.url_name, ())
        return Page(*place, may_enter=False, who=", ".join(who), marks=marks)


def _address(plane: str, path: str) -> str:
    here = settings.PLANE.name
    if plane == here:
        return path
    base = str(getattr(settings, f"{plane.upper()}_URL", ""))
    return f"{base}{path}" if base else ""


def _way(door: Any, marks: Sequence[int]) -> Way:
    url = _address("public", door.path)
    return Way(door.code, _in_language(door, "label"), door.icon, url, is_open=door.is_open, marks=marks)


def _in_language(row: Any, name: str) -> str:
    return str(getattr(row, f"{name}_{reader_language()}"))
