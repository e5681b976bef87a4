"""A list as its page shows it: cells with their words, links to other orders, filters, pages and views."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kontor.kernel.ui import formats
from kontor.kernel.ui.listing.declaring import (
    COUNTED_ROWS,
    FILE_AT_ONCE_ROWS,
    Bulk,
    Choice,
    Column,
    Listing,
    Row,
)
from kontor.kernel.ui.listing.exporting import csv_response
from kontor.kernel.ui.listing.reading import PAGING, Asked, asked_of, counted, cursor_of, keys_of, page_of
from kontor.kernel.ui.listing.saving import SavedQuery, keeping
from kontor.kernel.ui.shapes import PageLinks, Tab

_NUMERIC = ("money", "quantity")


class Cell(NamedTuple):
    """One cell: text, and how it is drawn. A tuple, because a template unpacks it at a third of the cost of asking."""

    text: str
    css: str = ""
    url: str = ""
    tone: str = ""
    label: str = ""


class Line(NamedTuple):
    """One row of the table."""

    id: Any
    name: str
    cells: list[Cell]


@dataclass(frozen=True, slots=True)
class FilterField:
    """A filter as a form control."""

    key: str
    label: str
    value: str
    choices: Sequence[tuple[str, str]] | None


def show(request: HttpRequest, listing: Listing, **context: Any) -> HttpResponseBase:
    """Answer with the page of a list, or with its file. The view has checked the right."""
    reader = request.actor  # type: ignore[attr-defined]  # set by the plane's middleware
    asked = asked_of(listing, request.GET)
    if request.GET.get("export") == "csv":
        if counted(asked, reader, FILE_AT_ONCE_ROWS) <= FILE_AT_ONCE_ROWS:
            return csv_response(asked, reader)
        keeper = keeping()
        if keeper is not None:
            query = urlencode({"page": listing.page, "query": _query_text(request.GET)})
            return HttpResponseRedirect(f"{reverse(keeper.export_url_name)}?{query}")
        return csv_response(asked, reader)
    keeper = keeping()
    if request.GET.get("export") == "xlsx" and keeper is not None:
        # Only the worker writes workbooks, short ones as well.
        query = urlencode({"page": listing.page, "query": _query_text(request.GET), "kind": "xlsx"})
        return HttpResponseRedirect(f"{reverse(keeper.export_url_name)}?{query}")
    response = render(request, listing.template, {"listing": ListPage(request, asked, reader), **context})
    if getattr(request, "htmx", False):
        # The address bar shows the view without the filters that are not set.
        query = _without(request.GET).urlencode()
        response["HX-Push-Url"] = f"{request.path}?{query}" if query else request.path
    return response


class ListPage:
    """What the template asks of a list."""

    def __init__(self, request: HttpRequest, asked: Asked, reader: Any) -> None:
        self.request = request
        self.asked = asked
        self.reader = reader
        self.declared = asked.listing
        self.title = str(self.declared.title)
        self.page = page_of(asked, reader)
        self.columns = [column for column in self.declared.columns if column.key in asked.columns]

    @property
    def lines(self) -> list[Line]:
        return [self._line(row) for row in self.page.rows]

    @property
    def heads(self) -> list[dict[str, Any]]:
        return [
            {"label": str(one.label), "sort": one.sort, "is_numeric": one.kind in _NUMERIC}
            for one in self.columns
        ]

    @property
    def column_choices(self) -> list[dict[str, Any]]:
        return [
            {"key": column.key, "label": str(column.label), "is_on": column.key in self.asked.columns}
            for column in self.declared.columns
        ]

    @property
    def kept_columns(self) -> list[str]:
        """The columns the reader chose, to be kept when filters change."""
        return [column.key for column in self.columns] if self.request.GET.getlist("column") else []

    @property
    def kept_filters(self) -> list[tuple[str, str]]:
        """Everything but the columns, to be kept when columns change."""
        query = _without(self.request.GET, *PAGING, "column")
        return [(key, value) for key, values in query.lists() for value in values]

    @property
    def sort_text(self) -> str:
        return self.asked.sort_text

    @property
    def filters(self) -> list[FilterField]:
        fields = []
        for filtered in self.declared.filters:
            if isinstance(filtered, Choice):
                choices = [(value, str(words)) for value, words in filtered.values()]
                value = self.asked.values.get(filtered.key, "")
                fields.append(FilterField(filtered.key, str(filtered.label), value, choices))
                continue
            for key, label in zip(
                keys_of(filtered), (filtered.label_from, filtered.label_until), strict=True
            ):
                fields.append(FilterField(key, str(label), self.asked.values.get(key, ""), None))
        return fields

    @property
    def has_search(self) -> bool:
        return self.declared.search is not None

    @property
    def chips(self) -> list[dict[str, str]]:
        """What the list is narrowed by, each with the address without it."""
        chips = []
        for field in self.filters:
            if field.value:
                words = dict(field.choices).get(field.value, field.value) if field.choices else field.value
                if field.choices is None:
                    words = f"{field.label} {words}"
                chips.append({"label": words, "url": self._url_without(field.key)})
        if self.asked.words:
            chips.append({"label": self.asked.words, "url": self._url_without("q")})
        return chips

    @property
    def tabs(self) -> list[Tab]:
        """Built-in and saved views; the one whose filters are the present ones is current."""
        counts = self.declared.counts() if self.declared.counts else {}
        now = self._view_of(self.request.GET)
        built_in = [
            Tab(
                str(tab.label),
                f"?{tab.query}" if tab.query else self.request.path,
                is_current=self._view_of(QueryDict(tab.query)) == now,
                count=counts.get(tab.count) if tab.count else None,
            )
            for tab in self.declared.tabs
        ]
        saved = [
            Tab(view.name, f"?{view.query}", is_current=self._view_of(QueryDict(view.query)) == now)
            for view in self.saved
        ]
        return built_in + saved

    @cached_property
    def saved(self) -> Sequence[SavedQuery]:
        keeper = keeping()
        return keeper.views_of(self.declared.page, self.reader) if keeper else ()

    @cached_property
    def current_saved(self) -> SavedQuery | None:
        """The saved view that is shown, when it is the reader's own."""
        now = self._view_of(self.request.GET)
        mine = (view for view in self.saved if view.remove_url)
        return next((view for view in mine if self._view_of(QueryDict(view.query)) == now), None)

    @cached_property
    def may_save(self) -> bool:
        """Whether the present view (filters, order, columns) stands under no tab yet."""
        now = self._view_of(self.request.GET)
        known = ["", self.declared.start, *(tab.query for tab in self.declared.tabs)]
        known += [view.query for view in self.saved]
        return all(self._view_of(QueryDict(query)) != now for query in known)

    @property
    def save_url(self) -> str:
        keeper = keeping()
        return reverse(keeper.save_url_name) if keeper else ""

    @property
    def query(self) -> str:
        """The present view as text: filters, order and columns without the page."""
        return _query_text(self.request.GET)

    @property
    def export_url(self) -> str:
        query = self.query
        return f"?{query}&export=csv" if query else "?export=csv"

    @property
    def workbook_url(self) -> str:
        """Where the view is asked for as a workbook; empty where nobody makes one."""
        query = self.query
        return (f"?{query}&export=xlsx" if query else "?export=xlsx") if keeping() else ""

    @property
    def reset_url(self) -> str:
        return self.request.path

    @property
    def all_url(self) -> str:
        """Where all rows are shown."""
        return f"?{self.declared.everything}" if self.declared.everything else self.request.path

    @property
    def is_start(self) -> bool:
        """Whether nothing is asked but what the page begins with: then an empty list is an empty house."""
        asked, start = (
            asked_of(self.declared, self.request.GET),
            asked_of(self.declared, QueryDict(self.declared.start)),
        )
        return (asked.values, asked.words) == (start.values, start.words)

    @property
    def is_narrowed(self) -> bool:
        return bool(self.asked.values or self.asked.words)

    @property
    def bulk(self) -> list[Bulk]:
        return [action for action in self.declared.bulk if self.reader.has(action.right)]

    @cached_property
    def total_text(self) -> str:
        """How many rows there are, in words; counted to a thousand."""
        is_all = not (self.page.has_previous or self.page.has_next)
        total = len(self.page.rows) if is_all else counted(self.asked, self.reader)
        if total > COUNTED_ROWS:
            return _("More than %(count)s entries") % {"count": formats.quantity(COUNTED_ROWS)}
        return ngettext("%(count)s entry", "%(count)s entries", total) % {"count": formats.quantity(total)}

    @property
    def links(self) -> PageLinks:
        page = self.page
        previous = self._page_url("before", page.rows[0]) if page.rows and page.has_previous else ""
        following = self._page_url("after", page.rows[-1]) if page.rows and page.has_next else ""
        return PageLinks(previous, following, self.total_text)

    def _line(self, row: Row) -> Line:
        url = self.declared.url(row) if self.declared.url else ""
        cells = [_cell(column, row, url) for column in self.columns]
        name = next((cell.text for cell in cells if cell.url), str(row[self.declared.key]))
        return Line(row[self.declared.key], name, cells)

    def _page_url(self, key: str, row: Row) -> str:
        query = _without(self.request.GET, *PAGING)
        query[key] = cursor_of(self.asked, row)
        return f"?{query.urlencode()}"

    def _url_without(self, key: str) -> str:
        query = _without(self.request.GET, *PAGING, key)
        return f"?{query.urlencode()}" if query else self.all_url

    def _view_of(self, query: QueryDict) -> tuple[Any, ...]:
        asked = asked_of(self.declared, query)
        return (asked.values, asked.words, asked.sort, asked.is_descending, asked.columns)


