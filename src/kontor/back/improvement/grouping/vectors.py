"""Weighted vectors of messages and how alike two of them are (tf-idf and cosine; Salton and Buckley, 1988).

A letter of ten sentences holds greetings and asides beside its matter: divided by its whole length it would be like
nothing. So what is longer than a short message is divided by less (pivoted normalisation; Singhal et al., 1996).
"""

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

type Vector = dict[str, float]

# As if this many messages without a known word had been heard before: in a young house no word weighs nothing.
BACKGROUND = 20
# The length of a short message, in words that nobody else uses; of what is beyond it, so much counts as length.
PIVOT = 1.6
SLOPE = 0.25


class Weights:
    """How much a feature says: what stands in few messages says more."""

    def __init__(self, counts: Mapping[str, int], messages: int) -> None:
        self._counts = counts
        self._messages = messages + BACKGROUND

    @classmethod
    def of(cls, messages: Sequence[Mapping[str, float]]) -> "Weights":
        """The weights that a set of messages gives itself."""
        counts: Counter[str] = Counter()
        for message in messages:
            counts.update(message.keys())
        return cls(counts, len(messages))

    def vector(self, features: Mapping[str, float]) -> Vector:
        """The vector of a message: of length one if it is short, longer if it is long; empty without words."""
        weighted = {
            name: weight * math.log((self._messages + 1) / (self._counts.get(name, 0) + 1))
            for name, weight in features.items()
        }
        length, pivot = _length(weighted), PIVOT * math.log(self._messages + 1)
        measure = length if length <= pivot else pivot + SLOPE * (length - pivot)
        return {name: weight / measure for name, weight in weighted.items()} if measure else {}


def unit(vector: Mapping[str, float]) -> Vector:
    """The same direction, length one; empty stays empty."""
    length = _length(vector)
    return {name: weight / length for name, weight in vector.items()} if length else {}


def likeness(one: Mapping[str, float], other: Mapping[str, float]) -> float:
    """How alike two vectors are, between 0 and 1: the cosine, where both are of length one."""
    short, long = (one, other) if len(one) < len(other) else (other, one)
    return min(1.0, sum(weight * long.get(name, 0.0) for name, weight in short.items()))


def middle(vectors: Iterable[Mapping[str, float]], *, least: float = 0.02) -> Vector:
    """The direction between vectors (their centroid as unit vector), without what hardly counts."""
    total: dict[str, float] = {}
    for vector in vectors:
        for name, weight in vector.items():
            total[name] = total.get(name, 0.0) + weight
    return unit({name: weight for name, weight in unit(total).items() if weight >= least})


def _length(vector: Mapping[str, float]) -> float:
    return math.sqrt(sum(weight * weight for weight in vector.values()))
