"""Reading an uploaded file: what it is, whether it may be opened at all, and its rows as text."""

import csv
import io
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from zlib import error as ZlibError

from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

from kontor.kernel.errors import Refusal

LARGEST_BYTES = 20_000_000
LARGEST_UNPACKED = 200_000_000
MOST_ROWS = 50_000
MOST_COLUMNS = 100
LONGEST_CELL = 20_000
_MOST_PARTS = 2_000
_SAMPLE = 40
_WORKBOOKS = "kontor.back.administration.importing.workbooks.sheet_rows"
_DELIMITERS = ";,\t|"


class FileTooLarge(Refusal):
    message = _("The file is larger than 20 MB. Divide it, then import the parts.")
    status = 422


class NotATable(Refusal):
    message = _(
        "This is no table that can be read. Save it as CSV or as an Excel workbook (.xlsx), then try again."
    )
    status = 422


class OldWorkbook(Refusal):
    message = _(
        "This workbook is old (.xls) or protected by a password. Save it as .xlsx without a password."
    )
    status = 422


class HasMacros(Refusal):
    message = _("This workbook contains macros. Save it as .xlsx without macros, then try again.")
    status = 422


class UnpacksTooLarge(Refusal):
    message = _("Unpacked, this workbook is far larger than it says or may be. Save the one sheet as CSV.")
    status = 422


class Broken(Refusal):
    message = _("The file is damaged: it cannot be read to its end. Save it anew, then try again.")
    status = 422


class TooManyRows(Refusal):
    message = _("The file has more than %(most)s rows. Divide it, then import the parts.")
    status = 422


class TooManyColumns(Refusal):
    message = _("The file has more than %(most)s columns. Remove those that are not needed.")
    status = 422


class NoRows(Refusal):
    message = _("There are no rows in this file. The first row names the columns, the others follow it.")
    status = 422


@dataclass(frozen=True, slots=True)
class Table:
    """A file as text: headings and rows with their line numbers, and what was found out about it."""

    headers: list[str]
    rows: list[tuple[int, list[str]]]
    encoding: str
    delimiter: str
    decimal_mark: str


def look_at(content: bytes) -> str:
    """Say whether it is ``csv`` or ``xlsx``, without opening more of it than its table of contents.

    Raises:
        FileTooLarge, NotATable, OldWorkbook, HasMacros, UnpacksTooLarge, Broken.
    """
    if len(content) > LARGEST_BYTES:
        raise FileTooLarge
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        raise OldWorkbook
    if content.startswith(b"PK"):
        _look_into(content)
        return "xlsx"
    text, _encoding = decoded(content)
    if not text.strip() or "\0" in text or _looks_binary(text):
        raise NotATable
    return "csv"


def _look_into(content: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, RuntimeError) as error:
        raise Broken from error
    names = {part.filename for part in parts}
    if "xl/workbook.xml" not in names:
        raise NotATable
    if any(name.lower().endswith((".bin", ".vba")) and "vba" in name.lower() for name in names):
        raise HasMacros
    if len(parts) > _MOST_PARTS or sum(part.file_size for part in parts) > LARGEST_UNPACKED:
        raise UnpacksTooLarge


def _looks_binary(text: str) -> bool:
    start = text[:4000]
    odd = sum(1 for letter in start if ord(letter) < 32 and letter not in "\t\r\n\f\v\x1a\x1b")
    return odd * 20 > len(start) or start.lstrip()[:5].lower() in (
        "%pdf-",
        "<html",
        "<!doc",
        "<?xml",
        "{\\rtf",
    )


def read_table(content: bytes) -> Table:
    """Read the whole file. For the worker: workbooks take their time.

    Raises:
        NotATable and its siblings, as ``look_at``; TooManyRows, TooManyColumns, NoRows.
    """
    if look_at(content) == "xlsx":
        return _table(_workbook_rows(content), "xlsx", "", ".")
    text, encoding = decoded(content)
    delimiter = delimiter_of(text)
    rows = list(_csv_rows(text, delimiter))
    return _table(iter(rows), encoding, delimiter, decimal_mark_of([row for _line, row in rows[1:400]]))


