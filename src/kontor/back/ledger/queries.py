"""What is read of the books."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import CharField, F, OuterRef, Q, QuerySet, Subquery, Sum, Value
from django.db.models.functions import Coalesce, Concat, NullIf, Trim
from django.utils import timezone

from kontor.back.ledger.models import Account, Entry, EntryLine, OpenItem
from kontor.bridge.parties.models import Party
from kontor.bridge.parties.queries import current_house, house_terms
from kontor.kernel.actor.identity import Actor
from kontor.kernel.language import in_german
from kontor.kernel.sql import Statements

_sql = Statements(__package__, "pages.sql")
SHEET_ROWS = 100


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the verifier found: how many entries are sealed in an unbroken chain, its last hash, where it breaks."""

    entries: int
    last_hash: str
    broken_at: int | None


@dataclass(frozen=True, slots=True)
class AccountRow:
    """One account in the trial balance. Debit and credit are turnovers of the period; balances are signed."""

    number: str
    name: str
    kind: str
    opening: Decimal
    debit: Decimal
    credit: Decimal
    closing: Decimal
    is_used: bool


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One line of an account sheet with the balance after it."""

    id: int
    number: int
    booked_on: date
    document_number: str
    text: str
    source: str
    amount: Decimal
    balance: Decimal


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page of an account sheet: what is carried forward, the lines, and whether there are more."""

    carried: Decimal
    rows: list[SheetRow]
    has_more: bool


@dataclass(frozen=True, slots=True)
class Side:
    """One line of an entry: debit positive, credit negative."""

    account: str
    name: str
    amount: Decimal
    tax_rate: Decimal | None


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryFile:
    """A journal entry with its lines and its place in the chain."""

    number: int
    source: str
    source_id: UUID
    document_number: str
    booked_on: date
    text: str
    posted_at: datetime
    actor_name: str
    currency: str
    hash: str
    hash_before: str
    sides: tuple[Side, ...]


@dataclass(frozen=True, slots=True)
class Cursor:
    """Where a page of an account sheet begins: after this line."""

    on: date = date.min
    number: int = 0
    id: int = 0


def today() -> date:
    """Today, where the house stands."""
    return timezone.now().astimezone(house_terms().zone).date()


def currency() -> str:
    """The currency the books are kept in."""
    return current_house().currency


def verify() -> Verdict:
    """Compute the hash chain anew and compare it with the seals. One statement; reads all entries."""
    row = _sql.one("checksum")
    return Verdict(0, "", None) if row is None else Verdict(row.entries, row.last_hash, row.broken_at)


def books_checksum() -> str:
    """The checksum of all posted entries, for comparing a saved house with a restored one.

    A broken chain has no checksum: it says at which entry it breaks.
    """
    found = verify()
    return f"{found.entries}:{found.last_hash}" if found.broken_at is None else f"broken at {found.broken_at}"


def books_that_disagree() -> list[Any]:
    """What the books say twice and not alike (finding, subject, amount); empty when they are right. One statement.

    Entries that do not balance or bear no seal, receivables that are not the sum of the open items, items that are
    not what their matches say, numbers that are missing.
    """
    return _sql.rows("disagreements")


def trial_balance(first: date, last: date) -> list[AccountRow]:
    """All accounts with opening balance, turnovers of the period (both days included) and closing balance."""
    is_german = in_german()
    return [
        AccountRow(
            number=row.number,
            name=row.name_de if is_german else row.name_en,
            kind=row.kind,
            opening=row.opening,
            debit=row.debit,
            credit=row.credit,
            closing=row.closing,
            is_used=bool(row.lines),
        )
        for row in _sql.rows("trial_balance", first=first, last=last)
    ]


def account_by_number(number: str) -> Account | None:
    """One account."""
    return Account.objects.filter(number=number).first()


def account_name(account: Account) -> str:
    """The name of an account in the reader's language."""
    return account.name_de if in_german() else account.name_en


def sheet_of(account: str, *, first: date, last: date, after: Cursor, size: int = SHEET_ROWS) -> Sheet:
    """A page of an account sheet in the order of the days, with running balance. One statement."""
    rows = _sql.rows(
        "sheet",
        account=account,
        first=first,
        last=last,
        after_on=after.on,
        after_number=after.number,
        after_id=after.id,
        limit=size + 1,
    )
    found = [
        SheetRow(
            row.id,
            row.number,
            row.booked_on,
            row.document_number,
            row.text,
            row.source,
            row.amount,
            row.balance,
        )
        for row in rows
        if row.id is not None
    ]
    return Sheet(carried=rows[0].carried, rows=found[:size], has_more=len(found) > size)


