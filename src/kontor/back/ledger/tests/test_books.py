"""The books, as a bookkeeper and an auditor see them: exact figures, and nothing that is posted ever changes."""

from datetime import date
from decimal import Decimal
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction

from kontor.back.invoicing.models import Invoice, InvoiceLine, InvoiceTax
from kontor.back.ledger import queries
from kontor.back.ledger.actions import post_invoices
from kontor.back.ledger.models import Account, Entry, EntryLine, OpenItem, Seal
from kontor.kernel.actor.identity import the_house
from kontor.kernel.ids import uuid7
from tests.trade import NOW, Trade

BY = the_house()
NOVEMBER = date(2026, 11, 1), date(2026, 11, 30)


@pytest.fixture
def paid(trade: Trade):
    """Two orders of 119.00 and 238.00 (with shipping 124.95 and 243.95), billed; the first one is paid."""
    first = trade.order((trade.offering(price="119.00"), 1))
    second = trade.order((trade.offering(price="119.00"), 2))
    trade.ship(first)
    trade.ship(second)
    trade.pay(first, Decimal("124.95"))
    return trade


def test_the_trial_balance_shows_turnovers_and_adds_up_to_nothing(paid):
    rows = {
        row.number: (row.opening, row.debit, row.credit, row.closing)
        for row in queries.trial_balance(*NOVEMBER)
    }

    nothing = Decimal(0)
    assert rows["1400"] == (nothing, Decimal("368.90"), Decimal("124.95"), Decimal("243.95"))
    assert rows["1200"] == (nothing, Decimal("124.95"), nothing, Decimal("124.95"))
    assert rows["8400"] == (nothing, nothing, Decimal("310.00"), Decimal("-310.00"))
    assert rows["1776"] == (nothing, nothing, Decimal("58.90"), Decimal("-58.90"))
    assert sum(row[3] for row in rows.values()) == 0


def test_what_came_before_the_period_stands_in_the_opening_balance(paid):
    rows = {row.number: row for row in queries.trial_balance(date(2026, 12, 1), date(2026, 12, 31))}

    assert (rows["1400"].opening, rows["1400"].debit, rows["1400"].closing) == (
        Decimal("243.95"),
        Decimal(0),
        Decimal("243.95"),
    )


def test_an_account_sheet_runs_and_carries_forward(paid):
    first, last = NOVEMBER
    sheet = queries.sheet_of("1400", first=first, last=last, after=queries.Cursor(), size=2)
    assert (sheet.carried, sheet.has_more) == (Decimal(0), True)
    assert [(row.amount, row.balance) for row in sheet.rows] == [
        (Decimal("124.95"), Decimal("124.95")),
        (Decimal("243.95"), Decimal("368.90")),
    ]

    end = sheet.rows[-1]
    after = queries.Cursor(end.booked_on, end.number, end.id)
    rest = queries.sheet_of("1400", first=first, last=last, after=after, size=2)
    assert (rest.carried, rest.has_more) == (Decimal("368.90"), False)
    assert [(row.amount, row.balance) for row in rest.rows] == [(Decimal("-124.95"), Decimal("243.95"))]


def test_an_entry_shows_its_sides_and_its_place_in_the_chain(paid):
    first, second = queries.entry_by_number(1), queries.entry_by_number(2)

    assert [(side.account, side.amount) for side in first.sides] == [
        ("1400", Decimal("124.95")),
        ("8400", Decimal("-105.00")),
        ("1776", Decimal("-19.95")),
    ]
    assert (first.hash_before, second.hash_before) == ("", first.hash)
    assert queries.entry_by_number(99) is None


def test_posting_twice_posts_once(paid):
    post_invoices(ids=list(Invoice.objects.values_list("id", flat=True)), by=BY, at=NOW)

    assert Entry.objects.filter(source="invoice").count() == 2
    assert OpenItem.objects.filter(source="invoice").count() == 2


def test_whole_books_are_verified_and_have_a_checksum(paid):
    found = queries.verify()
    assert (found.entries, found.broken_at, len(found.last_hash)) == (3, None, 64)
    assert queries.books_checksum() == f"3:{found.last_hash}"
    assert queries.books_that_disagree() == []
    assert found.last_hash == bytes(Seal.objects.get(number=3).hash).hex()


