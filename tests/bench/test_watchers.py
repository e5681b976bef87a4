"""Open pages on one live process: each hears of its own change, nobody of a stranger's. No time is judged here."""

from argparse import Namespace

import pytest

from kontor.config.bench import watchers


@pytest.mark.slow
def test_each_open_page_hears_of_its_change_and_no_other_page_does(bench_house):
    result = watchers.measure(Namespace(watchers=8, rounds=2), bench_house)
    assert result["watchers"] == 8
    assert (result["misses"], result["told without need"]) == (0, 0)
