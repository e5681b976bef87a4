"""In which batches the documents go in, and how much stock there must have been before the first of them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from kontor.config.importing.documents import Document, Kind, is_goods


@dataclass(slots=True)
class Batch:
    """Documents of one day that go in together: returns of earlier sales first, then sales, corrections, and the
    returns of this batch's own sales. That order never needs more stock than the order of time."""

    early_notes: list[Document] = field(default_factory=list)
    sales: list[Document] = field(default_factory=list)
    corrections: list[Document] = field(default_factory=list)
    late_notes: list[Document] = field(default_factory=list)
    bad_debts: list[Document] = field(default_factory=list)

    @property
    def documents(self) -> list[Document]:
        """All of them."""
        return [*self.early_notes, *self.sales, *self.corrections, *self.late_notes, *self.bad_debts]

    @property
    def lines(self) -> int:
        """How many lines of the file it holds."""
        return sum(len(document.positions) for document in self.documents)


def batches_of(documents: Sequence[Document]) -> list[Batch]:
    """The documents (in order of time) as batches of at most one day.

    A batch ends early where a sale may need what a credit note of the same batch has just brought back. The
    answer depends on the file alone, so that a resumed run makes the same batches.
    """
    batches: list[Batch] = []
    draft = _Draft()
    for document in documents:
        if draft.must_end_before(document):
            batches.append(draft.batch)
            draft = _Draft()
        draft.add(document)
    if draft.day is not None:
        batches.append(draft.batch)
    return batches


class _Draft:
    """A batch in the making."""

    def __init__(self) -> None:
        self.batch = Batch()
        self.day: int | None = None
        self._sold: set[str] = set()
        self._brought_back_late: set[str] = set()

    def must_end_before(self, document: Document) -> bool:
        if self.day is not None and document.day != self.day:
            return True
        is_outgoing = document.kind in (Kind.SALE, Kind.CORRECTION)
        return is_outgoing and any(
            position.code in self._brought_back_late for position in document.positions
        )

    def add(self, document: Document) -> None:
        self.day = document.day
        if document.kind is Kind.SALE:
            self.batch.sales.append(document)
            self._sold.add(document.number)
        elif document.kind is Kind.CORRECTION:
            self.batch.corrections.append(document)
        elif document.kind is Kind.BAD_DEBT:
            self.batch.bad_debts.append(document)
        elif any(link and link[0].number in self._sold for link in document.links):
            self.batch.late_notes.append(document)
            self._brought_back_late.update(
                position.code for position in document.positions if is_goods(position.code)
            )
        else:
            self.batch.early_notes.append(document)


def stock_changes(document: Document) -> Iterable[tuple[str, int]]:
    """What a document does to the stock of each article: goods only, positive comes, negative goes."""
    if document.kind is not Kind.BAD_DEBT:
        sign = 1 if document.kind is Kind.CREDIT_NOTE else -1
        for position in document.positions:
            if is_goods(position.code):
                yield position.code, sign * position.quantity


def opening_stock(documents: Iterable[Document], lying: Mapping[str, int]) -> dict[str, int]:
    """The least stock each article must have had so that it never falls below zero: its smallest prefix deficit.

    ``lying`` is what the house has before the first document. Articles that never run short are left out.
    """
    stock: dict[str, int] = dict(lying)
    deficit: dict[str, int] = {}
    for document in documents:
        for code, change in stock_changes(document):
            stock[code] = stock.get(code, 0) + change
            if stock[code] < -deficit.get(code, 0):
                deficit[code] = -stock[code]
    return deficit
