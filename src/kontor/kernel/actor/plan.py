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
from kontor.kernel.actor.identity import Actor
from kontor.kernel.house import doors
from kontor.kernel.language import reader_language
from kontor.kernel.sql import Statements
from kontor.kernel.transactions import in_transaction

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
class Page:
    """A page that a department works on. Without ``url`` the reader may not enter: ``who`` says who may."""

    label: str
    icon: str
    url: str
    who: str = ""


@dataclass(frozen=True, slots=True)
class Way:
    """A door to customers, open or shut."""

    label: str
    icon: str
    url: str
    is_open: bool


@dataclass(frozen=True, slots=True)
class RoomOfHouse:
    """A department with its doors and pages. ``members`` counts open logins."""

    code: str
    name: str
    members: int
    is_mine: bool
    pages: Sequence[Page]
    ways: Sequence[Way]


@dataclass(frozen=True, slots=True)
class Stream:
    """A flow with the page that shows more, where the reader may see it."""

    flow: Flow
    department: str
    url: str


@dataclass(frozen=True, slots=True)
class FloorPlan:
    """The whole house."""

    front: Sequence[RoomOfHouse]
    back: Sequence[RoomOfHouse]
    outward: Sequence[Stream]
    inward: Sequence[Stream]


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


def floor_plan(actor: Actor, since: datetime) -> FloorPlan:
    """The house as ``actor`` sees it, with what passed since an instant. Three statements, and one a flowing room."""
    departments, parts = _sql.rows("departments_with_members"), _sql.rows("parts")
    rights = {row.code: frozenset(json.loads(row.rights)) for row in departments}
    names = {row.code: _in_language(row, "name") for row in departments}
    reader = _Reader(actor, rights, names)
    ways = [(door.department, _way(door)) for door in doors()]
    rooms = [
        RoomOfHouse(
            code=row.code,
            name=names[row.code],
            members=row.members,
            is_mine=row.code in actor.departments,
            pages=[reader.page(part) for part in parts if part.department == row.code],
            ways=[way for code, way in ways if code == row.code],
        )
        for row in departments
    ]
    sides = {row.code: row.side for row in departments}
    urls = {part.url_name: reader.page(part).url for part in parts}
    streams = [
        Stream(flow, names.get(flow.department, ""), urls.get(flow.page, "")) for flow in read_flows(since)
    ]
    return FloorPlan(
        front=[room for room in rooms if sides[room.code] == "front"],
        back=[room for room in rooms if sides[room.code] == "back"],
        outward=[stream for stream in streams if stream.flow.direction == "out"],
        inward=[stream for stream in streams if stream.flow.direction == "in"],
    )


class _Reader:
    """Which pages somebody may open, and who else may."""

    def __init__(self, actor: Actor, rights: Mapping[str, frozenset[str]], names: Mapping[str, str]) -> None:
        self._actor, self._rights, self._names = actor, rights, names

    def page(self, part: Any) -> Page:
        wanted = {f"{part.plane}.enter", part.right} - {""}
        label = _in_language(part, "label")
        if all(self._actor.has(right) for right in wanted):
            return Page(label, part.icon, _address(part.plane, part.path))
        who = [self._names[code] for code, held in self._rights.items() if wanted <= held]
        return Page(label, part.icon, "", ", ".join(who))


def _address(plane: str, path: str) -> str:
    here = settings.PLANE.name
    if plane == here:
        return path
    base = str(getattr(settings, f"{plane.upper()}_URL", ""))
    return f"{base}{path}" if base else ""


def _way(door: Any) -> Way:
    return Way(
        _in_language(door, "label"), door.icon, f"{settings.PUBLIC_URL}{door.path}", is_open=door.is_open
    )


def _in_language(row: Any, name: str) -> str:
    return str(getattr(row, f"{name}_{reader_language()}"))