def cell_text(column: Column, row: Row) -> str:
    """The value of a cell in the reader's words."""
    value = _value(column, row)
    if value is None or value == "":
        return ""
    if column.kind == "money":
        return formats.money(value, row.get("currency") or "EUR")
    if column.kind == "quantity":
        return formats.quantity(value)
    if column.kind == "day":
        return formats.day(value)
    if column.kind == "instant":
        return formats.instant(value)
    return _words(column, value)


def _cell(column: Column, row: Row, url: str) -> Cell:
    text = cell_text(column, row)
    css = " ".join(
        name
        for name, is_on in (
            ("num", column.kind in _NUMERIC),
            ("wide", column.is_wide),
            ("muted", column.is_muted),
            ("nowrap", column.kind in ("day", "instant")),
        )
        if is_on
    )
    tone = (
        (column.tones or {}).get(str(_value(column, row)), "neutral")
        if column.kind == "pill" and text
        else ""
    )
    label = str(column.label) if column.says_label and text else ""
    return Cell(text, css, url if column.kind == "link" else "", tone, label)


def _value(column: Column, row: Row) -> Any:
    source = column.value or column.key
    return source(row) if callable(source) else row[source]


def _words(column: Column, value: Any) -> str:
    if column.words is None:
        return str(value)
    if callable(column.words):
        return str(column.words(value))
    return str(column.words.get(str(value), value))


def _without(query: QueryDict, *keys: str) -> QueryDict:
    copy = query.copy()
    for key in keys:
        copy.pop(key, None)
    for key in [key for key in copy if not any(copy.getlist(key))]:
        del copy[key]
    return copy


def _query_text(query: QueryDict) -> str:
    return _without(query, *PAGING).urlencode()
