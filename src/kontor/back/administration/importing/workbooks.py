"""Workbooks, read and written: for the worker, the libraries are large."""

import io
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from openpyxl import load_workbook
from xlsxwriter import Workbook

_EMPTY_ROWS_AT_THE_END = 500


def sheet_rows(content: bytes, most_rows: int, most_columns: int) -> Iterator[tuple[int, list[str]]]:
    """The rows of the first visible sheet as text, with their line numbers; row by row, so that memory stays small."""
    book = load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
    try:
        sheet = next((one for one in book.worksheets if one.sheet_state == "visible"), None)
        if sheet is None:
            return
        sheet.reset_dimensions()  # what a file says of its size need not be so
        empty = 0
        rows = sheet.iter_rows(max_row=most_rows, max_col=most_columns, values_only=True)
        for line, row in enumerate(rows, start=1):
            cells = [_plain(value) for value in row]
            while cells and not cells[-1]:
                cells.pop()
            empty = 0 if cells else empty + 1
            if empty > _EMPTY_ROWS_AT_THE_END:
                return
            yield line, cells
    finally:
        book.close()


def _plain(value: Any) -> str:
    """A cell as one would type it, with a point before decimals."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, float):
        return f"{Decimal(repr(value)):f}".removesuffix(".0")
    if isinstance(value, datetime) and value.time() == time():
        return value.date().isoformat()
    if isinstance(value, (date, datetime)):
        return value.isoformat(sep=" ") if isinstance(value, datetime) else value.isoformat()
    return str(value)


def workbook_of(title: str, head: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    """A workbook with one sheet. Text is written as text: nothing in it is ever taken for a formula or a link."""
    buffer = io.BytesIO()
    options = {
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "constant_memory": True,
    }
    with Workbook(buffer, {**options, "in_memory": True}) as book:
        sheet = book.add_worksheet(_sheet_name(title))
        bold = book.add_format({"bold": True})
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        instant = book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
        sheet.freeze_panes(1, 0)
        for column, text in enumerate(head):
            sheet.write_string(0, column, text, bold)
        for line, row in enumerate(rows, start=1):
            for column, value in enumerate(row):
                if value is None or value == "":
                    continue
                if isinstance(value, (Decimal, int)) and not isinstance(value, bool):
                    sheet.write_number(line, column, value)
                elif isinstance(value, datetime):
                    sheet.write_datetime(line, column, value.replace(tzinfo=None), instant)
                elif isinstance(value, date):
                    sheet.write_datetime(line, column, datetime.combine(value, time()), day)
                else:
                    sheet.write_string(line, column, str(value)[:32_000])
    return buffer.getvalue()


def _sheet_name(title: str) -> str:
    """At most 31 letters, without those that a sheet's name may not have."""
    return "".join(letter for letter in title if letter not in "[]:*?/\\'")[:31] or "1"
