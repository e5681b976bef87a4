"""What a list says of itself: columns, sorts on indexed columns, filters, tabs, bulk actions. See the README."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from django.db.models import Q, QuerySet
from django.utils.functional import Promise

from kontor.kernel.ui.shapes import Tone

type Text = str | Promise
type Row = Mapping[str, Any]
type Kind = Literal["text", "link", "money", "quantity", "day", "instant", "pill"]
type Narrow = Callable[[QuerySet[Any], str], QuerySet[Any]]

ROWS_PER_PAGE = 50
COUNTED_ROWS = 1000
"""Beyond this many rows nobody counts: the page says “1,000+”."""
FILE_AT_ONCE_ROWS = 10_000
"""Longer files are made by the worker."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column. ``value`` is a key of the row or a function of it; ``kind`` says how it is written.

    ``link`` is the row's name and opens it. Amounts take their currency from the row's ``currency``, quantities their
    unit from ``unit``. A pill takes its words and its tone from the value (``words``, ``tones``). ``sort`` names a sort
    of the list. ``is_wide``: the cell takes a line of its own on a narrow screen. ``is_extra``: shown on request only.
    """

    key: str
    label: Text
    value: str | Callable[[Row], Any] = ""
    kind: Kind = "text"
    sort: str = ""
    words: Mapping[str, Text] | Callable[[Any], Text] | None = None
    tones: Mapping[str, Tone] | None = None
    is_wide: bool = False
    is_extra: bool = False
    is_muted: bool = False
    says_label: bool = False
    """On a narrow screen the label stands before the value."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A filter with a few values: (value, words). ``field`` is compared, or ``narrow`` does what it takes."""

    key: str
    label: Text
    choices: Sequence[tuple[str, Text]] | Callable[[], Sequence[tuple[str, Text]]]
    field: str = ""
    narrow: Narrow | None = None

    def values(self) -> Sequence[tuple[str, Text]]:
        """The choices as they are now."""
        return self.choices() if callable(self.choices) else self.choices


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """A filter from a day until another (both included): parameters ``key_from`` and ``key_until``.

    ``is_instant``: the field is an instant; days are the house's own.
    """

    key: str
    label_from: Text
    label_until: Text
    field: str
    is_instant: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Tab:
    """A built-in view: filter values under a name. ``count`` is the key of its number in the list's ``counts``."""

    label: Text
    query: str = ""
    count: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bulk:
    """What can be done with ticked rows: a POST of ``ids`` to ``url_name``, for who has ``right``."""

    label: Text
    url_name: str
    right: str
    icon: str = ""
    name: str = ""
    value: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """A list. ``rows(reader)`` returns a queryset of dictionaries (``.values(…)``) that contain ``id``.

    ``sorts`` maps names to columns that are never empty and indexed together with ``tie`` (the id, where nothing else
    is said); ``-name`` is descending. ``tie`` is unique and ends every order, so that no row stands on two pages.
    ``search(rows, text)`` narrows by words. ``counts()`` returns numbers for the tabs, in one statement. ``right`` is
    what it takes to read (and export) the list. ``start`` is the query a page begins with that is sent on from its bare
    address; then ``everything`` is the one that shows all rows.
    """

    page: str
    title: Text
    right: str
    rows: Callable[[Any], QuerySet[Any, Any]]
    columns: Sequence[Column]
    sorts: Mapping[str, str]
    default_sort: str
    url: Callable[[Row], str] | None = None
    eyebrow: Text = ""
    search: Narrow | None = None
    search_label: Text = ""
    filters: Sequence[Choice | Period] = ()
    tabs: Sequence[Tab] = ()
    counts: Callable[[], Mapping[str, int]] | None = None
    bulk: Sequence[Bulk] = ()
    start: str = ""
    everything: str = ""
    empty_title: Text = ""
    empty_text: Text = ""
    empty_icon: str = "inbox"
    key: str = "id"
    tie: str = "id"
    template: str = "ui/list_page.html"
    per_page: int = ROWS_PER_PAGE

    def __post_init__(self) -> None:
        listings[self.page] = self


listings: dict[str, Listing] = {}
"""Every list that is loaded, by its page: the worker finds here what to export."""


def between(name: str, first: date | None, last: date | None) -> Q:
    """The condition that a day lies between two others, both included."""
    condition = Q()
    if first is not None:
        condition &= Q(**{f"{name}__gte": first})
    if last is not None:
        condition &= Q(**{f"{name}__lte": last})
    return condition
