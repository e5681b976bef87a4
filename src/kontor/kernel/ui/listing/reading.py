"""From an address to rows: filters, order and the page between two cursors, in a constant number of statements."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.core.exceptions import FieldError, ValidationError
from django.db.models import Q, QuerySet
from django.http import QueryDict

from kontor.kernel.house import house_zone
from kontor.kernel.ui.listing import cursors
from kontor.kernel.ui.listing.declaring import COUNTED_ROWS, Choice, Listing, Period, between

_LONGEST_WORDS = 200
PAGING = ("after", "before", "export")


@dataclass(frozen=True, slots=True)
class Asked:
    """What an address asks of a list, cleaned: unknown filters, sorts and broken values count as not given."""

    listing: Listing
    values: Mapping[str, str]
    words: str
    sort: str
    is_descending: bool
    columns: frozenset[str]
    after: tuple[Any, Any] | None
    before: tuple[Any, Any] | None

    @property
    def sort_text(self) -> str:
        return f"-{self.sort}" if self.is_descending else self.sort


@dataclass(frozen=True, slots=True)
class Page:
    """The rows of one page and whether there are others before and after it."""

    rows: list[dict[str, Any]]
    has_previous: bool
    has_next: bool


def asked_of(listing: Listing, query: QueryDict) -> Asked:
    """Read an address."""
    values: dict[str, str] = {}
    for filtered in listing.filters:
        for key in keys_of(filtered):
            text = query.get(key, "").replace("\0", "").strip()
            if text and _is_sound(filtered, text):
                values[key] = text
    sort = query.get("sort", "")
    if sort.removeprefix("-") not in listing.sorts:
        sort = listing.default_sort
    chosen = frozenset(query.getlist("column")) & {column.key for column in listing.columns}
    return Asked(
        listing=listing,
        values=values,
        words=query.get("q", "").replace("\0", "").strip()[:_LONGEST_WORDS] if listing.search else "",
        sort=sort.removeprefix("-"),
        is_descending=sort.startswith("-"),
        columns=chosen or frozenset(column.key for column in listing.columns if not column.is_extra),
        after=cursors.read(query.get("after", "")),
        before=cursors.read(query.get("before", "")),
    )


def keys_of(filtered: Choice | Period) -> tuple[str, ...]:
    """The parameters of a filter."""
    return (
        (filtered.key,) if isinstance(filtered, Choice) else (f"{filtered.key}_from", f"{filtered.key}_until")
    )


def narrowed(asked: Asked, reader: Any) -> QuerySet[Any, Any]:
    """All rows that an address asks for, unordered."""
    rows = asked.listing.rows(reader)
    for filtered in asked.listing.filters:
        if isinstance(filtered, Choice):
            value = asked.values.get(filtered.key)
            if value:
                rows = (
                    filtered.narrow(rows, value)
                    if filtered.narrow
                    else rows.filter(**{filtered.field: value})
                )
        else:
            rows = rows.filter(_in_period(filtered, asked.values))
    if asked.words and asked.listing.search:
        rows = asked.listing.search(rows, asked.words)
    return rows


def page_of(asked: Asked, reader: Any) -> Page:
    """One page of rows: one statement. A cursor of another sort is no cursor of this one: the first page."""
    try:
        return _page_of(asked, reader)
    except (ValidationError, ValueError, TypeError, FieldError):
        if asked.after is None and asked.before is None:
            raise
    return _page_of(_without_cursors(asked), reader)


def batch_after(asked: Asked, reader: Any, cursor: tuple[Any, Any] | None, size: int) -> list[dict[str, Any]]:
    """The next rows after a cursor, for files."""
    rows = narrowed(asked, reader)
    if cursor is not None:
        rows = rows.filter(_beyond(asked, cursor, is_descending=asked.is_descending))
    return list(rows.order_by(*_order(asked, asked.is_descending))[:size])


def cursor_of(asked: Asked, row: Mapping[str, Any]) -> str:
    """The cursor of a row under the present order."""
    return cursors.written(row[asked.listing.sorts[asked.sort]], row[asked.listing.tie])


def counted(asked: Asked, reader: Any, most: int = COUNTED_ROWS) -> int:
    """How many rows there are, at most ``most`` + 1: nobody counts a big table."""
    return narrowed(asked, reader).order_by().values(asked.listing.key)[: most + 1].count()


def _page_of(asked: Asked, reader: Any) -> Page:
    size = asked.listing.per_page
    is_backwards = asked.before is not None and asked.after is None
    cursor = asked.before if is_backwards else asked.after
    found, has_more = _read(asked, reader, cursor, is_backwards=is_backwards)
    if cursor is None:
        return Page(found, has_previous=False, has_next=has_more)
    # Rows were changed or have gone since the page was drawn that led here: nobody stands before an empty page.
    if is_backwards and not has_more and len(found) < size:
        return _page_of(_without_cursors(asked), reader)
    if not found:
        found, has_more = _read(asked, reader, None, is_backwards=True)
        return Page(found, has_previous=has_more, has_next=False)
    if is_backwards:
        return Page(found, has_previous=has_more, has_next=True)
    return Page(found, has_previous=True, has_next=has_more)


def _read(
    asked: Asked, reader: Any, cursor: tuple[Any, Any] | None, *, is_backwards: bool
) -> tuple[list[dict[str, Any]], bool]:
    """Rows from a cursor on (from the end, where there is none), in the order of the list; whether there are more."""
    size = asked.listing.per_page
    is_descending = asked.is_descending != is_backwards
    rows = narrowed(asked, reader)
    if cursor is not None:
        rows = rows.filter(_beyond(asked, cursor, is_descending=is_descending))
    read = list(rows.order_by(*_order(asked, is_descending))[: size + 1])
    found = read[:size]
    return found[::-1] if is_backwards else found, len(read) > size


def _order(asked: Asked, is_descending: bool) -> tuple[str, str]:
    sign = "-" if is_descending else ""
    return f"{sign}{asked.listing.sorts[asked.sort]}", f"{sign}{asked.listing.tie}"


def _beyond(asked: Asked, cursor: tuple[Any, Any], *, is_descending: bool) -> Q:
    """The rows after (value, tie): the first condition is what the index is entered with."""
    name, tie = asked.listing.sorts[asked.sort], asked.listing.tie
    less = "lt" if is_descending else "gt"
    value, last = cursor
    return Q(**{f"{name}__{less}e": value}) & (
        Q(**{f"{name}__{less}": value}) | Q(**{f"{tie}__{less}": last})
    )


def _without_cursors(asked: Asked) -> Asked:
    return Asked(
        asked.listing, asked.values, asked.words, asked.sort, asked.is_descending, asked.columns, None, None
    )


def _is_sound(filtered: Choice | Period, text: str) -> bool:
    if isinstance(filtered, Choice):
        return any(str(value) == text for value, _words in filtered.values())
    return _day(text) is not None


def _day(text: str) -> date | None:
    try:
        found = date.fromisoformat(text)
    except ValueError:
        return None
    return found if 1900 <= found.year <= 2999 else None


def _in_period(period: Period, values: Mapping[str, str]) -> Q:
    first = _day(values.get(f"{period.key}_from", ""))
    last = _day(values.get(f"{period.key}_until", ""))
    if not period.is_instant:
        return between(period.field, first, last)
    condition = Q()
    if first is not None:
        condition &= Q(**{f"{period.field}__gte": datetime.combine(first, time(), house_zone())})
    if last is not None:
        end = datetime.combine(last + timedelta(days=1), time(), house_zone())
        condition &= Q(**{f"{period.field}__lt": end})
    return condition
