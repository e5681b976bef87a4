"""Taking an import back: what it drew up is removed, what it changed is as before; what was used since stays."""

from collections.abc import Callable, Sequence
from dataclasses import fields
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import IntegrityError
from django.utils.translation import gettext as _

from kontor.back.administration.importing import queries
from kontor.back.administration.importing.models import ImportFile, ImportRow
from kontor.back.administration.offerings.wording import field_word
from kontor.bridge.catalogue.drafting import NewPrice, OfferingDraft
from kontor.bridge.catalogue.keeping import write_offerings
from kontor.bridge.catalogue.prices import write_prices
from kontor.bridge.catalogue.selling import remove_unused
from kontor.bridge.catalogue.shelving import forget_memberships, write_memberships
from kontor.bridge.parties.gathering import (
    PartyDraft,
    gather_parties,
    remove_addresses,
    remove_unused_parties,
)
from kontor.kernel.actor.identity import Actor
from kontor.kernel.errors import Refusal
from kontor.kernel.transactions import transaction, undoable

TAKEN_BACK_AT_ONCE = 100


class _NotAll(Exception):
    """Not every one of a set could be removed: they are tried one by one."""


@transaction
def revert_batch(*, file_id: UUID, by: Actor, at: datetime) -> bool:
    """Take the last rows back that are still in; False when there are none left. Safe to repeat."""
    file = queries.locked_file(file_id, "reverting")
    if file is None:
        return False
    rows = queries.next_rows(file, ("created", "changed"), TAKEN_BACK_AT_ONCE, is_backwards=True)
    if not rows:
        file.state, file.reverted_at = "reverted", at
        file.save(update_fields=["state", "reverted_at"])
        return False
    changed = [row for row in rows if row.state == "changed"]
    created = [row for row in rows if row.state == "created"]
    _restore(file, changed, by, at)
    gone = _removed(file, [row.subject_id for row in created if row.subject_id], by, at)
    for row in created:
        is_gone = row.subject_id in gone
        row.state = "reverted" if is_gone else "used"
        row.reasons = [] if is_gone else [_why_kept(row)]
    ImportRow.objects.bulk_update(rows, ["state", "reasons"])
    return True


def _why_kept(row: ImportRow) -> str:
    if "stock" in row.after:
        return _("Its stock is on the books. Count it, or end the offering.")
    return _("It has been used since (orders, stock, matters or a login), so it stays.")


def _removed(file: ImportFile, ids: Sequence[UUID], by: Actor, at: datetime) -> set[UUID]:
    if file.kind == "offerings":
        return set(remove_unused(ids, by=by, at=at)) if ids else set()
    if _gone(ids, by, at):
        return set(ids)
    return {one for one in ids if len(ids) > 1 and _gone([one], by, at)}


def _gone(ids: Sequence[UUID], by: Actor, at: datetime) -> bool:
    try:
        with undoable():
            forget_memberships(ids)
            if len(remove_unused_parties(ids, by=by, at=at)) < len(ids):
                raise _NotAll
    except _NotAll:
        return False
    return True


def _restore(file: ImportFile, rows: Sequence[ImportRow], by: Actor, at: datetime) -> None:
    """Give changed rows their former values, all at once where nobody has changed them since."""
    present = queries.present_values(file.kind, [row.subject_id for row in rows if row.subject_id], at)
    untouched = []
    for row in rows:
        now = present.get(row.subject_id, {}) if row.subject_id else {}
        since = [name for name, value in row.after.items() if name in now and not _equal(now[name], value)]
        if not now or since:
            row.state = "used"
            row.reasons = [
                _("It has been changed since: %(fields)s.")
                % {"fields": ", ".join(field_word(one) for one in since)}
                if since
                else _("It is no longer there.")
            ]
        else:
            untouched.append(row)
    put_back = _customers_back if file.kind == "customers" else _offerings_back
    if not _put_back(put_back, untouched, by, at):
        for row in untouched:
            _put_back(put_back, [row], by, at)


def _put_back(
    put_back: Callable[[Sequence[ImportRow], Actor, datetime], None],
    rows: Sequence[ImportRow],
    by: Actor,
    at: datetime,
) -> bool:
    if not rows:
        return True
    try:
        with undoable():
            put_back(rows, by, at)
    except (Refusal, IntegrityError) as error:
        if len(rows) == 1:
            rows[0].state = "used"
            rows[0].reasons = [str(error) if isinstance(error, Refusal) else _("It is used by others.")]
        return False
    for row in rows:
        row.state, row.reasons = "reverted", []
    return True


def _customers_back(rows: Sequence[ImportRow], by: Actor, at: datetime) -> None:
    numbers = queries.party_numbers([row.subject_id for row in rows if row.subject_id])
    gather_parties(
        [_draft(PartyDraft, row, number=numbers[row.subject_id]) for row in rows if row.subject_id],
        by=by,
        at=at,
    )
    remove_addresses([UUID(row.after["address_id"]) for row in rows if "address_id" in row.after])
    members = {
        row.subject_id: row.before["customer_group"]
        for row in rows
        if row.subject_id and "customer_group" in row.before
    }
    write_memberships(members, at=at)


def _offerings_back(rows: Sequence[ImportRow], by: Actor, at: datetime) -> None:
    write_offerings([_draft(OfferingDraft, row, number=row.number) for row in rows], by=by, at=at)
    never = [
        NewPrice(offering_id=row.subject_id, amount=None, valid_from=at)
        for row in rows
        if row.subject_id and "price" in row.before and row.before["price"] is None
    ]
    write_prices(never, by=by, at=at)


def _draft(kind: type[Any], row: ImportRow, *, number: str) -> Any:
    """A draft that says what was before; what was empty is emptied again."""
    names = {one.name for one in fields(kind)} - {"number", "cleared"}
    before = {name: value for name, value in row.before.items() if name in names}
    values: dict[str, Any] = {name: value for name, value in before.items() if value is not None}
    for name in {"price", "cost"} & set(values):
        values[name] = Decimal(values[name])
    if "cleared" in {one.name for one in fields(kind)}:
        values["cleared"] = frozenset(
            name for name, value in before.items() if value is None and name != "price"
        )
    return kind(number=number, **values)


def _equal(present: Any, noted: Any) -> bool:
    if isinstance(present, Decimal):
        return noted is not None and present == Decimal(str(noted))
    return bool(present == noted) or str(present) == str(noted)
