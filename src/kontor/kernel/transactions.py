"""Where a business action begins and commits.

``@transaction`` marks an entry point: it closes the request's read transaction, begins its own and commits.
``@in_transaction`` marks a part of one: called outside, it raises. A second ``@transaction`` inside the first
raises too, so nobody can half-commit somebody else's work.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps

from django.db import IntegrityError, OperationalError, connection
from django.db.transaction import atomic
from psycopg import errors as pg

from kontor.kernel.errors import Busy, refusal_for

_inside: ContextVar[str | None] = ContextVar("kontor_action", default=None)


def transaction[**P, R](action: Callable[P, R]) -> Callable[P, R]:
    """Run ``action`` as one transaction; expected violations come back as refusals."""

    @wraps(action)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        outer = _inside.get()
        if outer is not None:
            raise RuntimeError(f"{action.__qualname__} begins a transaction inside {outer}.")
        mark = _inside.set(action.__qualname__)
        try:
            nested_in_test = connection.in_atomic_block
            with atomic(durable=True):
                result = action(*args, **kwargs)
                if nested_in_test:
                    # A test's outer transaction never commits: fire the deferred constraints here instead.
                    connection.check_constraints()
            return result
        except IntegrityError as error:
            refusal = refusal_for(_constraint_of(error))
            if refusal is None:
                raise
            raise refusal from error
        except OperationalError as error:
            if isinstance(error.__cause__, (pg.LockNotAvailable, pg.DeadlockDetected)):
                raise Busy from error
            raise
        finally:
            _inside.reset(mark)

    return run


def in_transaction[**P, R](action: Callable[P, R]) -> Callable[P, R]:
    """Mark a part of a larger action: it needs an open ``@transaction`` around it."""

    @wraps(action)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        if _inside.get() is None:
            raise RuntimeError(f"{action.__qualname__} needs an open transaction.")
        return action(*args, **kwargs)

    return run


@contextmanager
def undoable() -> Iterator[None]:
    """A part of an open action that is undone alone when the database refuses it; deferred constraints are asked too.

    Raises:
        IntegrityError: the database refused; catch it around this block.
    """
    with atomic(), connection.cursor() as cursor:
        yield
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def _constraint_of(error: BaseException) -> str | None:
    cause = error.__cause__
    return cause.diag.constraint_name if isinstance(cause, pg.Error) else None
