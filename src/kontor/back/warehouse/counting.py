"""What a count would change, before it is posted: differences, and the promises that would be at risk."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from kontor.back.warehouse.queries import Article


@dataclass(frozen=True, slots=True)
class Difference:
    """What was found at a location and what the books say (base units)."""

    location_id: UUID
    code: str
    booked: Decimal
    found: Decimal

    @property
    def by(self) -> Decimal:
        """How much more (or less) was found."""
        return self.found - self.booked


@dataclass(frozen=True, slots=True)
class Preview:
    """The effect of a count. ``at_risk``: promises that the rest of the stock does not cover, youngest first."""

    differences: list[Difference]
    short: Decimal
    at_risk: list[Any]


def preview_of(article: Article, counts: Mapping[UUID, Decimal], codes: Mapping[UUID, str]) -> Preview:
    """Say what a count would change. The ledger marks the youngest promises first (see promises_face)."""
    lying = {row.location_id: row for row in article.lying}
    differences = []
    for location, found in counts.items():
        known = lying.get(location)
        booked = known.quantity if known else Decimal(0)
        if booked != found:
            differences.append(Difference(location, codes.get(location, ""), booked, found))
    stock = article.on_hand + sum((difference.by for difference in differences), Decimal(0))
    short = max(Decimal(0), article.promised - stock)
    at_risk = []
    uncovered = short
    for row in article.promises:
        if uncovered <= 0:
            break
        if row.kind == "on_hand":
            at_risk.append(row)
            uncovered -= row.quantity
    return Preview(differences, short, at_risk)
