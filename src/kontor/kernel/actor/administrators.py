"""Somebody can always administer the house: whoever takes rights or logins away does it inside this guard."""

from collections.abc import Iterator
from contextlib import contextmanager

from kontor.kernel.actor import errors
from kontor.kernel.sql import Statements

_sql = Statements(__package__)


@contextmanager
def an_administrator_remains() -> Iterator[None]:
    """Inside an action: one such change after another, and none that leaves the house without an administrator.

    An administrator is an open login with a password that may enter the back office, change settings and change staff.
    A house that has none yet may do as it likes.

    Raises:
        LastAdministrator: what was done inside would leave none.
    """
    _sql.rows("lock_departments")
    had_one = _sql.one("an_administrator") is not None
    yield
    if had_one and _sql.one("an_administrator") is None:
        raise errors.LastAdministrator