def entry_by_number(number: int) -> EntryFile | None:
    """One entry with lines and seal. One statement."""
    row = _sql.one("entry", number=number)
    if row is None:
        return None
    is_german = in_german()
    return EntryFile(
        number=row.number,
        source=row.source,
        source_id=row.source_id,
        document_number=row.document_number,
        booked_on=row.booked_on,
        text=row.text,
        posted_at=row.posted_at,
        actor_name=row.actor_name,
        currency=row.currency,
        hash=row.hash or "",
        hash_before=row.hash_before or "",
        sides=tuple(
            Side(
                line["account"],
                line["name_de"] if is_german else line["name_en"],
                Decimal(line["amount"]),
                None if line["tax_rate"] is None else Decimal(line["tax_rate"]),
            )
            for line in json.loads(row.lines or "[]", parse_float=Decimal)
        ),
    )


def entry_of_document(source: str, document: str) -> int | None:
    """The number of the entry that posted a document."""
    row = _sql.one("entry_of", source=source, document=document)
    return row.number if row else None


def ageing() -> Mapping[str, Decimal]:
    """What is open by how late it is, in the house's currency: not_due, to_30, to_60, to_90, beyond, credits."""
    row = _sql.one("ageing", today=today())
    return row._asdict() if row else {}


# Lists -------------------------------------------------------------------------------------------------------


def entry_rows(_reader: Actor) -> QuerySet[Entry, dict[str, Any]]:
    """The journal: one row an entry, with the sum of its debits."""
    debits = (
        EntryLine.objects.filter(entry=OuterRef("id"), amount__gt=0)
        .values("entry")
        .annotate(sum=Sum("amount"))
    )
    rows: QuerySet[Entry, dict[str, Any]] = Entry.objects.annotate(
        total=Subquery(debits.values("sum"))
    ).values(
        *(
            "id",
            "number",
            "booked_on",
            "source",
            "document_number",
            "text",
            "actor_name",
            "currency",
            "total",
        ),
        "posted_at",
    )
    return rows


def entry_words(rows: QuerySet[Any], words: str) -> QuerySet[Any]:
    """Entries by number, document or text."""
    condition = Q(document_number__istartswith=words) | Q(text__icontains=words)
    return rows.filter(
        condition | Q(number=int(words)) if words.isdecimal() and len(words) < 18 else condition
    )


def line_rows(_reader: Actor) -> QuerySet[EntryLine, dict[str, Any]]:
    """The journal line by line, for the tax adviser's file."""
    name = F("account__name_de") if in_german() else F("account__name_en")
    rows: QuerySet[EntryLine, dict[str, Any]] = EntryLine.objects.annotate(
        entry_number=F("entry__number"),
        booked_on=F("entry__booked_on"),
        document_number=F("entry__document_number"),
        text=F("entry__text"),
        currency=F("entry__currency"),
        account_name=name,
    ).values(
        *("id", "entry_number", "booked_on", "document_number", "text", "account_id", "account_name"),
        *("amount", "tax_code", "tax_rate", "currency"),
    )
    return rows


def on_account(rows: QuerySet[Any], number: str) -> QuerySet[Any]:
    """Lines of one account."""
    return rows.filter(account=number)


def accounts() -> list[tuple[str, str]]:
    """The chart as choices."""
    is_german = in_german()
    return [
        (number, f"{number} {name_de if is_german else name_en}")
        for number, name_de, name_en in Account.objects.values_list("number", "name_de", "name_en")
    ]


def open_item_rows(_reader: Actor) -> QuerySet[OpenItem, dict[str, Any]]:
    """What is open: debts of customers (positive) and credits (negative)."""
    rows: QuerySet[OpenItem, dict[str, Any]] = with_party(OpenItem.objects.exclude(open_amount=0)).values(
        *("id", "source", "document_number", "booked_on", "due_on", "currency", "amount", "open_amount"),
        *("party_id", "order_id", "party"),
    )
    return rows


def with_party(rows: QuerySet[OpenItem]) -> QuerySet[OpenItem]:
    """Open items with the name of their customer as ``party``."""
    name = Coalesce(
        NullIf("organisation", Value("")),
        Trim(Concat("given_name", Value(" "), "family_name")),
        output_field=CharField(),
    )
    return rows.annotate(
        party=Subquery(Party.objects.filter(id=OuterRef("party_id")).annotate(full=name).values("full"))
    )


def open_in(rows: QuerySet[Any], kind: str) -> QuerySet[Any]:
    """Narrow open items: owed, overdue, credit."""
    if kind == "credit":
        return rows.filter(open_amount__lt=0)
    rows = rows.filter(open_amount__gt=0)
    return rows.filter(due_on__lt=today()) if kind == "overdue" else rows


def item_words(rows: QuerySet[Any], words: str) -> QuerySet[Any]:
    """Open items by document or customer."""
    return rows.filter(Q(document_number__istartswith=words) | Q(party__icontains=words))
