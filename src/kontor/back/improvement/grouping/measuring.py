"""How good groups are against labels that people gave: homogeneity, completeness and their harmonic mean.

Rosenberg and Hirschberg (2007), "V-Measure: A Conditional Entropy-Based External Cluster Evaluation Measure".
"""

import math
from collections import Counter
from collections.abc import Hashable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Agreement:
    """Between 0 and 1 each. Homogeneous: a group holds one label; complete: a label stands in one group."""

    homogeneity: float
    completeness: float

    @property
    def v_measure(self) -> float:
        """The harmonic mean of both."""
        both = self.homogeneity + self.completeness
        return 2 * self.homogeneity * self.completeness / both if both else 0.0


def agreement(labels: Sequence[Hashable], groups: Sequence[Hashable]) -> Agreement:
    """Compare groups with labels, message by message."""
    size = len(labels)
    by_label, by_group = Counter(labels), Counter(groups)
    both = Counter(zip(labels, groups, strict=True))
    of_labels, of_groups = _entropy(by_label, size), _entropy(by_group, size)
    left_of_labels = -sum(
        count / size * math.log(count / by_group[group]) for (_label, group), count in both.items()
    )
    left_of_groups = -sum(
        count / size * math.log(count / by_label[label]) for (label, _group), count in both.items()
    )
    return Agreement(
        homogeneity=1 - left_of_labels / of_labels if of_labels else 1.0,
        completeness=1 - left_of_groups / of_groups if of_groups else 1.0,
    )


def _entropy(counts: Counter[Hashable], size: int) -> float:
    return -sum(count / size * math.log(count / size) for count in counts.values())
