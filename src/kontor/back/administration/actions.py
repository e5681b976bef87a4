"""Saved views, long files, and another try for what was not heard."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from kontor.back.administration import errors
from kontor.back.administration.models import Export, SavedView
from kontor.kernel.actor.identity import Actor
from kontor.kernel.errors import NotAllowed, NotFound
from kontor.kernel.sql import Statements
from kontor.kernel.transactions import transaction

MOST_OWN_VIEWS = 20

_sql = Statements(__package__)


@transaction
def save_view(
    *, page: str, name: str, query: str, is_shared: bool = False, by: Actor, at: datetime
) -> SavedView:
    """Keep a list's filters, order and columns under a name; a view of one's own with this name is replaced.

    Safe to repeat. Raises:
        TooManyViews: the person keeps as many of this list as are shown.
    """
    mine = SavedView.objects.filter(page=page, owner_id=_account(by))
    if mine.exclude(name=name).count() >= MOST_OWN_VIEWS:
        raise errors.TooManyViews(count=MOST_OWN_VIEWS)
    view = SavedView(page=page, name=name, query=query, is_shared=is_shared, owner_id=_account(by))
    [kept] = SavedView.objects.bulk_create(
        [view],
        update_conflicts=True,
        unique_fields=["page", "owner", "name"],
        update_fields=["query", "is_shared"],
    )
    return kept


@transaction
def change_view(*, view_id: UUID, name: str, is_shared: bool, by: Actor, at: datetime) -> SavedView:
    """Rename one's own view, share it or keep it to oneself. Safe to repeat.

    Raises:
        NotFound: there is none, or it is somebody else's.
        ViewNameUsed: another view of one's own has this name.
    """
    view = SavedView.objects.select_for_update().filter(pk=view_id, owner_id=_account(by)).first()
    if view is None:
        raise NotFound(number=str(view_id))
    view.name, view.is_shared = name, is_shared
    view.save(update_fields=["name", "is_shared"])
    return view


@transaction
def remove_view(*, view_id: UUID, by: Actor, at: datetime) -> None:
    """Forget one's own view. Safe to repeat."""
    SavedView.objects.filter(pk=view_id, owner_id=by.id).delete()


@transaction
def note_progress(*, export_id: UUID, rows: int, by: Actor, at: datetime) -> bool:
    """Write how far a file is; False when its owner does not want it any more. Safe to repeat."""
    return Export.objects.filter(pk=export_id, done_at=None).update(rows=rows) == 1


@transaction
def finish_export(*, export_id: UUID, name: str, rows: int, content: bytes, by: Actor, at: datetime) -> None:
    """Store the file. Safe to repeat: a finished file stays as it is."""
    Export.objects.filter(pk=export_id, done_at=None).update(
        name=name, rows=rows, content=content, done_at=at
    )


@transaction
def remove_export(*, export_id: UUID, by: Actor, at: datetime) -> None:
    """Throw one's own file away, or stop making it. Safe to repeat."""
    Export.objects.filter(pk=export_id, owner_id=by.id).delete()


@transaction
def try_again(*, ids: Sequence[int], by: Actor, at: datetime) -> int:
    """Hand deliveries that failed to their handlers once more; returns how many.

    Safe to repeat: handlers are. Raises:
        NotAllowed: ``by`` lacks the right ``administration.write``.
        NotDead: none of them failed.
    """
    by.require("administration.write")
    revived = _sql.rows("revive", ids=list(ids))
    if not revived:
        raise errors.NotDead
    _sql.rows("wake")
    return len(revived)


@transaction
def do_again(*, ids: Sequence[int], by: Actor, at: datetime) -> int:
    """Let the worker do jobs again that it gave up; returns how many. Safe to repeat: jobs are.

    Raises:
        NotAllowed: ``by`` lacks the right ``administration.write``.
        NotDead: none of them was given up.
    """
    by.require("administration.write")
    retried = _sql.rows("retry_jobs", ids=list(ids))
    if not retried:
        raise errors.NotDead
    return len(retried)


def _account(by: Actor) -> UUID:
    """The login that acts; schedules and imports keep no views.

    Raises:
        NotAllowed: ``by`` is nobody with a login.
    """
    if by.id is None:
        raise NotAllowed(right="back.enter")
    return by.id
