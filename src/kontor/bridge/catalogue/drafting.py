"""What is written down about an offering, and what of it differs from what stands already."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

# What belongs to one article, and what to the page of the shop that its variants share.
OWN_FIELDS = (
    *("kind", "name_de", "name_en", "color", "size", "unit", "weight_g", "tax_code", "delivery", "cost"),
)
PAGE_FIELDS = ("page_name_de", "page_name_en", "short_de", "short_en", "text_de", "text_en")
_UMLAUTS = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "é": "e", "è": "e", "à": "a", "ø": "oe", "å": "a"}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferingDraft:
    """An offering as somebody writes it down: by a screen or by a file.

    None leaves a field as it is (or takes the usual value in a new offering), except that fields named in ``cleared``
    become empty. ``page`` is what variants share (None: a page of its own, named after the offering); ``category`` the
    slug of its shelf. ``price`` is the list's price of one unit, gross, in the house's currency; ``cost`` is net.
    """

    number: str
    kind: str | None = None
    name_de: str | None = None
    name_en: str | None = None
    color: str | None = None
    size: str | None = None
    unit: str | None = None
    weight_g: int | None = None
    tax_code: str | None = None
    delivery: str | None = None
    cost: Decimal | None = None
    category: str | None = None
    page: str | None = None
    page_name_de: str | None = None
    page_name_en: str | None = None
    short_de: str | None = None
    short_en: str | None = None
    text_de: str | None = None
    text_en: str | None = None
    price: Decimal | None = None
    cleared: frozenset[str] = frozenset()

    def wanted(self, names: tuple[str, ...]) -> dict[str, Any]:
        """The fields among ``names`` that this draft says something about."""
        said = {name: getattr(self, name) for name in names if getattr(self, name) is not None}
        return said | {name: None for name in names if name in self.cleared}


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """What became of a draft. ``outcome``: created, changed or same; ``before`` and ``after``: the changed fields."""

    id: UUID
    number: str
    outcome: str
    before: Mapping[str, Any] = field(default_factory=dict)
    after: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPrice:
    """A price per unit for an offering from an instant on (until another, exclusive; None: for good).

    ``amount`` None ends the price; gross or net as its customer group agrees. After a price that ends, the one before
    it holds again.
    """

    offering_id: UUID
    amount: Decimal | None
    valid_from: datetime
    valid_until: datetime | None = None
    customer_group: str = "list"
    min_quantity: Decimal = Decimal(0)


DRAFT_FIELDS = tuple(one.name for one in fields(OfferingDraft) if one.name not in ("number", "cleared"))


def slug_of(text: str, limit: int = 80) -> str:
    """A word for addresses: umlauts written out, everything else a hyphen; empty where nothing is left."""
    return re.sub(r"[^a-z0-9]+", "-", text.lower().translate(_UMLAUTS)).strip("-")[:limit].strip("-")
