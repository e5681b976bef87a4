"""The checksum of the books, by which a restored house is compared with the saved one."""

from importlib import import_module
from importlib.util import find_spec

LEDGER = "kontor.back.ledger.queries"


def books_checksum() -> str | None:
    """The ledger's checksum over all posted entries; None in a house without a ledger. Needs Django."""
    try:
        if find_spec(LEDGER) is None:
            return None
    except ModuleNotFoundError:
        return None
    checksum = getattr(import_module(LEDGER), "books_checksum", None)
    return None if checksum is None else str(checksum())
