"""Pages of every list, forwards and backwards, under ties and while rows come and go; its file says the same."""

import base64
import csv
import io
import json
from dataclasses import replace
from typing import Any

import pytest
from django.http import QueryDict

from kontor.kernel.actor.identity import the_house
from kontor.kernel.ui.listing import exporting
from kontor.kernel.ui.listing.declaring import listings
from kontor.kernel.ui.listing.exporting import csv_parts
from kontor.kernel.ui.listing.reading import asked_of, cursor_of, page_of
from kontor.kernel.ui.listing.showing import cell_text

READER = the_house()
SORTS = [
    pytest.param(page, f"{sign}{name}", id=f"{page}:{sign}{name}")
    for page, listing in sorted(listings.items())
    for name in listing.sorts
    for sign in ("", "-")
]


@pytest.fixture
def small():
    """``small(page)``: the list with two rows a page."""
    declared = dict(listings)
    yield lambda page: replace(declared[page], per_page=2)
    listings.update(declared)  # a list names itself by being made


@pytest.fixture
def clerk(house, staff_client):
    return staff_client("back", "order-administration")


def read(listing, query):
    asked = asked_of(listing, QueryDict(query))
    return asked, page_of(asked, READER)


def ids(page):
    return [row["id"] for row in page.rows]


@pytest.mark.parametrize(("page", "sort"), SORTS)
def test_leafing_through_shows_each_row_once_and_back_again(busy, small, page, sort):
    everything = f"sort={sort}&{listings[page].everything}"
    whole = ids(read(listings[page], everything)[1])
    two_a_page = small(page)
    asked, found = read(two_a_page, everything)
    forwards = [ids(found)]
    while found.has_next:
        asked, found = read(two_a_page, f"{everything}&after={cursor_of(asked, found.rows[-1])}")
        forwards.append(ids(found))
    assert [one for part in forwards for one in part] == whole
    backwards = [ids(found)]
    while found.has_previous and len(backwards) <= len(forwards):
        asked, found = read(two_a_page, f"{everything}&before={cursor_of(asked, found.rows[0])}")
        backwards.insert(0, ids(found))
    assert backwards == forwards


@pytest.mark.parametrize("page", sorted(listings))
def test_the_file_says_what_the_list_says_under_each_tab(busy, monkeypatch, page):
    monkeypatch.setattr(exporting, "BATCH", 2)
    listing = listings[page]
    columns = [column for column in listing.columns if column.kind in ("text", "link", "pill")]
    shown = "&".join(f"column={column.key}" for column in columns)
    for query in ["", *(tab.query for tab in listing.tabs)]:
        asked, found = read(listing, f"{query}&{shown}")
        text = "".join(csv_parts(asked, READER)).removeprefix("\ufeff")
        head, *lines = csv.reader(io.StringIO(text), delimiter=";")
        assert head == [str(column.label) for column in columns]
        said = [[cell_text(column, row) for column in columns] for row in found.rows]
        assert [[cell.removeprefix("'") for cell in line] for line in lines] == said


def test_lists_under_test_are_not_empty(busy):
    """Else the two tests above would be true of nothing."""
    filled = {page for page, listing in listings.items() if read(listing, "")[1].rows}
    assert {"orders", "warehouse.stock", "warehouse.moves", "logistics.ready", "invoices", "people"} <= filled
    assert {"ledger.journal", "ledger.lines", "ledger.open", "banking.payments", "design.feed"} <= filled


def orders_page(small, query=""):
    return read(small("orders"), query)


def test_rows_that_go_between_two_pages_leave_nobody_before_an_empty_one(busy, small, trade):
    """The last page is emptied by its own bulk action, and the address of it is opened again."""
    first_two = read(small("logistics.ready"), "")
    address = f"after={cursor_of(first_two[0], first_two[1].rows[-1])}"
    last = read(small("logistics.ready"), address)[1]
    assert len(last.rows) == 1
    trade.ship(next(order for order in busy if order.id == last.rows[0]["id"]))
    again = read(small("logistics.ready"), address)[1]
    assert (ids(again), again.has_previous, again.has_next) == (ids(first_two[1]), False, False)


def test_going_back_over_rows_that_have_gone_shows_a_full_first_page(busy, small, trade):
    asked, first = read(small("logistics.ready"), "")
    asked, last = read(small("logistics.ready"), f"after={cursor_of(asked, first.rows[-1])}")
    trade.ship(next(order for order in busy if order.id == first.rows[0]["id"]))
    back = read(small("logistics.ready"), f"before={cursor_of(asked, last.rows[0])}")[1]
    assert ids(back) == [first.rows[1]["id"], last.rows[0]["id"]]
    assert (back.has_previous, back.has_next) == (False, False)


def test_rows_that_come_meanwhile_neither_shift_nor_double_what_follows(busy, small, trade):
    asked, first = orders_page(small)
    following = f"after={cursor_of(asked, first.rows[-1])}"
    before = ids(orders_page(small, following)[1])
    trade.order((trade.offering(), 1))  # newest first: it stands on the first page now
    asked, after = orders_page(small, following)
    assert ids(after) == before
    back = orders_page(small, f"before={cursor_of(asked, after.rows[0])}")[1]
    assert ids(back) == ids(first)
    assert back.has_previous


ID = "u00000000-0000-0000-0000-000000000000"
FORGED: list[Any] = [
    *(
        ["s\0", ID],
        ["s\ud800", ID],
        ["sA", "s"],
        ["nNaN", ID],
        ["n-Infinity", ID],
        ["n1e999999", ID],
        ["i" + "9" * 40, ID],
    ),
    *(["t2026-11-20T09:30:00", ID], ["t9999-12-31T23:59:59-23:59", ID], ["x", "y"], ["", ""]),
    *([ID, ID], [[], {}], [1, 2], ["sA"], [], {}, "sA", None),
]


def packed(parts):
    return base64.urlsafe_b64encode(json.dumps(parts).encode()).decode().rstrip("=")


@pytest.mark.parametrize("sort", ["-placed", "amount"])
def test_a_forged_cursor_breaks_nothing(busy, clerk, sort):
    for cursor in ["x", "W10", "A" * 700, "%00", *(packed(parts) for parts in FORGED)]:
        assert clerk.get("/orders/", {"sort": sort, "after": cursor}).status_code == 200, cursor


def test_a_forged_cursor_breaks_no_list_sorted_by_words(busy):
    for page in ("people", "invoices", "warehouse.stock", "ledger.journal"):
        for parts in FORGED:
            assert read(listings[page], f"sort=number&after={packed(parts)}")[1].rows, parts
