"""The books from outside: their checksum, and whatever in them is said twice and not alike. Needs Django."""

from kontor.back.ledger.queries import books_checksum as ledger_checksum
from kontor.back.ledger.queries import books_that_disagree
from kontor.back.warehouse.actions import stock_that_disagrees


def books_checksum() -> str:
    """The ledger's checksum over all posted entries, by which a restored house is compared with the saved one."""
    return str(ledger_checksum())


def disagreements() -> list[str]:
    """What does not agree, one line each; empty when the books are right.

    Entries balance, are sealed and gapless; receivables are the open items; moves, stock on hand and the capacity
    that may be promised are equal.
    """
    found = [" ".join(map(str, row)) for row in books_that_disagree()]
    return found + [" ".join(map(str, row)) for row in stock_that_disagrees()]
