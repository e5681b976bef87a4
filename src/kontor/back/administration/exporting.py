"""Making long files: a job of the worker, with the rights and in the language of who asked."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import QueryDict
from django.tasks import task
from django.utils import timezone
from django.utils.module_loading import import_string
from django.utils.translation import override

from kontor.back.administration import errors
from kontor.back.administration.actions import finish_export, note_progress
from kontor.back.administration.models import Export
from kontor.kernel.actor.identity import Actor, the_house
from kontor.kernel.actor.middleware import actor_for
from kontor.kernel.actor.navigation import declared
from kontor.kernel.transactions import transaction
from kontor.kernel.ui.listing.declaring import Listing, listings
from kontor.kernel.ui.listing.exporting import csv_parts, file_name, head_of, typed_rows
from kontor.kernel.ui.listing.reading import Asked, asked_of

_MOST_IN_A_SHEET = 1_000_000  # beyond that a workbook has no room: the file is CSV instead
_WORKBOOK = "kontor.back.administration.importing.workbooks.workbook_of"


@task
def make_export(export_id: str) -> None:
    """The job. Repeating makes a file only where none is finished."""
    write_export(export_id=UUID(export_id), at=timezone.now())


def listing_of(page: str) -> Listing:
    """The list of a page.

    Raises:
        UnknownList: there is none.
    """
    declared("lists")
    if page not in listings:
        raise errors.UnknownList
    return listings[page]


@transaction
def ask_for_export(
    *, page: str, query: str, language: str, kind: str = "csv", by: Actor, at: datetime
) -> Export:
    """Ask the worker for a long list as a file. While the same file is being made, a repeat returns that one."""
    same = {"page": page, "query": query, "kind": kind or "csv", "language": language, "owner_id": by.id}
    export = Export.objects.filter(**same, done_at=None).first() or Export.objects.create(**same)
    make_export.enqueue(str(export.id))
    return export


def _workbook(asked: Asked, reader: Actor, export_id: UUID, at: datetime) -> tuple[int, bytes] | None:
    rows: list[list[Any]] = []
    for batch in typed_rows(asked, reader):
        rows += batch
        if len(rows) > _MOST_IN_A_SHEET:
            return _csv(asked, reader, export_id, at)
        if not note_progress(export_id=export_id, rows=len(rows), by=the_house(), at=at):
            return None
    workbook_of: Any = import_string(_WORKBOOK)  # a large library: only the worker loads it
    return len(rows), workbook_of(str(asked.listing.title), head_of(asked), rows)


def _csv(asked: Asked, reader: Actor, export_id: UUID, at: datetime) -> tuple[int, bytes] | None:
    parts: list[bytes] = []
    rows = 0
    for part in csv_parts(asked, reader):
        parts.append(part.encode())
        rows = sum(chunk.count(b"\r\n") for chunk in parts) - 1
        if not note_progress(export_id=export_id, rows=rows, by=the_house(), at=at):
            return None
    return rows, b"".join(parts)


def write_export(*, export_id: UUID, at: datetime) -> bool:
    """Read the list batch by batch and store the file; False where nobody wants it any more.

    The right to the list is asked for again: it may have been taken away meanwhile. Safe to repeat.

    Raises:
        NotAllowed: the person has lost the right to the list.
    """
    export = Export.objects.select_related("owner").filter(pk=export_id, done_at=None).first()
    if export is None:
        return False
    reader, listing = actor_for(export.owner), listing_of(export.page)
    reader.require(listing.right)
    with override(export.language):
        asked = asked_of(listing, QueryDict(export.query))
        made = (_workbook if export.kind == "xlsx" else _csv)(asked, reader, export_id, at)
        if made is None:
            return False
        name = file_name(asked, "xlsx" if made[1].startswith(b"PK") else "csv")
    finish_export(export_id=export_id, name=name, rows=made[0], content=made[1], by=the_house(), at=at)
    return True
