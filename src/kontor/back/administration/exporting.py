"""Making long files: a job of the worker, with the rights and in the language of who asked."""

from datetime import datetime
from uuid import UUID

from django.http import QueryDict
from django.tasks import task
from django.utils import timezone
from django.utils.translation import override

from kontor.back.administration import errors
from kontor.back.administration.actions import finish_export, note_progress
from kontor.back.administration.models import Export
from kontor.kernel.actor.identity import Actor, the_house
from kontor.kernel.actor.middleware import actor_for
from kontor.kernel.actor.navigation import declared
from kontor.kernel.transactions import transaction
from kontor.kernel.ui.listing.declaring import Listing, listings
from kontor.kernel.ui.listing.exporting import csv_parts, file_name
from kontor.kernel.ui.listing.reading import asked_of


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
def ask_for_export(*, page: str, query: str, language: str, by: Actor, at: datetime) -> Export:
    """Ask the worker for a long list as a file. While the same file is being made, a repeat returns that one."""
    same = {"page": page, "query": query, "language": language, "owner_id": by.id}
    export = Export.objects.filter(**same, done_at=None).first() or Export.objects.create(**same)
    make_export.enqueue(str(export.id))
    return export


def write_export(*, export_id: UUID, at: datetime) -> bool:
    """Read the list batch by batch and store the file; False where nobody wants it any more.

    The right to the list is asked for again: it may have been taken away meanwhile. Safe to repeat.

    Raises:
        NotAllowed: the person has lost the right to the list.
    """
    export = Export.objects.select_related("owner").filter(pk=export_id, done_at=None).first()
    if export is None:
        return False
    reader, listing, house = actor_for(export.owner), listing_of(export.page), the_house()
    reader.require(listing.right)
    parts: list[bytes] = []
    with override(export.language):
        asked = asked_of(listing, QueryDict(export.query))
        for part in csv_parts(asked, reader):
            parts.append(part.encode())
            rows = sum(chunk.count(b"\r\n") for chunk in parts) - 1
            if not note_progress(export_id=export_id, rows=rows, by=house, at=at):
                return False
    finish_export(
        export_id=export_id, name=file_name(asked), rows=rows, content=b"".join(parts), by=house, at=at
    )
    return True
