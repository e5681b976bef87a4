"""What the shop shows: shelves, articles, baskets. Public reads the storefront, never the catalogue behind it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from kontor.bridge.catalogue.pricing import PriceStep, steps_of
from kontor.front.shop.shelves import PAGE, Wish
from kontor.kernel.language import in_german
from kontor.kernel.money import round_half_up
from kontor.kernel.sql import Statements

_sql = Statements(__package__)


@dataclass(frozen=True, slots=True)
class Facets:
    """How many groups each further choice would leave."""

    total: int = 0
    free: int = 0
    shelves: dict[str, int] = field(default_factory=dict)
    colors: dict[str, int] = field(default_factory=dict)
    sizes: dict[str, int] = field(default_factory=dict)
    prices: dict[int, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Card:
    """A group as a shelf shows it. ``state``: free, soon, out, ask, or empty where nobody asked. Prices are gross."""

    slug: str
    name: str
    art: str
    picture: str
    price_from: Decimal
    price_until: Decimal
    currency: str
    colors: tuple[str, ...]
    state: str
    unit: str


@dataclass(frozen=True, slots=True)
class Variant:
    """One article of a product page. ``free_now`` is never said beyond 20.

    ``price`` is what one piece costs this visitor, gross; ``list_price`` what it costs everybody; ``steps`` are this
    visitor's prices by quantity.
    """

    offering_id: UUID
    number: str
    name: str
    color: str
    size: str
    unit: str
    weight_g: int | None
    picture: str
    price: Decimal
    currency: str
    tax_code: str
    free_now: int
    next_at: datetime | None
    kind: str
    list_price: Decimal
    steps: tuple[PriceStep, ...]

    @property
    def is_asked(self) -> bool:
        """Whether one asks for it instead of ordering it: all but goods, which alone the basket sells."""
        return self.kind != "goods"

    @property
    def is_out(self) -> bool:
        """Nothing there and nothing on its way; what consumes no stock is never out."""
        return not self.is_asked and self.free_now <= 0 and self.next_at is None


@dataclass(frozen=True, slots=True)
class OpenBasket:
    """A basket and what the checkout has gathered so far."""

    id: UUID
    held_until: datetime | None
    ready_at: datetime | None
    ordered_at: datetime | None
    email: str
    phone: str
    name: str
    extra: str
    street: str
    postal_code: str
    city: str
    country: str
    payment_method: str
    shipping_method: str

    def is_held(self, at: datetime) -> bool:
        """Whether its articles are held at this instant."""
        return self.held_until is not None and self.held_until > at

    @property
    def has_contact(self) -> bool:
        """Whether the checkout knows who orders and where to."""
        return bool(self.email and self.name and self.street and self.postal_code and self.city)


@dataclass(frozen=True, slots=True)
class BasketLine:
    """An article in a basket with its price and stock of now; of what is no longer sold only the quantity is known."""

    id: UUID
    offering_id: UUID
    quantity: Decimal
    price_seen: Decimal
    is_sold: bool
    number: str
    name: str
    color: str
    price: Decimal
    currency: str
    tax_code: str
    unit: str
    picture: str
    group_slug: str
    art: str
    free_now: int
    next_at: datetime | None

    @property
    def amount(self) -> Decimal:
        """Quantity times price, gross."""
        return round_half_up(self.quantity * self.price) if self.is_sold else Decimal("0.00")

    @property
    def has_new_price(self) -> bool:
        """Whether the price is another one than when it was put in."""
        return self.is_sold and round_half_up(self.price) != self.price_seen

    @property
    def has_too_few(self) -> bool:
        """Whether less is left than wanted, and nothing on its way. Counts beyond 20 are never said."""
        return self.free_now < 20 and self.free_now < self.quantity and self.next_at is None


def _card(row: Any, state: str) -> Card:
    slug, name, art, picture, price_from, price_until, currency = row[:7]
    return Card(
        slug, name, art, picture, price_from, price_until, currency, tuple(row.colors), state, row.unit
    )


def shelf_page(wish: Wish, *, has_own: bool = False) -> list[Card]:
    """The groups of one page of a shelf; ``has_own``: at the prices of the customer who asks. One statement."""
    rows = _sql.rows(
        "shelf_page",
        **wish.parameters,
        german=in_german(),
        is_filtered=wish.is_filtered,
        sort=wish.sort,
        has_own=has_own,
        limit=PAGE,
        offset=(wish.page - 1) * PAGE,
    )
    return [_card(row, row.state) for row in rows]


def shelf_facets(wish: Wish) -> Facets:
    """What may be chosen further, with counts. One statement."""
    found: dict[str, dict[str, int]] = {}
    for row in _sql.rows("shelf_facets", **wish.parameters):
        found.setdefault(row.facet, {})[row.value] = row.count
    return Facets(
        total=found.get("total", {}).get("", 0),
        free=found.get("free", {}).get("", 0),
        shelves=found.get("shelf", {}),
        colors=found.get("color", {}),
        sizes=found.get("size", {}),
        prices={int(step): count for step, count in found.get("price", {}).items()},
    )


def product(slug: str) -> Any | None:
    """A group with its text in the reader's language, if it is published. One statement."""
    return _sql.one("product", slug=slug, german=in_german())


def variants(slug: str) -> list[Variant]:
    """The articles of a group with price and stock of now. One statement."""
    rows = _sql.dicts("variants", slug=slug, german=in_german())
    return [Variant(**{**row, "steps": steps_of(row["steps"])}) for row in rows]


def neighbours(slug: str, shelf: str) -> list[Card]:
    """Four groups of the same shelf. One statement."""
    rows = _sql.rows("neighbours", slug=slug, shelf=shelf, german=in_german())
    return [_card(row, "") for row in rows]


def article_named(number: str) -> Any | None:
    """What is on sale under a number: offering_id, name in the reader's language, group_slug. One statement."""
    clean = number.replace("\0", "").strip()[:40]
    return _sql.one("article_named", number=clean, german=in_german()) if clean else None


def all_slugs() -> list[str]:
    """Every published group, for the sitemap. One statement."""
    return [row.slug for row in _sql.rows("sitemap")]


def basket_count(party_id: UUID) -> int:
    """Pieces in the open basket of the token's party. One statement."""
    row = _sql.one("basket_count", party_id=party_id)
    return int(row.pieces) if row else 0


def open_basket(party_id: UUID | None) -> OpenBasket | None:
    """The open basket of the token's party. One statement."""
    row = _sql.one("open_basket", party_id=party_id) if party_id else None
    return OpenBasket(*row) if row else None


def basket_lines(basket_id: UUID) -> list[BasketLine]:
    """The lines of a basket of the token's party, in the order they were put in. One statement."""
    return [BasketLine(*row) for row in _sql.rows("basket_lines", basket_id=basket_id, german=in_german())]


def goods_amount(lines: Sequence[BasketLine]) -> Decimal:
    """What the articles cost together, gross."""
    return sum((line.amount for line in lines), Decimal("0.00"))


def order_of_basket(basket_id: UUID) -> Any | None:
    """The order that a basket became: id, key, number. One statement."""
    return _sql.one("order_of_basket", basket_id=basket_id)
