"""What the worker does with files: read, try, import, take back; each in small steps that survive a kill."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import OperationalError
from django.tasks import task
from django.utils import timezone
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from django.utils.translation import override

from kontor.back.administration.importing import queries
from kontor.back.administration.importing.columns import PROBLEM_HEADINGS, suggested
from kontor.back.administration.importing.models import ImportFile, ImportRow
from kontor.back.administration.importing.reading import Table, read_table
from kontor.back.administration.importing.reverting import revert_batch
from kontor.back.administration.importing.stepping import import_batch, try_batch
from kontor.kernel.actor.identity import Actor, ActorKind
from kontor.kernel.errors import Refusal
from kontor.kernel.transactions import transaction

_WORKBOOK = "kontor.back.administration.importing.workbooks.workbook_of"
_INSERTED_AT_ONCE = 2_000
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@task
def work_on_import(file_id: str) -> None:
    """The job: whatever the file waits for. Repeating goes on where the last one stopped."""
    carry_on(file_id=UUID(file_id))


def carry_on(*, file_id: UUID, clock: Callable[[], datetime] = timezone.now) -> None:
    """Do all that a file waits for, batch by batch, in the language of who uploaded it. Safe to repeat."""
    file = (
        ImportFile.objects.filter(pk=file_id).select_related("owner").defer("content", "wrong_rows").first()
    )
    if file is None:
        return
    by = Actor(ActorKind.IMPORT, id=file.owner_id, name=file.owner.name)
    with override(file.language):
        if file.state == "reading":
            _read(file_id, by, clock())
        try:
            for batch in (try_batch, import_batch, revert_batch):
                while batch(file_id=file_id, by=by, at=clock()):
                    pass
        except OperationalError:
            raise  # the database's, not the file's: the job is repeated
        except Exception:
            note_failure(file_id=file_id, by=by, at=clock())
            raise  # into the log
        _keep_wrong_rows(file_id, by, clock())


def _read(file_id: UUID, by: Actor, at: datetime) -> None:
    file = queries.content_of(file_id, "reading")
    if file is None:
        return
    # Whatever fails, nobody waits for a file that is not being read any more; the failure itself goes to the log.
    problem = _("Reading this file failed for a reason nobody foresaw. Save it as CSV, then upload that.")
    try:
        store_rows(file_id=file_id, table=read_table(bytes(file.content)), by=by, at=at)
        problem = ""
    except Refusal as refusal:
        problem = str(refusal)
    except OperationalError:
        problem = ""  # the database's, not the file's: the job is repeated
        raise
    finally:
        if problem:
            note_broken(file_id=file_id, problem=problem, by=by, at=at)


@transaction
def note_broken(*, file_id: UUID, problem: str, by: Actor, at: datetime) -> None:
    """Say why a file cannot be read. Safe to repeat."""
    ImportFile.objects.filter(pk=file_id, state="reading").update(state="broken", problem=problem[:300])


@transaction
def note_failure(*, file_id: UUID, by: Actor, at: datetime) -> None:
    """Nobody waits for what has failed: what is in stays in, the rest can be tried again. Safe to repeat."""
    problem = _(
        "This failed for a reason nobody foresaw; it stands in the log. What is in, is in: try the rest again."
    )
    for working, then in (("checking", "read"), ("running", "stopped"), ("reverting", "stopped")):
        ImportFile.objects.filter(pk=file_id, state=working).update(state=then, problem=problem[:300])


@transaction
def store_rows(*, file_id: UUID, table: Table, by: Actor, at: datetime) -> None:
    """Keep the rows of a file that was read, and guess its columns. Safe to repeat: a file is read once."""
    file = queries.locked_file(file_id, "reading")
    if file is None:
        return
    headers, rows = _without_problems(table)
    template = queries.template_for(file.kind, headers)
    file.headers = headers
    file.fields = template.fields if template else suggested(file.kind, headers)
    file.encoding, file.delimiter = table.encoding, table.delimiter
    file.decimal_mark = table.decimal_mark or ("," if file.language == "de" else ".")
    file.rows, file.state = len(rows), "read"
    ImportRow.objects.filter(file=file).delete()
    ImportRow.objects.bulk_create(
        (ImportRow(file=file, line=line, cells=cells) for line, cells in rows), batch_size=_INSERTED_AT_ONCE
    )
    file.save(update_fields=["headers", "fields", "encoding", "delimiter", "decimal_mark", "rows", "state"])


def _without_problems(table: Table) -> tuple[list[str], list[tuple[int, list[str]]]]:
    """A file of wrong rows that was mended and came back: without our column, and without our apostrophes."""
    if not table.headers or table.headers[0] not in PROBLEM_HEADINGS:
        return table.headers, table.rows
    rows = [(line, [_unguarded(cell) for cell in cells[1:]]) for line, cells in table.rows]
    return table.headers[1:], rows


def _unguarded(cell: str) -> str:
    return cell[1:] if cell[:1] == "'" and cell[1:2] in _FORMULA else cell


def _keep_wrong_rows(file_id: UUID, by: Actor, at: datetime) -> None:
    file = ImportFile.objects.filter(pk=file_id, state__in=("checked", "done")).defer("content").first()
    if file is None:
        return
    wrong = queries.all_wrong_rows(file)
    content = None
    if wrong:
        workbook_of: Any = import_string(_WORKBOOK)
        head = [_("Problem"), *file.headers]
        content = workbook_of(file.name, head, ([" ".join(row.reasons), *row.cells] for row in wrong))
    note_wrong_rows(file_id=file_id, content=content, by=by, at=at)


@transaction
def note_wrong_rows(*, file_id: UUID, content: bytes | None, by: Actor, at: datetime) -> None:
    """Keep the workbook of rows that did not go in. Safe to repeat."""
    ImportFile.objects.filter(pk=file_id).update(wrong_rows=content)
