"""Putting offerings on sale, taking them off, ending them, and removing what was never used."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.db import IntegrityError
from django.utils.translation import gettext as _

from kontor.bridge.catalogue import errors, events, queries
from kontor.bridge.catalogue.actions import publish_storefront
from kontor.bridge.catalogue.models import Offering, OfferingGroup
from kontor.bridge.parties.queries import current_house
from kontor.kernel.actor.identity import Actor
from kontor.kernel.events.emitting import emit
from kontor.kernel.sql import Statements
from kontor.kernel.transactions import in_transaction, transaction, undoable

_sql = Statements(__package__)
_INSTANT = timedelta(microseconds=1)


@transaction
def put_on_sale(
    *,
    numbers: Sequence[str],
    valid_from: datetime,
    valid_until: datetime | None = None,
    by: Actor,
    at: datetime,
) -> int:
    """Publish offerings from an instant on (now or later) until another one (exclusive; None: for good).

    Returns how many changed. Moves no money. Safe to repeat: what is on sale so already is not told again.

    Raises:
        NotAllowed: ``by`` lacks the right ``offerings.write``.
        EndsBeforeItBegins: the end lies before the beginning.
        NotReady: names, a price, or (for goods) a category are missing.
    """
    by.require("offerings.write")
    return sell(numbers, valid_from=valid_from, valid_until=valid_until, by=by, at=at)


@in_transaction
def sell(
    numbers: Sequence[str],
    *,
    valid_from: datetime,
    valid_until: datetime | None = None,
    by: Actor,
    at: datetime,
) -> int:
    """The part of putting on sale that other actions use. What was on sale before keeps its first day."""
    if valid_until is not None and valid_until <= valid_from:
        raise errors.EndsBeforeItBegins
    known = queries.locked_offerings(numbers)
    currency = current_house().currency
    priced = queries.priced_ever([row.id for row in known.values()], currency, valid_from)
    changed = []
    for row in known.values():
        missing = missing_of(row, has_price=row.id in priced)
        if missing:
            raise errors.NotReady(number=row.number, missing=", ".join(missing))
        begins = min(row.valid_from, valid_from) if row.is_published and row.valid_from <= at else valid_from
        if (row.is_published, row.valid_from, row.valid_until) != (True, begins, valid_until):
            row.is_published, row.valid_from, row.valid_until = True, begins, valid_until
            changed.append(row)
    Offering.objects.bulk_update(changed, ["is_published", "valid_from", "valid_until"])
    publish_storefront([row.id for row in changed], currency=currency, at=at)
    told = [
        events.OfferingPublished(
            subject=row.number, subject_id=row.id, valid_from=row.valid_from, valid_until=valid_until
        )
        for row in changed
    ]
    emit(told, by=by, at=at)
    return len(changed)


def missing_of(row: Offering, *, has_price: bool) -> list[str]:
    """What an offering still lacks before it can go on sale, in words; empty when it is ready."""
    missing = []
    if not (row.name_de and row.name_en):
        missing.append(_("a name in both languages"))
    if not has_price:
        missing.append(_("a list price that holds on the first day"))
    if row.kind == Offering.Kind.GOODS and row.group_id is None:
        missing.append(_("a category"))
    return missing


@transaction
def take_off_sale(*, numbers: Sequence[str], is_ended: bool, by: Actor, at: datetime) -> int:
    """Take offerings off the shelf: back to draft, or (``is_ended``) ended for good; returns how many changed.

    Open orders are not touched and are still checked as of their placing only where the offering ends; one that goes
    back to draft holds new orders for a person. Moves no money. Safe to repeat.

    Raises:
        NotAllowed: ``by`` lacks the right ``offerings.write``.
    """
    by.require("offerings.write")
    changed = []
    for row in queries.locked_offerings(numbers).values():
        is_over = row.valid_until is not None and row.valid_until <= at
        if is_ended and not is_over:
            row.valid_until = at
            row.valid_from = min(row.valid_from, at - _INSTANT)
            changed.append(row)
        elif not is_ended and row.is_published:
            row.is_published = False
            changed.append(row)
    Offering.objects.bulk_update(changed, ["is_published", "valid_from", "valid_until"])
    publish_storefront([row.id for row in changed], currency=current_house().currency, at=at)
    told = [
        events.OfferingWithdrawn(subject=row.number, subject_id=row.id, is_ended=is_ended) for row in changed
    ]
    emit(told, by=by, at=at)
    return len(changed)


@in_transaction
def remove_unused(ids: Sequence[UUID], *, by: Actor, at: datetime) -> list[UUID]:
    """Remove offerings that nothing refers to (no stock, no order, no receipt); returns those that are gone.

    What is used stays whole. Moves no money. Safe to repeat.
    """
    rows = list(Offering.objects.filter(id__in=ids).order_by("id").select_for_update())
    gone = [row for row in rows if row.id in set(_removed([row.id for row in rows]))]
    groups = [row.group_id for row in gone if row.group_id is not None]
    empty = list(OfferingGroup.objects.filter(id__in=groups, offerings=None).values_list("id", flat=True))
    _sql.execute("withdraw_pictures", groups=empty)
    _sql.execute("withdraw_groups", groups=empty)
    _sql.execute("remove_pictures", groups=empty)
    _sql.execute("remove_groups", groups=empty)
    rest = [one for one in groups if one not in set(empty)]
    kept = list(Offering.objects.filter(group_id__in=rest).values_list("id", flat=True))
    publish_storefront(kept, currency=current_house().currency, at=at)
    emit([events.OfferingRemoved(subject=row.number, subject_id=row.id) for row in gone], by=by, at=at)
    return [row.id for row in gone]


def _removed(ids: list[UUID]) -> list[UUID]:
    """Delete all at once; where one is used, each by itself. The database knows who refers to what."""
    if _remove(ids):
        return ids
    return [] if len(ids) == 1 else [one for one in ids if _remove([one])]


def _remove(ids: list[UUID]) -> bool:
    try:
        with undoable():
            for name in ("remove_items", "remove_prices", "remove_own_pictures", "remove_offerings"):
                _sql.execute(name, ids=ids)
    except IntegrityError:
        return False
    return True
