"""The pages people see most, drawn on their own planes; only the number of statements is a rule here, never time."""

from argparse import Namespace

import pytest

from kontor.config.bench import pages


@pytest.mark.slow
def test_pages_ask_few_statements_and_the_floor_has_as_many_bytes(bench_house):
    result = pages.measure(Namespace(orders=600, customers=60, rounds=4), bench_house)
    asked = {(one["plane"], one["page"]): one["statements"] for one in result["pages"]}
    assert set(asked) == {
        ("public", "list of 24"),
        ("public", "product"),
        ("public", "own order"),
        ("desk", "customer"),
        ("desk", "inbox"),
        ("desk", "matter"),
        ("back", "order list"),
        ("back", "feed of product conception"),
        ("back", "problems"),
        ("back", "suggestions"),
        ("back", "problem"),
    }
    assert all(count <= pages.GOALS[plane][1] for (plane, _page), count in asked.items())
    assert all(abs(one["floor_bytes"] - one["bytes"]) <= one["bytes"] / 10 for one in result["pages"])
