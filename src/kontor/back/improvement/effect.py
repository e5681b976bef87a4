"""Did it help? Signals per thousand sold before and after the action, with what chance alone would explain.

Intervals are Garwood's exact ones for a Poisson count (Garwood, 1936, "Fiducial limits for the Poisson distribution",
Biometrika 28), above 1,000 signals Byar's approximation (Breslow and Day, 1987, vol. II, eq. 2.10). Whether the rate
fell is the exact conditional test of two Poisson rates (Przyborowski and Wilenski, 1940, Biometrika 31).
"""

import math
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

_LEVEL = 0.95
_EXACT_UNTIL = 1000
_Z = 1.959963984540054  # the normal quantile of 0.975
PER = 1000


@dataclass(frozen=True, slots=True)
class Rate:
    """Signals on pieces sold, per thousand, with the limits of a 95 % interval; None where nothing was sold."""

    signals: int
    sold: Decimal

    @property
    def per_thousand(self) -> float | None:
        """The rate itself."""
        return self.signals * PER / float(self.sold) if self.sold > 0 else None

    @property
    def limits(self) -> tuple[float, float] | None:
        """Between which rates the true one lies, in 95 of 100 cases."""
        if self.sold <= 0:
            return None
        low, high = poisson_limits(self.signals)
        return low * PER / float(self.sold), high * PER / float(self.sold)


@dataclass(frozen=True, slots=True)
class Effect:
    """Before and after."""

    before: Rate
    after: Rate

    @property
    def has_fallen(self) -> bool | None:
        """Whether the rate fell by more than chance explains (one-sided, 2.5 %); None where nobody can say yet."""
        if self.before.sold <= 0 or self.after.sold <= 0 or not self.before.signals:
            return None
        return self.chance < (1 - _LEVEL) / 2

    @property
    def chance(self) -> float:
        """How likely so few signals after are, if nothing had changed."""
        both = self.before.signals + self.after.signals
        share = float(self.after.sold / (self.before.sold + self.after.sold))
        return _binomial_until(self.after.signals, both, share)


def poisson_limits(count: int) -> tuple[float, float]:
    """The 95 % limits of a Poisson count."""
    if count > _EXACT_UNTIL:
        return _byar(count)
    tail = (1 - _LEVEL) / 2
    most = count + 10 * math.sqrt(count + 1) + 10
    low = _root(lambda mean: 1 - _poisson_until(count - 1, mean) - tail, count + 1e-9) if count else 0.0
    return low, _root(lambda mean: tail - _poisson_until(count, mean), most)


def _byar(count: int) -> tuple[float, float]:
    low = count * (1 - 1 / (9 * count) - _Z / (3 * math.sqrt(count))) ** 3
    more = count + 1
    return low, more * (1 - 1 / (9 * more) + _Z / (3 * math.sqrt(more))) ** 3


def _root(rises: Callable[[float], float], most: float) -> float:
    """Where a rising function from 0 to ``most`` passes zero."""
    low, high = 0.0, most
    for _round in range(80):
        middle = (low + high) / 2
        if rises(middle) < 0:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def _poisson_until(count: int, mean: float) -> float:
    """The chance of at most ``count`` where ``mean`` is expected."""
    if mean <= 0:
        return 1.0
    return math.fsum(
        math.exp(place * math.log(mean) - mean - math.lgamma(place + 1)) for place in range(count + 1)
    )


def _binomial_until(count: int, tries: int, share: float) -> float:
    """The chance of at most ``count`` of ``tries`` where each hits with ``share``."""
    if share <= 0 or share >= 1:
        return 1.0
    return math.fsum(
        math.exp(
            math.lgamma(tries + 1)
            - math.lgamma(place + 1)
            - math.lgamma(tries - place + 1)
            + place * math.log(share)
            + (tries - place) * math.log1p(-share)
        )
        for place in range(count + 1)
    )
