"""PostgreSQL as Kontor uses it: BEGIN and the caller's token in one round trip, reads READ ONLY.

A web request reads inside one lazy READ ONLY transaction: it begins with the first statement and ends with the
response. An action (``@transaction``) ends it and begins its own.
"""

from typing import Any

from django.db.backends.postgresql import base
from psycopg import OperationalError
from psycopg.errors import IdleInTransactionSessionTimeout

from kontor.kernel.membrane.session import current_token


class DatabaseWrapper(base.DatabaseWrapper):
    """Django's PostgreSQL wrapper with Kontor's way of beginning transactions."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._reads_lazily = False
        self._read_is_open = False

    # Requests -----------------------------------------------------------------------------------------------

    def start_request(self) -> None:
        """From now on the first statement outside an action opens a READ ONLY transaction."""
        self._reads_lazily = True

    def end_request(self) -> None:
        self._reads_lazily = False
        self.end_reading()

    def begin_reading(self) -> None:
        if self._reads_lazily and not self._read_is_open and not self.in_atomic_block:
            self._begin("BEGIN READ ONLY")
            self._read_is_open = True

    def end_reading(self) -> None:
        """COMMIT, though nothing was written: at a ROLLBACK the driver forgets every statement it has prepared."""
        if self._read_is_open:
            self._read_is_open = False
            if self.connection is not None and not self.connection.closed:
                self.connection.execute("COMMIT")

    # Django's hooks -----------------------------------------------------------------------------------------

    def create_cursor(self, name: str | None = None) -> Any:
        self.begin_reading()
        return super().create_cursor(name)

    def _start_transaction_under_autocommit(self) -> None:
        """Called by ``atomic`` instead of switching the driver's autocommit off: one round trip."""
        closing = "COMMIT; " if self._read_is_open else ""
        self._read_is_open = False
        self._begin(closing + "BEGIN")

    def close(self) -> None:
        self._read_is_open = False
        super().close()

    def _begin(self, begin: str) -> None:
        self.ensure_connection()
        token = current_token()
        # The token's shape was checked when it was set: letters, digits, "-" and "_" only.
        text = f"{begin}; SET LOCAL kontor.token = '{token}'" if token else begin
        with self.wrap_database_errors:
            self._send(text)

    def _send(self, text: str) -> None:
        try:
            self.connection.execute(text)
        except (OperationalError, IdleInTransactionSessionTimeout):
            # The server went away between requests, or ended the reading while this process reckoned for long (a
            # password's hash on a busy machine). Nothing was sent yet, so one fresh connection is safe.
            if not self.connection.closed:
                raise
            self.close()
            if self.settings_dict["OPTIONS"].get("pool"):
                self.pool.check()  # the other pooled connections died with it
            self.connect()
            self.connection.execute(text)
