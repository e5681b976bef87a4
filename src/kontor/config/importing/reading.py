"""Reading the lines of an order file: what is sound goes on, what is not is refused line by line with its reason.

Each physical line stands for itself, so that one broken quotation mark spoils one line and not the rest of the file.
"""

import csv
import gzip
import hashlib
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple
from zoneinfo import ZoneInfo

from kontor.config.words import HouseRefusal
from kontor.config.words import gettext_now as _

COLUMNS = (
    "InvoiceNo",
    "StockCode",
    "Description",
    "Quantity",
    "InvoiceDate",
    "UnitPrice",
    "CustomerID",
    "Country",
)
_ALIASES = {"Invoice": "InvoiceNo", "Price": "UnitPrice", "Customer ID": "CustomerID"}
ZONE = ZoneInfo("Europe/London")
EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)
MOST = 1_000_000  # pieces of a line, and pounds of a piece
_LONGEST_LINE = 1_000_000
_MOST_LINES_OF_A_RECORD = 20
_INVOICE = re.compile(r"[CA]?\d{1,12}", re.ASCII)
_WHOLE = re.compile(r"-?\d{1,12}(\.0+)?", re.ASCII)
_PRICE = re.compile(r"-?\d{1,12}(\.\d{1,6})?", re.ASCII)
_CUSTOMER = re.compile(r"\d{1,12}(\.0+)?", re.ASCII)


class Line(NamedTuple):
    """A sound line of the file. ``at`` is UTC; ``customer`` is empty where the file knows none."""

    invoice: str
    code: str
    name: str
    quantity: int
    at: datetime
    price: Decimal
    customer: str
    country: str
    place: int


@dataclass(frozen=True, slots=True)
class Refused:
    """A line that cannot be taken over: where it stands (from 1), why, and what it says."""

    place: int
    reason: str
    text: str


class Unsound(Exception):
    """A field is not what its column promises."""


def find_file(path: Path) -> Path:
    """The order file: the path itself, or the one ``online_retail*.csv[.gz]`` in a folder.

    Raises:
        HouseRefusal: there is no such file, or more than one.
    """
    if path.is_file():
        return path
    found = sorted({*path.glob("*.csv"), *path.glob("*.csv.gz")}) if path.is_dir() else []
    named = [file for file in found if file.name.startswith("online_retail")] or found
    if len(named) != 1:
        raise HouseRefusal(
            _("%(path)s holds %(count)s order files instead of one. Name the file itself (.csv or .csv.gz).")
            % {"path": path, "count": len(named)}
        )
    return named[0]


def fingerprint(file: Path) -> str:
    """The file's sha256: which file it was that opening stock was worked out from."""
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def read_lines(file: Path, *, until: datetime, refuse: Callable[[Refused], None]) -> Iterator[Line]:
    """The sound lines in the order of the file; the others are handed to ``refuse``. None is later than ``until``.

    Raises:
        HouseRefusal: it is not a readable CSV file with the eight columns.
    """
    try:
        with (gzip.open if file.suffix == ".gz" else open)(file, "rb") as stream:
            records = _records(stream, refuse)
            header = next(records, None)
            order = _order_of(header[1] if header else [], file)
            for place, fields, text in records:
                if len(fields) != len(order.names):
                    reason = _("It has %(count)s columns instead of %(expected)s.")
                    refuse(
                        Refused(place, reason % {"count": len(fields), "expected": len(order.names)}, text)
                    )
                    continue
                try:
                    yield _sound(order.pick(fields), place, until)
                except Unsound as problem:
                    refuse(Refused(place, str(problem), text))
    except (OSError, EOFError) as problem:
        raise HouseRefusal(
            _("%(file)s cannot be read to its end: %(problem)s. Fetch the file again.")
            % {"file": file, "problem": problem}
        ) from problem


class _Order(NamedTuple):
    """Where the columns stand in this file."""

    names: Sequence[str]
    places: Sequence[int]

    def pick(self, fields: Sequence[str]) -> list[str]:
        return [fields[place] for place in self.places]


def _order_of(header: Sequence[str], file: Path) -> _Order:
    names = [_ALIASES.get(name.strip(), name.strip()) for name in header]
    missing = [column for column in COLUMNS if column not in names]
    if missing:
        raise HouseRefusal(
            _(
                "%(file)s has no column %(names)s. It must be a CSV file in UTF-8 with the columns %(columns)s."
            )
            % {"file": file, "names": ", ".join(missing), "columns": ", ".join(COLUMNS)}
        )
    return _Order(names, [names.index(column) for column in COLUMNS])


def _records(
    stream: Iterator[bytes], refuse: Callable[[Refused], None]
) -> Iterator[tuple[int, list[str], str]]:
    """Line number, fields and text of each record; a quoted field may run over a few lines."""
    waiting: list[str] = []
    begun = 0
    for place, raw in enumerate(stream, start=1):
        text = _decoded(raw, place, refuse)
        if text is None:
            waiting = _give_up(waiting, begun, refuse)
            continue
        fields = _split("".join([*waiting, text])) if waiting else _split(text)
        if fields is not None:
            if fields:
                yield begun if waiting else place, fields, "".join([*waiting, text])
            waiting = []
            continue
        if waiting and (alone := _split(text)) is not None and len(alone) >= len(COLUMNS):
            # The line is sound by itself: the quotation mark before it was never closed.
            waiting = _give_up(waiting, begun, refuse)
            yield place, alone, text
            continue
        begun = begun if waiting else place
        waiting.append(text)
        if len(waiting) > _MOST_LINES_OF_A_RECORD:
            waiting = _give_up(waiting, begun, refuse)
    _give_up(waiting, begun, refuse)


