"""What the house holds after an import, beside what the file says, worked out independently of how it was imported."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from kontor.back.warehouse.actions import stock_that_disagrees
from kontor.config.importing.documents import is_goods
from kontor.config.importing.reading import ZONE, Line
from kontor.kernel.sql import Statements

_sql = Statements(__package__)
_CENT = Decimal("0.01")
type Months = dict[tuple[str, str], Decimal]


@dataclass(slots=True)
class Books:
    """Figures of one side: net revenue by (month, country), documents, and the stock of each article."""

    revenue: Months = field(default_factory=dict)
    invoices: int = 0
    credit_notes: int = 0
    stock_corrections: int = 0
    bad_debts: int = 0
    stock: dict[str, int] = field(default_factory=dict)

    @property
    def net_revenue(self) -> Decimal:
        """All of it."""
        return sum(self.revenue.values(), Decimal("0.00"))


def books_of_file(lines: Iterable[Line], *, left_out: Collection[int]) -> Books:
    """The file's own figures, straight from its lines, on top of the opening stock the house has written down.

    ``left_out`` are the places of lines that were refused later.
    """
    opening = {row.number: int(row.quantity) for row in _sql.rows("opening_stock")}
    first: dict[str, tuple[Any, str]] = {}
    amounts: dict[str, Decimal] = {}
    kinds: dict[str, set[str]] = {"sale": set(), "C": set(), "A": set()}
    books = Books(stock=opening)
    for line in lines:
        if line.place in left_out:
            continue
        is_correction = line.quantity < 0 and line.invoice[0] not in "CA"
        if line.invoice[0] != "A" and is_goods(line.code):
            change = line.quantity if is_correction else -line.quantity
            books.stock[line.code] = books.stock.get(line.code, 0) + change
        if is_correction:
            books.stock_corrections += 1
            continue
        kinds[line.invoice[0] if line.invoice[0] in "CA" else "sale"].add(line.invoice)
        if line.invoice[0] == "A":
            continue
        known = first.get(line.invoice)
        first[line.invoice] = (line.at if known is None else min(known[0], line.at), line.country)
        amount = (line.quantity * line.price).quantize(_CENT, ROUND_HALF_UP)
        amounts[line.invoice] = amounts.get(line.invoice, Decimal(0)) + amount
    for invoice, amount in amounts.items():
        at, country = first[invoice]
        key = at.astimezone(ZONE).strftime("%Y-%m"), country
        books.revenue[key] = books.revenue.get(key, Decimal(0)) + amount
    books.invoices, books.credit_notes, books.bad_debts = (len(kinds[kind]) for kind in ("sale", "C", "A"))
    return books


def books_of_house() -> Books:
    """The house's figures: invoices and credit notes as issued, stock as it lies."""
    books = Books()
    for row in _sql.rows("revenue_by_month_and_country"):
        key = row.month, row.country
        books.revenue[key] = books.revenue.get(key, Decimal(0)) + row.net_amount
        if row.kind == "invoice":
            books.invoices += row.documents
        else:
            books.credit_notes += row.documents
    books.stock_corrections = sum(row.kind == "count" for row in _sql.rows("standing_moves"))
    books.bad_debts = len(_sql.rows("standing_entries"))
    books.stock = {row.number: int(row.quantity) for row in _sql.rows("stock_by_article")}
    return books


def compared(file: Books, house: Books) -> dict[str, Any]:
    """The report: every figure of the house, and every difference from the file (none where all is right)."""
    differences: list[dict[str, str]] = []
    for what in ("net_revenue", "invoices", "credit_notes", "stock_corrections", "bad_debts"):
        _compare(differences, what, getattr(file, what), getattr(house, what))
    for key in sorted(file.revenue.keys() | house.revenue.keys()):
        _compare(
            differences, f"net_revenue {key[0]} {key[1]}", file.revenue.get(key, 0), house.revenue.get(key, 0)
        )
    for code in sorted(file.stock.keys() | house.stock.keys()):
        _compare(differences, f"stock {code}", file.stock.get(code, 0), house.stock.get(code, 0))
    return {
        "net_revenue": str(house.net_revenue),
        "net_revenue_of_file": str(file.net_revenue),
        "invoices": house.invoices,
        "credit_notes": house.credit_notes,
        "stock_corrections": house.stock_corrections,
        "bad_debts": house.bad_debts,
        "net_revenue_by_month": _sums(house.revenue, 0),
        "net_revenue_by_country": _sums(house.revenue, 1),
        "articles_in_stock": sum(1 for quantity in house.stock.values() if quantity),
        "pieces_in_stock": sum(house.stock.values()),
        "differences": differences,
    }


def _compare(differences: list[dict[str, str]], what: str, file: Any, house: Any) -> None:
    if file != house:
        differences.append({"what": what, "file": str(file), "house": str(house)})


def _sums(months: Months, part: int) -> dict[str, str]:
    sums: dict[str, Decimal] = {}
    for key, amount in sorted(months.items()):
        sums[key[part]] = sums.get(key[part], Decimal(0)) + amount
    return {name: str(amount) for name, amount in sums.items()}


def checks_of_ledger() -> dict[str, Any]:
    """What the books say of themselves: balances, sum zero, revenue, the chain of seals, and what is still open."""
    balances = _sql.rows("balances")
    chain = Statements("kontor.back.ledger").one("verify")
    still = _sql.one("still_open")
    return {
        "accounts": {
            row.number: {"name": row.name_en, "balance": str(row.balance), "lines": row.lines}
            for row in balances
        },
        "sum_of_all_accounts": str(sum((row.balance for row in balances), Decimal("0.00"))),
        "revenue_in_ledger": str(
            -sum((row.balance for row in balances if row.kind == "revenue"), Decimal("0.00"))
        ),
        "entries": chain.entries if chain else 0,
        "chain_is_whole": chain is not None and chain.broken_at is None,
        "open_items": still.items if still else 0,
        "waiting_deliveries": still.deliveries if still else 0,
        "open_tasks": still.tasks if still else 0,
        "orders_not_through": still.orders if still else 0,
        "stock_disagrees": len(stock_that_disagrees()),
    }
