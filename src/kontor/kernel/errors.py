"""A refusal is an answer, not a failure: what is so, then what to do."""

from collections.abc import Callable
from typing import Any, ClassVar

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Refusal(Exception):
    """Says no to an action in the reader's language. Views catch this class and nothing else."""

    message: ClassVar[str | Promise] = _("This is not possible at the moment. Reload the page and try again.")
    status: ClassVar[int] = 409

    def __init__(self, **values: Any) -> None:
        super().__init__()
        self.values = values

    def __str__(self) -> str:
        return str(self.message) % self.values

    @property
    def code(self) -> str:
        """A stable name for programs: the class name."""
        return type(self).__name__


class NotAllowed(Refusal):
    message = _("You do not have the right “%(right)s”. Ask your administration for it.")
    status = 403


class NotFound(Refusal):
    message = _("“%(number)s” was not found. Check the number.")
    status = 404


class OnlySent(Refusal):
    message = _("This address only takes what a form sends. Go back and use the button there.")
    status = 405


class Busy(Refusal):
    message = _("Somebody else is changing the same thing right now. Try again in a moment.")


class SentTwice(Refusal):
    message = _("This was sent twice. It has been done once: reload the page to see it.")


_by_constraint: dict[str, Callable[[], Refusal]] = {}


def refuses(constraint: str, refusal: Callable[[], Refusal]) -> None:
    """Declare what an expected violation of a named constraint means to people."""
    _by_constraint[constraint] = refusal


def refusal_for(constraint: str | None) -> Refusal | None:
    """The refusal declared for a constraint name, if any.

    An id or a ``key`` that is there already was sent twice in the same moment: forms carry them so as to count once.
    """
    name = constraint or ""
    build = _by_constraint.get(name) or (SentTwice if name.endswith(("_key_key", "_pkey")) else None)
    return build() if build else None
