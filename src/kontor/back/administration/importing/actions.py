"""What somebody does with an import: upload, assign columns, start, stop, take back, throw away."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from uuid import UUID

from kontor.back.administration.importing import errors
from kontor.back.administration.importing.columns import FIELDS, missing_fields
from kontor.back.administration.importing.jobs import work_on_import
from kontor.back.administration.importing.models import ImportFile, ImportRow, ImportTemplate
from kontor.back.administration.importing.reading import look_at
from kontor.kernel.actor.identity import Actor
from kontor.kernel.errors import NotAllowed, NotFound
from kontor.kernel.ids import uuid7
from kontor.kernel.transactions import transaction

_State = ImportFile.State
RIGHTS = {"customers": "administration.write", "offerings": "offerings.write"}
MOST_FILES = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Mapping:
    """How the columns of a file are to be read; ``template`` is the name to keep it under, empty: not at all."""

    fields: Sequence[str]
    decimal_mark: str
    sells_at_once: bool = False
    template: str = ""


def require_right(kind: str, by: Actor) -> None:
    """Refuse unless ``by`` may import files of this kind.

    Raises:
        NotAllowed: the right is missing.
    """
    if not by.has("administration.write"):
        by.require(RIGHTS[kind])


@transaction
def upload(*, kind: str, name: str, content: bytes, language: str, by: Actor, at: datetime) -> ImportFile:
    """Keep a file to be read by the worker. Nothing is imported yet. Each upload is an import of its own.

    Raises:
        NotAllowed: ``by`` lacks the right.
        FileTooLarge, NotATable, OldWorkbook, HasMacros, UnpacksTooLarge, Broken: it cannot be opened.
    """
    require_right(kind, by)
    look_at(content)
    if by.id is None:
        raise NotAllowed(right=RIGHTS[kind])
    file = ImportFile.objects.create(
        id=uuid7(),
        kind=kind,
        name=(Path(name.replace("\\", "/")).name or "import")[:120],
        content=content,
        language=language,
        owner_id=by.id,
    )
    work_on_import.enqueue(str(file.id))
    return file


@transaction
def assign_columns(*, file_id: UUID, mapping: Mapping, by: Actor, at: datetime) -> None:
    """Say what the columns mean, and have every row tried. Nothing is imported yet. Safe to repeat.

    Raises:
        NotAllowed, NotFound, NotNow: it is not the time for it.
        MappingIncomplete, FieldTwice: the mapping is not enough.
        TemplateNameUsed: the name is taken.
    """
    file = _locked(file_id, by, (_State.READ, _State.CHECKED))
    known = {field.name: field for field in FIELDS[file.kind]}
    fields = [name if name in known else "" for name in mapping.fields][: len(file.headers)]
    fields += [""] * (len(file.headers) - len(fields))
    for name in filter(None, fields):
        if fields.count(name) > 1:
            raise errors.FieldTwice(field=known[name].label)
    missing = missing_fields(file.kind, fields)
    if missing:
        raise errors.MappingIncomplete(what=missing)
    if mapping.template:
        ImportTemplate.objects.create(
            kind=file.kind, name=mapping.template, headers=file.headers, fields=fields
        )
    file.fields, file.sells_at_once = fields, mapping.sells_at_once
    file.decimal_mark = "," if mapping.decimal_mark == "," else "."
    file.state, file.problem = _State.CHECKING, ""
    file.save(update_fields=["fields", "sells_at_once", "decimal_mark", "state", "problem"])
    ImportRow.objects.filter(file=file).update(state="new", reasons=[], number="")
    work_on_import.enqueue(str(file.id))


@transaction
def start(*, file_id: UUID, by: Actor, at: datetime) -> None:
    """Import the rows that can go in, or go on after a stop. Safe to repeat while it runs.

    Raises:
        NotAllowed, NotFound, NotNow; NothingToImport: no row can go in.
    """
    file = _locked(file_id, by, (_State.CHECKED, _State.STOPPED, _State.RUNNING))
    if file.state == _State.RUNNING:
        return
    if not ImportRow.objects.filter(file=file, state__in=("creates", "changes", "keeps")).exists():
        raise errors.NothingToImport
    file.state, file.problem, file.started_at = _State.RUNNING, "", file.started_at or at
    file.save(update_fields=["state", "problem", "started_at"])
    work_on_import.enqueue(str(file.id))


@transaction
def stop(*, file_id: UUID, by: Actor, at: datetime) -> None:
    """Stop after the rows under way. What is in stays in; it can go on or be taken back. Safe to repeat.

    Raises:
        NotAllowed, NotFound, NotNow.
    """
    file = _locked(file_id, by, (_State.RUNNING, _State.CHECKING, _State.STOPPED, _State.READ))
    file.state = {_State.RUNNING: _State.STOPPED, _State.CHECKING: _State.READ}.get(
        ImportFile.State(file.state), ImportFile.State(file.state)
    )
    file.save(update_fields=["state"])


@transaction
def take_back(*, file_id: UUID, by: Actor, at: datetime) -> None:
    """Undo an import: what it drew up is removed, what it changed is as before; what was used since stays and is named.

    Raises:
        NotAllowed, NotFound, NotNow.
    """
    file = _locked(file_id, by, (_State.DONE, _State.STOPPED, _State.REVERTING))
    if file.state == _State.REVERTING:
        return
    file.state, file.problem = _State.REVERTING, ""
    file.save(update_fields=["state", "problem"])
    work_on_import.enqueue(str(file.id))


@transaction
def throw_away(*, file_id: UUID, by: Actor, at: datetime) -> None:
    """Forget a file with its rows. What it imported stays and can no longer be taken back. Safe to repeat.

    Raises:
        NotAllowed: ``by`` lacks the right.
        NotNow: the worker has it.
    """
    file = ImportFile.objects.filter(pk=file_id).defer("content").select_for_update().first()
    if file is None:
        return
    require_right(file.kind, by)
    if file.is_working and file.state != _State.READING:
        raise errors.NotNow(state=file.get_state_display())
    ImportRow.objects.filter(file=file).delete()
    file.delete()


def _locked(file_id: UUID, by: Actor, states: Sequence[ImportFile.State]) -> ImportFile:
    rows = ImportFile.objects.filter(pk=file_id).defer("content", "wrong_rows")
    file = rows.select_for_update(of=("self",)).first()
    if file is None:
        raise NotFound(number=str(file_id))
    require_right(file.kind, by)
    if file.state not in states:
        raise errors.NotNow(state=file.get_state_display())
    return file