_ROUND_PYTHON = {
    "an entry is changed": lambda: Entry.objects.update(text="anders"),
    "an entry is deleted": lambda: Entry.objects.all()._raw_delete("default"),
    "a line is changed": lambda: EntryLine.objects.update(amount=1),
    "a line is deleted": lambda: EntryLine.objects.all()._raw_delete("default"),
    "a seal is changed": lambda: Seal.objects.update(number=7),
    "a seal is deleted": lambda: Seal.objects.all()._raw_delete("default"),
    "an invoice is changed": lambda: Invoice.objects.update(gross_amount=1),
    "an invoice line is changed": lambda: InvoiceLine.objects.update(name="anders"),
    "an invoice tax is deleted": lambda: InvoiceTax.objects.all()._raw_delete("default"),
    "the journal is emptied": lambda: _run("TRUNCATE ledger_entry CASCADE"),
    "the invoices are emptied": lambda: _run("TRUNCATE invoicing_invoice CASCADE"),
}


@pytest.mark.parametrize("deed", list(_ROUND_PYTHON.values()), ids=list(_ROUND_PYTHON))
def test_round_python_too_what_is_posted_stays(paid, deed):
    before = queries.books_checksum()

    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        deed()

    assert queries.books_checksum() == before


def test_an_unbalanced_entry_is_refused_at_the_end_of_its_transaction(paid):
    entry = _entry(4)
    EntryLine.objects.create(entry=entry, position=1, account_id="1400", amount=Decimal(5))
    with pytest.raises(DatabaseError, match="does not balance"):
        connection.check_constraints()


def test_an_entry_of_one_line_or_none_is_refused(paid):
    _entry(4)
    with pytest.raises(DatabaseError, match="does not balance"):
        connection.check_constraints()


def test_nothing_joins_an_entry_later(paid):
    entry = Entry.objects.get(number=1)
    with pytest.raises(DatabaseError, match="ledger_seal"), transaction.atomic():
        EntryLine.objects.bulk_create(
            [
                EntryLine(entry=entry, position=4, account_id="1400", amount=Decimal(5)),
                EntryLine(entry=entry, position=5, account_id="8400", amount=Decimal(-5)),
            ]
        )


@pytest.mark.parametrize(
    "tampering",
    [
        "UPDATE ledger_entry SET text = 'anders' WHERE number = 2",
        "UPDATE ledger_entryline SET amount = 7 WHERE amount = 243.95",
        "UPDATE ledger_seal SET hash = sha256('x') WHERE number = 2",
        "DELETE FROM ledger_seal WHERE number = 2",
    ],
)
def test_whoever_switches_the_triggers_off_is_found_out(paid, tampering):
    for table in ("entry", "entryline", "seal"):
        _run(f"ALTER TABLE ledger_{table} DISABLE TRIGGER USER")
    _run(tampering)

    assert queries.verify().broken_at == 2
    assert queries.books_checksum() == "broken at 2"


def test_an_open_item_that_is_not_what_its_matches_say_is_found(paid):
    _run("UPDATE ledger_openitem SET open_amount = 200 WHERE amount = 243.95")

    findings = {(row.finding, row.amount) for row in queries.books_that_disagree()}
    assert ("receivables", Decimal("43.95")) in findings
    assert ("matches", Decimal("43.95")) in findings


def test_a_number_that_was_drawn_and_does_not_stand_is_found(paid):
    _run("UPDATE numbers_numberrange SET next_value = next_value + 1 WHERE code = 'journal'")

    assert [(row.finding, row.subject) for row in queries.books_that_disagree()] == [("gap", "4")]


def _entry(number: int) -> Entry:
    return Entry.objects.create(
        id=uuid7(),
        number=number,
        source="hand",
        source_id=uuid4(),
        document_number="X",
        booked_on=NOW.date(),
        text="X",
        posted_at=NOW,
        actor_name="X",
        currency="EUR",
    )


def _run(text: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(text)


def test_every_account_has_a_german_and_an_english_name(trade):
    assert not Account.objects.filter(name_de="").exists()
    assert not Account.objects.filter(name_en="").exists()
