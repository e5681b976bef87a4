"""The import of UCI *Online Retail*: order lines of a UK gift shop, in order of time, through the house's actions."""

import csv
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import connection

from kontor.config.importing.carrying import carry
from kontor.config.importing.documents import Document, Kind, gather, link_credit_notes
from kontor.config.importing.master import Master, found_import_house, write_master, write_opening
from kontor.config.importing.planning import Batch, batches_of
from kontor.config.importing.reading import Refused, find_file, fingerprint, read_lines
from kontor.config.importing.report import books_of_file, books_of_house, checks_of_ledger, compared
from kontor.config.progress import Progress, hidden
from kontor.config.words import gettext_now as _
from kontor.kernel.actor.identity import Actor, ActorKind
from kontor.kernel.sql import Statements

_sql = Statements(__package__)
BY = Actor(ActorKind.TAKEOVER, name="Online Retail")


@dataclass(frozen=True, slots=True)
class _Standing:
    """What of the file is in the house already."""

    sales: frozenset[str]
    begun: frozenset[str]
    notes: frozenset[str]
    moves: frozenset[Any]
    entries: frozenset[Any]

    def holds(self, batch: Batch) -> bool:
        """Whether every document of the batch is wholly in."""
        return (
            all(sale.number in self.sales for sale in batch.sales)
            and all(note.number in self.notes for note in (*batch.early_notes, *batch.late_notes))
            and all(self._has_parts(document, "move", self.moves) for document in batch.corrections)
            and all(self._has_parts(document, "entry", self.entries) for document in batch.bad_debts)
        )

    def knows(self, document: Document) -> bool:
        """Whether its goods have been promised or moved already."""
        if document.kind is Kind.SALE:
            return document.number in self.begun
        return any(document.part("move", index) in self.moves for index in range(len(document.positions)))

    @staticmethod
    def _has_parts(document: Document, what: str, ids: frozenset[Any]) -> bool:
        return all(
            document.part(what, index) in ids
            for index, position in enumerate(document.positions)
            if what == "move" or position.amount
        )


def import_online_retail(
    path: Path, *, refused_to: Path, at: datetime, progress: Progress = hidden
) -> dict[str, Any]:
    """Take the file over and compare the house with it; the report. Safe to repeat and to resume after any death.

    Lines that are not sound are written to ``refused_to`` with their reasons; the rest goes in.

    Raises:
        HouseRefusal: the file cannot be read as what it should be, or another house stands here.
    """
    begun = time.monotonic()
    file = find_file(path)
    refused: list[Refused] = []
    documents = gather(read_lines(file, until=at, refuse=refused.append), refused.append)
    link_credit_notes(documents)
    found_import_house()
    carried = 0
    if documents:
        _settle_session()
        master = write_master(documents)
        standing = _standing()
        new = [document for document in documents if not standing.knows(document)]
        write_opening(new, master=master, file=fingerprint(file), by=BY)
        carried = _carry_all(batches_of(documents), standing=standing, master=master, progress=progress)
    write_refused(refused, refused_to)
    seconds = time.monotonic() - begun
    places = {line.place for line in refused}
    of_file = books_of_file(read_lines(file, until=at, refuse=lambda _line: None), left_out=places)
    lines = sum(len(document.positions) for document in documents)
    return {
        "lines": lines,
        "rejected": len(refused),
        "rejected_in": str(refused_to),
        "documents": len(documents),
        "unlinked_credit_notes": _unlinked(documents),
        "documents_carried": carried,
        "seconds": round(seconds, 1),
        "lines_per_s": round(lines / seconds) if carried else 0,
        **compared(of_file, books_of_house()),
        **checks_of_ledger(),
    }


def _settle_session() -> None:
    """Sort in memory, and let commits be written together: what a power cut takes, the next run brings again."""
    with connection.cursor() as cursor:
        cursor.execute("SET work_mem = '64MB'; SET synchronous_commit = off; SET statement_timeout = 0")


def _carry_all(batches: Sequence[Batch], *, standing: _Standing, master: Master, progress: Progress) -> int:
    """Carry what is not in yet; returns how many documents. New statistics after 1, 4, 16 and 64 batches."""
    done = documents = count = 0
    with progress(_("Lines imported"), sum(batch.lines for batch in batches)) as tell:
        for batch in batches:
            if not standing.holds(batch):
                carry(batch, master=master, by=BY)
                documents += len(batch.documents)
                count += 1
                if count in (1, 4, 16, 64):
                    _analyze()
            done += batch.lines
            tell(done)
    if documents:
        _make_durable()
    return documents


def _make_durable() -> None:
    """From here on a commit is on the disk when it returns, and this one takes all before it along."""
    with connection.cursor() as cursor:
        cursor.execute("SET synchronous_commit = on")
    _analyze()


def _analyze() -> None:
    """Tell the planner how large the tables have grown: autovacuum comes too late for an import."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _standing() -> _Standing:
    return _Standing(
        sales=frozenset(row.number for row in _sql.rows("standing_orders")),
        begun=frozenset(row.number for row in _sql.rows("standing_orders_begun")),
        notes=frozenset(row.number for row in _sql.rows("standing_notes")),
        moves=frozenset(row.id for row in _sql.rows("standing_moves")),
        entries=frozenset(row.source_id for row in _sql.rows("standing_entries")),
    )


def _unlinked(documents: Sequence[Document]) -> int:
    return sum(
        1 for document in documents if document.kind is Kind.CREDIT_NOTE and document.refers_to is None
    )


def write_refused(refused: Sequence[Refused], file: Path) -> None:
    """Write the refused lines, where there are any, as CSV: line of the file, reason, what it says."""
    file.unlink(missing_ok=True)
    if not refused:
        return
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(["line", "reason", "text"])
        for line in sorted(refused, key=lambda line: line.place):
            writer.writerow([line.place, line.reason, line.text.rstrip("\r\n").replace("\0", "\\0")])
