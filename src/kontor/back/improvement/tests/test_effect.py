"""Rates before and after, and what chance explains: checked against published tables."""

from decimal import Decimal

import pytest

from kontor.back.improvement.effect import Effect, Rate, poisson_limits
from kontor.back.improvement.ranking import Rank


@pytest.mark.parametrize(
    ("count", "low", "high"),
    # Garwood's table (two-sided 95 %), as printed in Breslow and Day (1987), table 2.10.
    [(0, 0.0, 3.689), (1, 0.0253, 5.572), (5, 1.623, 11.668), (10, 4.795, 18.39), (100, 81.36, 121.63)],
)
def test_poisson_limits_are_the_printed_ones(count, low, high):
    found = poisson_limits(count)
    assert found[0] == pytest.approx(low, abs=0.01) and found[1] == pytest.approx(high, abs=0.01)


def test_byars_approximation_joins_the_exact_limits_without_a_step():
    exact, approximate = poisson_limits(1000), poisson_limits(1001)
    assert approximate[0] - exact[0] == pytest.approx(1, abs=0.2)
    assert approximate[1] - exact[1] == pytest.approx(1, abs=0.2)


def test_nothing_sold_is_no_rate():
    rate = Rate(3, Decimal(0))
    assert rate.per_thousand is None and rate.limits is None
    assert Effect(rate, Rate(0, Decimal(10))).has_fallen is None


@pytest.mark.parametrize(
    ("before", "after", "fell"),
    [((40, 2000), (2, 2000), True), ((5, 2000), (3, 2000), False), ((40, 2000), (0, 10), False)],
)
def test_a_fall_is_one_only_where_chance_does_not_explain_it(before, after, fell):
    effect = Effect(Rate(before[0], Decimal(before[1])), Rate(after[0], Decimal(after[1])))
    assert effect.has_fallen is fell


def test_each_doubling_gives_ten_points_and_danger_multiplies():
    one, two = Rank(1, Decimal(0), 0), Rank(3, Decimal(0), 0)
    assert (one.points, two.points) == (Decimal("10.0"), Decimal("20.0"))
    assert Rank(1, Decimal(90), 0).points == Decimal("20.0")
    assert Rank(1, Decimal(90), 3).points == Decimal("50.0")
