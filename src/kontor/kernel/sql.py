"""Named SQL: a room's hot statements live in ``statements.sql`` under ``-- name: …`` headings.

They run prepared and bound by the server, on the same connection and transaction as the ORM, and count as
statements in Django's query log.
"""

import json
import re
import time
from collections.abc import Sequence
from importlib import resources
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from psycopg import Cursor
from psycopg.rows import dict_row, namedtuple_row

_HEADING = re.compile(r"^-- name: (\w+)[^\n]*\n", re.MULTILINE)


def loaded(value: Any) -> Any:
    """A jsonb value: text as named SQL returns it, or what has been read of it already."""
    return json.loads(value) if isinstance(value, str) else value


class Statements:
    """The statements of one package, by name; ``using`` names the connection that they run on."""

    def __init__(
        self, package: str | None, filename: str = "statements.sql", *, using: str = DEFAULT_DB_ALIAS
    ) -> None:
        if package is None:  # pragma: no cover - only a script run outside a package
            raise ValueError("Statements belong to a package.")
        text = resources.files(package).joinpath(filename).read_text("utf-8")
        parts = _HEADING.split(text)
        self._texts: dict[str, str] = dict(
            zip(parts[1::2], (part.strip().rstrip(";") for part in parts[2::2]), strict=True)
        )
        self._package = package
        self._using = using

    def text(self, name: str) -> str:
        return self._texts[name]

    def rows(self, name: str, /, **values: Any) -> list[Any]:
        """Run a statement and return its rows as named tuples."""
        found: list[Any] = _run(connections[self._using], self._texts[name], values)
        return found

    def dicts(self, name: str, /, **values: Any) -> list[dict[str, Any]]:
        """Run a statement and return its rows as dictionaries."""
        found: list[dict[str, Any]] = _run(connections[self._using], self._texts[name], values, as_dicts=True)
        return found

    def one(self, name: str, /, **values: Any) -> Any | None:
        """The first row, or None."""
        found = self.rows(name, **values)
        return found[0] if found else None

    def execute(self, name: str, /, **values: Any) -> int:
        """Run a statement and return the number of rows it touched."""
        count: int = _run(connections[self._using], self._texts[name], values, count=True)
        return count

    def names(self) -> Sequence[str]:
        return list(self._texts)


def _run(
    connection: BaseDatabaseWrapper,
    text: str,
    values: dict[str, Any],
    *,
    as_dicts: bool = False,
    count: bool = False,
) -> Any:
    connection.ensure_connection()
    begin_reading = getattr(connection, "begin_reading", None)
    if begin_reading is not None:
        begin_reading()
    started = time.monotonic()
    # The driver's own cursor, not Django's: bound by the server and prepared, so that it is planned once.
    with (
        connection.wrap_database_errors,
        Cursor(connection.connection, row_factory=dict_row if as_dicts else namedtuple_row) as cursor,
    ):
        cursor.execute(text, values, prepare=True)
        result = cursor.rowcount if count else (cursor.fetchall() if cursor.description else [])
    if connection.queries_logged:
        connection.queries_log.append({"sql": text, "time": f"{time.monotonic() - started:.3f}"})
    return result
