"""A list as a file: all rows of the view, read batch by batch, so that memory stays small.

CSV is UTF-8 with a byte-order mark; separator and decimal mark are those of the reader's language, as spreadsheets
expect. Text that a spreadsheet would take for a formula gets an apostrophe before it.
"""

import csv
import io
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import connection
from django.http import StreamingHttpResponse

from kontor.kernel.house import house_zone
from kontor.kernel.ui.formats import reader_locale
from kontor.kernel.ui.listing import cursors
from kontor.kernel.ui.listing.declaring import Column
from kontor.kernel.ui.listing.reading import Asked, batch_after, cursor_of

BATCH = 2000
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def csv_response(asked: Asked, reader: Any) -> StreamingHttpResponse:
    """The file as a download that begins at once."""
    response = StreamingHttpResponse(_reading(asked, reader), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{file_name(asked)}"'
    return response


def file_name(asked: Asked, kind: str = "csv") -> str:
    """What the file is called; ``kind`` is its ending."""
    return f"{asked.listing.page.replace('.', '-')}.{kind}"


def csv_parts(asked: Asked, reader: Any) -> Iterator[str]:
    """The file in parts: its head, then one part per batch of rows."""
    is_german = reader_locale() == "de_DE"
    columns = _columns(asked)
    yield "\ufeff" + _lines([[str(column.label) for column in columns]], is_german)
    cursor: tuple[Any, Any] | None = None
    while True:
        rows = batch_after(asked, reader, cursor, BATCH)
        if rows:
            yield _lines([[_plain(column, row, is_german) for column in columns] for row in rows], is_german)
        if len(rows) < BATCH:
            return
        cursor = cursors.read(cursor_of(asked, rows[-1]))


def head_of(asked: Asked) -> list[str]:
    """The words above the columns."""
    return [str(column.label) for column in _columns(asked)]


def typed_rows(asked: Asked, reader: Any) -> Iterator[list[list[Any]]]:
    """The rows in batches, numbers and instants as such (instants in the house's time): for workbooks."""
    columns = _columns(asked)
    cursor: tuple[Any, Any] | None = None
    while True:
        rows = batch_after(asked, reader, cursor, BATCH)
        yield [[_typed(column, row) for column in columns] for row in rows]
        if len(rows) < BATCH:
            return
        cursor = cursors.read(cursor_of(asked, rows[-1]))


def _columns(asked: Asked) -> list[Column]:
    return [column for column in asked.listing.columns if column.key in asked.columns]


def _typed(column: Column, row: dict[str, Any]) -> Any:
    value = _value(column, row)
    if isinstance(value, datetime):
        return value.astimezone(house_zone()).replace(tzinfo=None)
    if value is None or isinstance(value, (date, Decimal)):
        return value
    return _worded(column, value)


def _reading(asked: Asked, reader: Any) -> Iterator[str]:
    # The body is written after the request's middleware has ended: read READ ONLY here as well.
    connection.start_request()  # type: ignore[attr-defined]  # Kontor's own database wrapper
    try:
        yield from csv_parts(asked, reader)
    finally:
        connection.end_request()  # type: ignore[attr-defined]


def _lines(rows: list[list[str]], is_german: bool) -> str:
    buffer = io.StringIO()
    csv.writer(buffer, delimiter=";" if is_german else ",", lineterminator="\r\n").writerows(rows)
    return buffer.getvalue()


def _plain(column: Column, row: dict[str, Any], is_german: bool) -> str:
    value = _value(column, row)
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.astimezone(house_zone()).strftime("%Y-%m-%d %H:%M:%S")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        text = f"{value.normalize():f}" if column.kind == "quantity" else f"{value:f}"
        return text.replace(".", ",") if is_german else text
    text = _worded(column, value)
    return f"'{text}" if text.startswith(_FORMULA) else text


def _value(column: Column, row: dict[str, Any]) -> Any:
    source = column.value or column.key
    return source(row) if callable(source) else row[source]


def _worded(column: Column, value: Any) -> str:
    if column.words is None:
        return str(value)
    return str(column.words(value) if callable(column.words) else column.words.get(str(value), value))
