"""Groups of messages that look alike: a graph of nearest neighbours, cut into communities, then each message asked once
more which group it is nearest to.

The communities are those of Blondel et al. (2008), "Fast unfolding of communities in large networks" (Louvain), with
the resolution of Reichardt and Bornholdt (2006); the last step is that of spherical k-means (Dhillon and Modha, 2001).
Nothing is drawn by lot: the same messages in the same order always give the same groups.
"""

import heapq
from collections import defaultdict
from collections.abc import Callable, Hashable, Mapping, Sequence

from kontor.back.improvement.grouping.vectors import Vector, middle

NEIGHBOURS = 12
LEAST_LIKENESS = 0.18
RESOLUTION = 5.0
_COARSER_BELOW = 40  # so many messages for each point of resolution: among few, every edge counts
_COMMON = 800  # a feature of more messages than these joins nobody
_ROUNDS = 10

type Graph = list[dict[int, float]]


def group(vectors: Sequence[Vector], *, closer: Callable[[int, int], float] | None = None) -> list[int]:
    """For each message the number of its group. ``closer`` adds what is not words (offering, lot) to a likeness."""
    graph = neighbours(vectors)
    if closer is not None:
        for place, edges in enumerate(graph):
            for other in edges:
                edges[other] += closer(place, other)
    return _nearest(vectors, _communities(graph))


def neighbours(vectors: Sequence[Vector]) -> Graph:
    """The graph in which each message knows the most similar others, through an index of who has which feature."""
    holders: dict[str, list[tuple[int, float]]] = defaultdict(list)
    for place, vector in enumerate(vectors):
        for name, weight in vector.items():
            holders[name].append((place, weight))
    telling = {name: held for name, held in holders.items() if 1 < len(held) <= _COMMON}
    graph: Graph = [{} for _ in vectors]
    for place, vector in enumerate(vectors):
        alike: dict[int, float] = defaultdict(float)
        for name, weight in vector.items():
            for other, theirs in telling.get(name, ()):
                alike[other] += weight * theirs
        alike.pop(place, None)
        nearest = heapq.nlargest(NEIGHBOURS, alike.items(), key=lambda found: (found[1], -found[0]))
        for other, likeness in nearest:
            if likeness >= LEAST_LIKENESS:
                graph[place][other] = graph[place].get(other, 0.0) + likeness
                graph[other][place] = graph[other].get(place, 0.0) + likeness
    return graph


def _communities(graph: Graph) -> list[int]:
    whole = list(range(len(graph)))
    resolution = min(RESOLUTION, max(1.0, len(graph) / _COARSER_BELOW))
    while True:
        found, has_moved = _moved(graph, resolution)
        whole = [found[place] for place in whole]
        if not has_moved:
            return whole
        smaller: Graph = [defaultdict(float) for _ in range(max(found, default=-1) + 1)]
        for place, edges in enumerate(graph):
            for other, weight in edges.items():
                smaller[found[place]][found[other]] += weight
        graph = smaller


def _moved(graph: Graph, resolution: float) -> tuple[list[int], bool]:
    """Move each node to the neighbouring community that gains most, until nobody moves."""
    degrees = [sum(edges.values()) for edges in graph]
    all_degrees = sum(degrees) or 1.0
    home, totals, has_moved = list(range(len(graph))), degrees[:], False
    for _round in range(_ROUNDS):
        is_quiet = True
        for node, edges in enumerate(graph):
            old = home[node]
            totals[old] -= degrees[node]
            best = _best_home(node, edges, home, totals, resolution * degrees[node] / all_degrees)
            totals[best] += degrees[node]
            if best != old:
                home[node], is_quiet, has_moved = best, False, True
        if is_quiet:
            break
    numbers: dict[int, int] = {}
    return [numbers.setdefault(place, len(numbers)) for place in home], has_moved


def _best_home(
    node: int, edges: Mapping[int, float], home: Sequence[int], totals: Sequence[float], price: float
) -> int:
    joined: dict[int, float] = defaultdict(float)
    for other, weight in edges.items():
        if other != node:
            joined[home[other]] += weight
    best = home[node]
    gained = joined.get(best, 0.0) - price * totals[best]
    for place, weight in joined.items():
        gain = weight - price * totals[place]
        if gain > gained + 1e-12:
            best, gained = place, gain
    return best


def _nearest(vectors: Sequence[Vector], homes: Sequence[int]) -> list[int]:
    """Ask each message which group's middle it is nearest to, a few times over."""
    now = list(homes)
    for _round in range(5):
        held: dict[str, list[tuple[int, float]]] = defaultdict(list)
        for place, centre in centres(vectors, now).items():
            for name, weight in centre.items():
                held[name].append((place, weight))
        asked = [_asked(vector, held, old) for vector, old in zip(vectors, now, strict=True)]
        if asked == now:
            break
        now = asked
    return now


def _asked(vector: Vector, held: Mapping[str, list[tuple[int, float]]], old: int) -> int:
    alike: dict[int, float] = defaultdict(float)
    for name, weight in vector.items():
        for place, theirs in held.get(name, ()):
            alike[place] += weight * theirs
    best = max(alike.items(), key=lambda found: (found[1], -found[0]), default=(old, 0.0))
    return best[0] if best[1] >= LEAST_LIKENESS else old


def centres[Home: Hashable](vectors: Sequence[Vector], homes: Sequence[Home]) -> dict[Home, Vector]:
    """The middle of each group."""
    members: dict[Home, list[Vector]] = defaultdict(list)
    for vector, home in zip(vectors, homes, strict=True):
        members[home].append(vector)
    return {home: middle(found) for home, found in members.items()}
