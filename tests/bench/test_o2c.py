"""Order to cash against its hand-written twin, run small: both do the same, and Kontor asks no more than it may."""

from argparse import Namespace

import pytest

from kontor.config.bench import o2c

MAY_ASK = 48


@pytest.mark.slow
def test_both_sides_write_the_same_facts_and_an_order_asks_few_statements(bench_house):
    result = o2c.measure(Namespace(orders=4, runs=1), bench_house)
    assert result["differences"] == {}
    assert 0 < result["step"]["statements_per_order"] <= MAY_ASK
