"""What the lines of the file are: sales, credit notes, stock corrections and bad debts, in order of time."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from kontor.config.importing.keys import identity
from kontor.config.importing.reading import Line, Refused, local_day
from kontor.config.words import gettext_now as _
from kontor.kernel.money import round_half_up

# Codes that are no goods: postage, carriage, manual entries, discounts, samples, fees, charity, vouchers.
_NO_GOODS = frozenset(
    (
        "POST",
        "DOT",
        "M",
        "D",
        "S",
        "B",
        "C2",
        "C3",
        "CRUK",
        "AMAZONFEE",
        "BANK CHARGES",
        "ADJUST",
        "ADJUST2",
        "GIFT",
    )
)
_VOUCHER = re.compile(r"gift_", re.IGNORECASE)
COLLECTIVE = ""
"""The customer number of those whom the file does not name."""


def is_goods(code: str) -> bool:
    """Whether an article code stands for something that lies in the warehouse."""
    return code.upper() not in _NO_GOODS and not _VOUCHER.match(code)


class Kind(StrEnum):
    """What a document of the file is."""

    SALE = "sale"
    CREDIT_NOTE = "credit_note"
    CORRECTION = "correction"
    BAD_DEBT = "bad_debt"


@dataclass(frozen=True, slots=True)
class Position:
    """One position: positive quantity, what one costs, and its gross amount rounded once."""

    place: int
    code: str
    name: str
    quantity: int
    price: Decimal

    @property
    def amount(self) -> Decimal:
        """Quantity times price, rounded commercially."""
        return round_half_up(self.quantity * self.price)


@dataclass(slots=True)
class Document:
    """An invoice, cancellation, correction or bad debt. Its date is that of its earliest line (UTC)."""

    kind: Kind
    number: str
    customer: str
    country: str
    at: datetime
    positions: list[Position] = field(default_factory=list)
    # Credit notes only: per position the sale and the place of its position there.
    links: list["tuple[Document, int] | None"] = field(default_factory=list)

    @property
    def day(self) -> int:
        """The day in London, as an ordinal number."""
        return local_day(self.at)

    @property
    def total(self) -> Decimal:
        """The sum of the positions."""
        return sum((position.amount for position in self.positions), Decimal("0.00"))

    @property
    def id(self) -> UUID:
        """The id of the order, the credit note or the entry, which is its key, too."""
        return identity(self.at, self.kind, self.number)

    @property
    def refers_to(self) -> "Document | None":
        """The sale that most of a credit note's money goes back to; None where no earlier sale is known."""
        amounts: dict[str, tuple[Decimal, Document]] = {}
        for position, link in zip(self.positions, self.links, strict=False):
            if link is not None:
                before = amounts.get(link[0].number, (Decimal(0), link[0]))[0]
                amounts[link[0].number] = before + position.amount, link[0]
        return max(amounts.values(), key=lambda found: (found[0], found[1].number))[1] if amounts else None

    def part(self, what: str, index: int) -> UUID:
        """The id of what belongs to one position: its order line, demand or move."""
        return identity(self.at, self.kind, self.number, what, index)


def gather(lines: Iterable[Line], refuse: Callable[[Refused], None]) -> list[Document]:
    """The documents of the file in order of time. A line that names another customer than its invoice is refused."""
    found: dict[tuple[Kind, str], Document] = {}
    for line in lines:
        key = _kind(line), line.invoice
        if key[0] is Kind.CORRECTION and not is_goods(line.code):
            reason = _("It corrects the stock of %(code)s, which is no goods.")
            refuse(Refused(line.place, reason % {"code": line.code}, _said(line)))
            continue
        document = found.get(key)
        if document is None:
            document = found[key] = Document(key[0], line.invoice, line.customer, line.country, line.at)
        elif (document.customer, document.country) != (line.customer, line.country):
            reason = _("It names another customer or country than the first line of invoice %(number)s.")
            refuse(Refused(line.place, reason % {"number": line.invoice}, _said(line)))
            continue
        document.at = min(document.at, line.at)
        document.positions.append(Position(line.place, line.code, line.name, abs(line.quantity), line.price))
    return sorted(found.values(), key=lambda document: (document.at, document.positions[0].place))


def _said(line: Line) -> str:
    return ",".join(map(str, line[:-1]))


def _kind(line: Line) -> Kind:
    if line.invoice.startswith("C"):
        return Kind.CREDIT_NOTE
    if line.invoice.startswith("A"):
        return Kind.BAD_DEBT
    return Kind.SALE if line.quantity > 0 else Kind.CORRECTION


@dataclass(slots=True)
class _Sold:
    document: Document
    index: int
    left: int


def link_credit_notes(documents: Sequence[Document]) -> None:
    """Find for each credited position an earlier sale of the same article to the same customer that still has enough.

    Sales that the note refers to already come first, then those at the same price, then the latest. A collective
    party is nobody in particular, so its credit notes stay unlinked.
    """
    sold: dict[tuple[str, str, str], list[_Sold]] = {}
    for document in documents:
        if document.customer == COLLECTIVE:
            continue
        if document.kind is Kind.SALE:
            for index, position in enumerate(document.positions):
                key = document.customer, document.country, position.code
                sold.setdefault(key, []).append(_Sold(document, index, position.quantity))
        elif document.kind is Kind.CREDIT_NOTE:
            document.links = _links_of(document, sold)
    for document in documents:
        if document.kind is Kind.CREDIT_NOTE and not document.links:
            document.links = [None] * len(document.positions)


def _links_of(
    note: Document, sold: dict[tuple[str, str, str], list[_Sold]]
) -> list[tuple[Document, int] | None]:
    links: list[tuple[Document, int] | None] = []
    named: set[str] = set()
    for position in note.positions:
        fitting = [
            sale
            for sale in sold.get((note.customer, note.country, position.code), ())
            if sale.left >= position.quantity
        ]
        if not fitting:
            links.append(None)
            continue
        best = max(
            fitting,
            key=lambda sale: (
                sale.document.number in named,
                sale.document.positions[sale.index].price == position.price,
                sale.document.at,
            ),
        )
        best.left -= position.quantity
        named.add(best.document.number)
        links.append((best.document, best.index))
    return links