def _table(rows: Iterator[tuple[int, list[str]]], encoding: str, delimiter: str, mark: str) -> Table:
    filled = ((line, row) for line, row in rows if any(cell.strip() for cell in row))
    head = next(filled, None)
    if head is None:
        raise NoRows
    headers = [cell.strip()[:200] for cell in head[1]]
    while headers and not headers[-1]:
        headers.pop()
    if len(headers) > MOST_COLUMNS:
        raise TooManyColumns(most=MOST_COLUMNS)
    found = list(islice(filled, MOST_ROWS + 1))
    if len(found) > MOST_ROWS:
        raise TooManyRows(most=f"{MOST_ROWS:,}")
    if not headers or not found:
        raise NoRows
    return Table(headers, found, encoding, delimiter, mark)


def decoded(content: bytes) -> tuple[str, str]:
    """The text and how it was written: Unicode as it says of itself, else UTF-8, else Windows' Western letters."""
    if content.startswith(b"\xef\xbb\xbf"):
        return content.decode("utf-8-sig", "replace"), "UTF-8"
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", "replace"), "UTF-16"
    if content[:2000].count(b"\0") * 3 > min(len(content), 2000):
        order = "utf-16-le" if content[1:2] == b"\0" else "utf-16-be"
        return content.decode(order, "replace"), "UTF-16"
    try:
        return content.decode("utf-8"), "UTF-8"
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace"), "Windows-1252"


def delimiter_of(text: str) -> str:
    """The sign between cells: the one that divides the first rows most evenly."""
    best, most = ";", -1.0
    for sign in _DELIMITERS:
        try:
            rows = list(islice(csv.reader(io.StringIO(text[:200_000], newline=""), delimiter=sign), _SAMPLE))
        except csv.Error:
            continue
        widths = [len(row) for row in rows if row]
        if not widths or widths[0] < 2:
            continue
        evenness = sum(width == widths[0] for width in widths) / len(widths)
        score = evenness * 10 + min(widths[0], 9) / 10
        if score > most:
            best, most = sign, score
    return best


def decimal_mark_of(rows: Sequence[Sequence[str]]) -> str:
    """The sign before decimals, as most numbers of the file write it: 1.234,50 or 1,234.50; empty where none tells."""
    commas = points = 0
    for row in rows:
        for cell in row:
            text = cell.strip().strip("€$£ ")
            digits = text.replace(",", "").replace(".", "").lstrip("-")
            if not digits.isdigit() or not (set(text) & {",", "."}):
                continue
            last = max(text.rfind(","), text.rfind("."))
            if len(text) - last - 1 == 3 and text.count(text[last]) == 1 and len(set(text) & {",", "."}) == 1:
                continue  # 1.234 may mean either
            commas += text[last] == ","
            points += text[last] == "."
    if commas == points:
        return ""
    return "," if commas > points else "."


def _csv_rows(text: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    csv.field_size_limit(LONGEST_CELL * 10)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        for row in reader:
            yield reader.line_num, row
    except csv.Error as error:
        raise Broken from error


def _workbook_rows(content: bytes) -> Iterator[tuple[int, list[str]]]:
    _unpack_wholly(content)
    sheet_rows = import_string(
        _WORKBOOKS
    )  # a large library: only the worker loads it, when there is a workbook
    try:
        yield from sheet_rows(content, MOST_ROWS + 1000, MOST_COLUMNS + 1)
    except (
        LookupError,
        ValueError,
        TypeError,
        AttributeError,
        ArithmeticError,
        SyntaxError,  # what both parsers of XML raise is one
        zipfile.BadZipFile,
        OSError,
        EOFError,
        ZlibError,
    ) as error:
        raise Broken from error


def _unpack_wholly(content: bytes) -> None:
    """Unpack every part once and forget it: one that lies about its size or is damaged is found out here."""
    left = LARGEST_UNPACKED
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for part in archive.infolist():
                with archive.open(part) as stream:
                    while chunk := stream.read(1 << 20):
                        left -= len(chunk)
                        if left < 0:
                            raise UnpacksTooLarge
    except (
        zipfile.BadZipFile,
        ValueError,
        OSError,
        EOFError,
        RuntimeError,
        ZlibError,
    ) as error:
        raise Broken from error
