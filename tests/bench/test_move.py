"""A receipt that moves with all its orders, measured small."""

from argparse import Namespace

import pytest

from kontor.config.bench import move


@pytest.mark.slow
def test_many_promises_move_with_as_many_statements_as_one(bench_house):
    result = move.measure(Namespace(promises=40, rounds=2), bench_house)
    assert result["orders_moved"] == 40
    assert result["same_statements"] is True
