"""Customers' pages behind row policies and without: the same rows, byte for byte. No time is judged here."""

from argparse import Namespace

import pytest

from kontor.config.bench import wall


@pytest.mark.slow
def test_the_pages_show_the_same_with_row_policies_and_without(bench_house):
    result = wall.measure(Namespace(orders=40, turns=20), bench_house)
    assert [page["page"] for page in result["pages"]] == ["my orders", "own order", "basket"]
    assert all(page["rows"] >= page["statements"] for page in result["pages"])
