"""Where people read a refusal: above the form they sent, or in a message on the next page.

What stands in the block ends at the refusal, and the view goes on behind the block. Anything else that is raised goes
through, and so does a refusal whose status is one of ``unless``: a page that answers 404 stays one.
"""

from collections.abc import Callable, Container
from types import TracebackType

from django.forms.forms import BaseForm
from django.http import HttpRequest

from kontor.kernel.errors import Refusal
from kontor.kernel.ui.messages import say


class _Told:
    """Hands the words of a refusal on and ends it."""

    def __init__(self, tell: Callable[[str], None], unless: Container[int]) -> None:
        self._tell = tell
        self._unless = unless

    def __enter__(self) -> None:
        pass

    def __exit__(
        self, kind: type[BaseException] | None, raised: BaseException | None, trace: TracebackType | None
    ) -> bool:
        if not isinstance(raised, Refusal) or raised.status in self._unless:
            return False
        self._tell(str(raised))
        return True


def refused_on_form(form: BaseForm, field: str | None = None, *, unless: Container[int] = ()) -> _Told:
    """Make a refusal an error of the form, or of one of its fields."""
    return _Told(lambda words: form.add_error(field, words), unless)


def refusal_said(request: HttpRequest, *, unless: Container[int] = ()) -> _Told:
    """Say a refusal on the next page."""
    return _Told(lambda words: say(request, words, tone="bad"), unless)
