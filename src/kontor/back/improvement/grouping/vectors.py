"""Weighted vectors of messages and how alike two of them are (tf-idf and cosine; Salton and Buckley, 1988)."""

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

type Vector = dict[str, float]

# As if this many messages without a known word had been heard before: in a young house no word weighs nothing.
BACKGROUND = 20


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
        """The unit vector of a message; empty for a message without words."""
        weighted = {
            name: weight * math.log((self._messages + 1) / (self._counts.get(name, 0) + 1))
            for name, weight in features.items()
        }
        return unit(weighted)


def unit(vector: Mapping[str, float]) -> Vector:
    """The same direction, length one; empty stays empty."""
    length = math.sqrt(sum(weight * weight for weight in vector.values()))
    return {name: weight / length for name, weight in vector.items()} if length else {}


def likeness(one: Mapping[str, float], other: Mapping[str, float]) -> float:
    """The cosine of two unit vectors, between 0 and 1."""
    short, long = (one, other) if len(one) < len(other) else (other, one)
    return sum(weight * long.get(name, 0.0) for name, weight in short.items())


def middle(vectors: Iterable[Mapping[str, float]], *, least: float = 0.02) -> Vector:
    """The direction between vectors (their centroid as unit vector), without what hardly counts."""
    total: dict[str, float] = {}
    for vector in vectors:
        for name, weight in vector.items():
            total[name] = total.get(name, 0.0) + weight
    return unit({name: weight for name, weight in unit(total).items() if weight >= least})
