"""Whoever changes the promise ledger sees here whether it still holds; the long run is ``./kontor stress promises``."""

import pytest
from django.db import connection

from kontor.config.bench.ground import bench_database
from kontor.config.stress import running
from kontor.config.stress.running import Findings, Plan
from kontor.config.stress.scene import set_scene


@pytest.mark.slow
def test_a_short_run_with_everything_at_once_breaks_no_rule(bench_house):
    result = running.run(bench_house, Plan(seconds=4, connections=16, seed=11))
    assert result["violations_found"] == []
    assert result["deadlocks"] == {}
    did = {name for name, one in result["operations"].items() if one["done"]}
    assert {
        "hold",
        "hold_changed",
        "let_go",
        "place",
        "firm",
        "use",
        "release",
        "set_capacity",
        "sweep",
    } <= did


@pytest.mark.slow
def test_every_broken_rule_is_found(bench_house):
    with bench_database(bench_house):
        set_scene(visitors=1)
        break_rule = connection.cursor().execute
        # Beside the functions, as only the owner could.
        break_rule(
            "INSERT INTO promises_demand (id, pool_id, quantity, wanted_from, wanted_until) SELECT uuidv7(), id, 3,"
            " '2030-06-01 14:00Z', '2030-06-01 14:30Z' FROM promises_pool WHERE kind = 'slots' LIMIT 1"
        )
        break_rule(
            "INSERT INTO promises_promise (demand_id, bucket_id, quantity, state, expires_at)"
            " SELECT d.id, b.id, 1, 'hold', 'infinity' FROM promises_demand d"
            " JOIN promises_bucket b ON b.pool_id = d.pool_id ORDER BY b.starts_at DESC LIMIT 1"
        )
        break_rule("UPDATE promises_demand SET is_at_risk = true")
        break_rule(
            "UPDATE promises_bucket SET promised = promised + 1, short = short + 1 WHERE kind = 'night'"
        )
        break_rule("UPDATE promises_bucket SET capacity = capacity + 1 WHERE kind = 'on_hand'")
        findings = Findings()
        findings.ask()
    assert {violation["rule"] for violation in findings.violations} == {
        "what is promised of a bucket is the sum of its live promises",
        "a shortage is exactly what is promised beyond what is there",
        "a held demand has its whole quantity",
        "a demand is promised of what it wants",
        "at risk are the youngest promises that cover the shortage",
        "moves, stock on hand and capacity agree",
    }
