"""Every sort that a list offers is served by an index, both ways: a page of a big table costs what its rows cost.

Asked of PostgreSQL itself, for every list that any room declares: a new list joins by being declared.
"""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connections
from django.db.models import QuerySet

from kontor.back.people.models import Employee
from kontor.kernel.actor.identity import the_house
from kontor.kernel.actor.navigation import installed
from kontor.kernel.ui.listing.declaring import Listing, listings

# Where no index can exist the planner may still sort; without these it says what it would do with many rows.
_OTHER_WAYS = (
    "enable_sort enable_seqscan enable_bitmapscan enable_hashjoin enable_mergejoin enable_hashagg".split()
)

installed("lists")
DECLARED = [
    pytest.param(listing, name, id=f"{page}-{name}")
    for page, listing in sorted(listings.items())
    for name in listing.sorts
]


def ordered(listing: Listing, name: str, sign: str) -> QuerySet[Any, Any]:
    rows = listing.rows(the_house())
    return rows.order_by(f"{sign}{listing.sorts[name]}", f"{sign}{listing.tie}")[: listing.per_page + 1]


def column_of(listing: Listing, key: str) -> Any:
    """The column of the database behind a key of the rows."""
    query: Any = listing.rows(the_house()).query
    return query.resolve_ref(key).target


def plan_of(rows: QuerySet[Any, Any]) -> list[dict[str, Any]]:
    """The nodes that bring the rows: neither what is looked up for each of them, nor what is read once before."""

    def nodes(node: dict[str, Any]) -> Iterator[dict[str, Any]]:
        yield node
        for inner in node.get("Plans", ()):
            if inner["Parent Relationship"] not in ("SubPlan", "InitPlan"):
                yield from nodes(inner)

    with connections[rows.db].cursor() as cursor:
        for setting in _OTHER_WAYS:
            cursor.execute(f"SET LOCAL {setting} = off")
    return list(nodes(json.loads(rows.explain(format="json"))[0]["Plan"]))


@pytest.mark.parametrize("sign", ["", "-"])
@pytest.mark.parametrize(("listing", "name"), DECLARED)
def test_an_index_brings_the_rows_in_their_order(house, listing, name, sign):
    sorting = [node for node in plan_of(ordered(listing, name, sign)) if "Sort" in node["Node Type"]]
    if column_of(listing, listing.sorts[name]).unique:
        # There the index of the number serves: the tie only decides between a few rows of one number.
        sorting = [node for node in sorting if len(node.get("Presorted Key", ())) != 1]
    assert sorting == []


@pytest.mark.parametrize(("listing", "name"), DECLARED)
def test_a_sort_has_a_unique_tie_and_is_never_empty(house, listing, name):
    """A page ends at a value and a tie: with NULL, or with two rows of one tie, rows would be lost between pages."""
    assert column_of(listing, listing.tie).unique
    assert not column_of(listing, listing.sorts[name]).null
    # Neither by an outer join: then a column that is never empty in its own table may be so in the list.
    query: Any = listing.rows(the_house()).query
    alias = query.resolve_ref(listing.sorts[name]).alias
    assert query.alias_map[alias].join_type != "LEFT OUTER JOIN"


def test_a_sort_without_an_index_would_be_found(house):
    rows = Employee.objects.order_by("job_title_de", "id")[:51]
    assert any(node["Node Type"] == "Sort" for node in plan_of(rows))