def _decoded(raw: bytes, place: int, refuse: Callable[[Refused], None]) -> str | None:
    if place == 1:
        raw = raw.removeprefix(b"\xef\xbb\xbf")
    if len(raw) > _LONGEST_LINE:
        refuse(
            Refused(
                place, _("The line is longer than a million bytes."), raw[:200].decode("utf-8", "replace")
            )
        )
        return None
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        refuse(Refused(place, _("The line is not UTF-8 text."), raw.decode("utf-8", "backslashreplace")))
        return None


def _give_up(waiting: list[str], begun: int, refuse: Callable[[Refused], None]) -> list[str]:
    for offset, text in enumerate(waiting):
        refuse(Refused(begun + offset, _("A quotation mark is opened and not closed."), text))
    return []


def _split(text: str) -> list[str] | None:
    """The fields of a record, or None where its quotation marks do not add up."""
    try:
        return next(csv.reader([text], strict=True), [])
    except csv.Error:
        return None


def _sound(fields: Sequence[str], place: int, until: datetime) -> Line:
    invoice, code, name, quantity, date, price, customer, country = fields
    invoice, code = invoice.strip(), code.strip()
    if any("\0" in field for field in fields):
        raise Unsound(_("It holds a NUL character."))
    if not _INVOICE.fullmatch(invoice):
        raise Unsound(_("“%(text)s” is no invoice number.") % {"text": invoice[:40]})
    if not 0 < len(code) <= 40:
        raise Unsound(_("The article code must have 1 to 40 characters."))
    if len(name) > 200:
        raise Unsound(_("The description is longer than 200 characters."))
    if not 0 < len(country) <= 80:
        raise Unsound(_("The country must have 1 to 80 characters."))
    if customer and not _CUSTOMER.fullmatch(customer):
        raise Unsound(_("“%(text)s” is no customer number.") % {"text": customer[:40]})
    line = Line(
        invoice=invoice,
        code=code,
        name=name,
        quantity=_quantity(quantity.strip()),
        at=_instant(date.strip()),
        price=_price(price.strip()),
        customer=customer.partition(".")[0],
        country=country,
        place=place,
    )
    if not EARLIEST <= line.at <= until:
        raise Unsound(_("“%(text)s” lies in the future or before 1990.") % {"text": date})
    _check_signs(line)
    return line


def _check_signs(line: Line) -> None:
    """What the kinds of document allow: invoices sell, cancellations take back, corrections cost nothing."""
    if line.invoice.startswith("A"):
        if line.quantity != 1:
            raise Unsound(_("A bad-debt line has the quantity 1."))
        return
    if line.price < 0:
        raise Unsound(_("The price is negative."))
    if line.invoice.startswith("C") and line.quantity > 0:
        raise Unsound(_("A cancellation has negative quantities."))
    if not line.invoice.startswith("C") and line.quantity < 0 and line.price:
        raise Unsound(_("A negative quantity with a price belongs on a cancellation (C…)."))


@lru_cache(maxsize=4096)
def _quantity(text: str) -> int:
    quantity = int(text.partition(".")[0]) if _WHOLE.fullmatch(text) else 0
    if not 0 < abs(quantity) <= MOST:
        raise Unsound(
            _("“%(text)s” is no quantity: it must be a whole number other than 0, at most a million.")
            % {"text": text[:40]}
        )
    return quantity


@lru_cache(maxsize=4096)
def _price(text: str) -> Decimal:
    price = Decimal(text) if _PRICE.fullmatch(text) else None
    if price is None or abs(price) > MOST:
        raise Unsound(
            _("“%(text)s” is no price: it must be a number of at most a million with up to six decimals.")
            % {"text": text[:40]}
        )
    return price


@lru_cache(maxsize=4096)
def _instant(text: str) -> datetime:
    """London time in the file, UTC here."""
    try:
        local = datetime.fromisoformat(text)
    except ValueError:
        try:
            local = datetime.strptime(text, "%m/%d/%Y %H:%M")  # noqa: DTZ007 - the zone follows
        except ValueError as problem:
            raise Unsound(_("“%(text)s” is no date.") % {"text": text[:40]}) from problem
    try:
        return local.replace(tzinfo=local.tzinfo or ZONE).astimezone(UTC)
    except OverflowError as problem:
        raise Unsound(_("“%(text)s” is no date.") % {"text": text[:40]}) from problem


def local_day(at: datetime) -> int:
    """The day in the file's zone, as an ordinal number."""
    return _local(at - timedelta(microseconds=at.microsecond)).toordinal()


@lru_cache(maxsize=4096)
def _local(at: datetime) -> datetime:
    return at.astimezone(ZONE)
