"""The steps of an import, a transaction each: a killed worker goes on where it stopped, and nothing goes in twice."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid5

from django.db import IntegrityError
from django.utils.translation import gettext as _

from kontor.back.administration.importing import queries
from kontor.back.administration.importing.models import ImportFile, ImportRow
from kontor.back.administration.importing.records import Record, is_of_this_house, record_of
from kontor.back.warehouse.opening import Opening, write_openings
from kontor.bridge.catalogue.keeping import weigh_offerings, write_offerings
from kontor.bridge.catalogue.selling import sell
from kontor.bridge.catalogue.shelving import CategoryDraft, write_categories, write_memberships
from kontor.bridge.parties.gathering import gather_parties, matched, weigh_parties
from kontor.kernel.actor.identity import Actor
from kontor.kernel.errors import Refusal
from kontor.kernel.transactions import transaction, undoable

TRIED_AT_ONCE = 500
IMPORTED_AT_ONCE = 200
_OUTCOMES = {"created": "creates", "changed": "changes", "same": "keeps"}

type Pair = tuple[ImportRow, Record]


@transaction
def try_batch(*, file_id: UUID, by: Actor, at: datetime) -> bool:
    """Try the next rows without writing anything but the verdict; False when there are none left.

    Safe to repeat, also after being killed: rows already tried are left alone.
    """
    file = queries.locked_file(file_id, "checking")
    if file is None:
        return False
    rows = queries.next_rows(file, ("new",), TRIED_AT_ONCE)
    if not rows:
        file.state = "checked"
        file.save(update_fields=["state"])
        return False
    pairs = _understood(file, rows)
    _find_doubles(file, pairs)
    sound = [(row, record) for row, record in pairs if not record.problems]
    _weigh(file, sound, at)
    for row, record in pairs:
        row.number = record.key[:60]
        row.reasons = record.problems
        if record.problems:
            row.state = "wrong"
    ImportRow.objects.bulk_update([row for row, _record in pairs], ["state", "number", "reasons"])
    return True


def _understood(file: ImportFile, rows: Sequence[ImportRow]) -> list[Pair]:
    rules = queries.rules_of(file)
    return [(row, record_of(file.kind, file.fields, row.cells, rules)) for row in rows]


def _find_doubles(file: ImportFile, pairs: Sequence[Pair]) -> None:
    """A key counts once in a file: the first row has it."""
    lines = queries.lines_of(file, [record.key[:60] for _row, record in pairs if record.key])
    for row, record in pairs:
        key = record.key[:60]
        if not key or record.problems:
            continue
        first = lines.setdefault(key, row.line)
        if first != row.line:
            record.problems.append(
                _("“%(key)s” stands in line %(line)s already.") % {"key": key, "line": first}
            )


def _weigh(file: ImportFile, pairs: Sequence[Pair], at: datetime) -> None:
    for (row, record), verdict in zip(pairs, _verdicts(file, pairs, at), strict=True):
        if isinstance(verdict, Refusal):
            record.problems.append(str(verdict))
            continue
        row.state = _OUTCOMES[verdict]
        if file.kind == "customers":
            if verdict == "created" and record.draft.number and is_of_this_house(record.draft.number):
                record.problems.append(
                    _("“%(key)s” looks like a number of this house, but nobody has it.") % {"key": record.key}
                )
            continue
        if verdict == "created":
            record.problems += _not_ready(file, record)
        elif record.new_category:
            row.state = "changes"


def _verdicts(file: ImportFile, pairs: Sequence[Pair], at: datetime) -> list[Any]:
    if file.kind == "customers":
        found: list[Any] = weigh_parties([record.draft for _row, record in pairs])
        return _with_groups(pairs, found, at)
    # What is to be drawn up first is no category yet: it is left out of the question.
    known = [
        replace(record.draft, category=None) if record.new_category else record.draft
        for _row, record in pairs
    ]
    return [one if isinstance(one, Refusal) else one.outcome for one in weigh_offerings(known, at=at)]


def _with_groups(pairs: Sequence[Pair], found: list[Any], at: datetime) -> list[Any]:
    """A customer who only changes the customer group is changed, too."""
    wanted = [record.draft for _row, record in pairs if record.group is not None]
    if not wanted:
        return found
    known = matched(wanted)
    groups = queries.groups_of([row.id for rows in known.values() for row in rows])
    for place, (_row, record) in enumerate(pairs):
        rows = known.get(record.key, [])
        if found[place] != "same" or record.group is None or len(rows) != 1:
            continue
        if groups.get(rows[0].id, "") != record.group:
            found[place] = "changed"
    return found


def _not_ready(file: ImportFile, record: Record) -> list[str]:
    draft = record.draft
    if not draft.name_de:
        return [_("There is no name.")]
    if not file.sells_at_once:
        return []
    missing = []
    if draft.price is None:
        missing.append(_("a list price that holds on the first day"))
    if not (draft.category or record.new_category) and (draft.kind or "goods") == "goods":
        missing.append(_("a category"))
    return [_("It cannot go on sale: %(missing)s is missing.") % {"missing": one} for one in missing]


@transaction
def import_batch(*, file_id: UUID, by: Actor, at: datetime) -> bool:
    """Import the next rows; False when there are none left or somebody stopped it.

    Rows and their verdicts are written in one transaction: after a kill the next worker goes on with the first row
    that is not in. Where a row is refused, the others of its batch go in without it.
    """
    file = queries.locked_file(file_id, "running")
    if file is None:
        return False
    rows = queries.next_rows(file, ("creates", "changes", "keeps"), IMPORTED_AT_ONCE)
    if not rows:
        file.state, file.finished_at = "done", at
        file.save(update_fields=["state", "finished_at"])
        return False
    pairs = _understood(file, rows)
    for row, record in pairs:
        if record.problems:
            row.state, row.reasons = "wrong", record.problems
    sound = [(row, record) for row, record in pairs if not record.problems]
    if not _went_in(file, sound, by, at):
        for pair in sound:
            _went_in(file, [pair], by, at)
    ImportRow.objects.bulk_update(rows, ["state", "reasons", "subject_id", "number", "before", "after"])
    return True


def _went_in(file: ImportFile, pairs: Sequence[Pair], by: Actor, at: datetime) -> bool:
    """Write some rows, all or none; a single one that is refused says why."""
    if not pairs:
        return True
    try:
        with undoable():
            (_customers_in if file.kind == "customers" else _offerings_in)(file, pairs, by, at)
        return True
    except Refusal as refusal:
        problem = str(refusal)
    except IntegrityError:
        problem = _("The database refused this row. Look for values that contradict what is there already.")
    if len(pairs) == 1:
        row = pairs[0][0]
        row.state, row.reasons, row.subject_id, row.before, row.after = "wrong", [problem], None, {}, {}
    return False


def _customers_in(file: ImportFile, pairs: Sequence[Pair], by: Actor, at: datetime) -> None:
    gathered = gather_parties([record.draft for _row, record in pairs], by=by, at=at)
    members = {
        one.id: record.group
        for one, (_row, record) in zip(gathered, pairs, strict=True)
        if record.group is not None
    }
    before = queries.groups_of(list(members))
    write_memberships(members, at=at)
    for one, (row, _record) in zip(gathered, pairs, strict=True):
        _note(row, one)
        was = before.get(one.id, "")
        if one.id in members and members[one.id] != was:
            row.before["customer_group"], row.after["customer_group"] = was, members[one.id]
            row.state = "changed" if row.state == "same" else row.state


def _offerings_in(file: ImportFile, pairs: Sequence[Pair], by: Actor, at: datetime) -> None:
    wanted = {record.draft.category: record.new_category for _row, record in pairs if record.new_category}
    known = queries.category_slugs()
    missing = [
        CategoryDraft(name_de=name[:80], name_en=name[:80])
        for slug, name in wanted.items()
        if slug not in known
    ]
    if missing:
        write_categories(missing)
    kept = write_offerings([record.draft for _row, record in pairs], by=by, at=at)
    for one, (row, _record) in zip(kept, pairs, strict=True):
        _note(row, one)
    created = [one for one in kept if one.outcome == "created"]
    if file.sells_at_once and created:
        sell([one.number for one in created], valid_from=at, by=by, at=at)
    _stock_in(file, pairs, by, at)


def _stock_in(file: ImportFile, pairs: Sequence[Pair], by: Actor, at: datetime) -> None:
    """Opening stock of offerings that this row drew up; what has moved already is counted, not imported."""
    location = queries.first_location()
    openings = [
        Opening(
            key=uuid5(file.id, str(row.line)),
            offering_id=row.subject_id,
            location_id=location,
            quantity=record.stock,
        )
        for row, record in pairs
        if location is not None
        and row.state == "created"
        and row.subject_id is not None
        and record.stock is not None
        and record.stock > 0
        and (record.draft.kind or "goods") == "goods"
    ]
    if openings:
        write_openings(openings, by=by, at=at)
    stocked = {opening.offering_id for opening in openings}
    for row, record in pairs:
        if row.subject_id in stocked:
            row.after["stock"] = str(record.stock or Decimal(0))


def _note(row: ImportRow, one: Any) -> None:
    row.state, row.subject_id, row.number = one.outcome, one.id, one.number
    row.before, row.after = dict(one.before), dict(one.after)
