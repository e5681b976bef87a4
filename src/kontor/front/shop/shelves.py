"""The filters of a shelf: read from the address, written back into links, never trusted."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict

PAGE = 24
MOST_PAGES = 200
MOST_CHOICES = 30
PRICE_STEPS = (Decimal(25), Decimal(100), Decimal(500), Decimal(1500))
SORTS = ("", "price", "-price", "name")


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody looks for. ``prices`` are places in PRICE_STEPS: 0 is below the first, 4 from the last on."""

    text: str = ""
    shelf: str = ""
    colors: tuple[str, ...] = ()
    sizes: tuple[str, ...] = ()
    prices: tuple[int, ...] = ()
    only_free: bool = False
    sort: str = ""
    page: int = 1

    @classmethod
    def from_query(cls, query: QueryDict, shelf: str = "") -> "Wish":
        """Read an address; what makes no sense counts as not said."""
        page = query.get("page", "")
        return cls(
            text=_plain(query.get("q", ""))[:200].strip(),
            shelf=shelf,
            colors=_chosen(query.getlist("color")),
            sizes=_chosen(query.getlist("size")),
            prices=tuple(
                int(step) for step in _chosen(query.getlist("price")) if step in ("0", "1", "2", "3", "4")
            ),
            only_free="free" in query,
            sort=sort if (sort := query.get("sort", "")) in SORTS else "",
            page=min(int(page), MOST_PAGES)
            if page.isascii() and page.isdigit() and page[:6].strip("0")
            else 1,
        )

    @property
    def is_filtered(self) -> bool:
        """Whether anything beyond text and shelf narrows the shelf."""
        return bool(self.colors or self.sizes or self.prices or self.only_free)

    @property
    def parameters(self) -> dict[str, Any]:
        """For the statements."""
        return {
            "text": self.text,
            "shelf": self.shelf,
            "colors": list(self.colors),
            "sizes": list(self.sizes),
            "prices": list(self.prices),
            "free": self.only_free,
            "steps": list(PRICE_STEPS),
        }

    def address(self, **changes: Any) -> str:
        """The query of this wish with something changed, for a link."""
        wish = replace(self, **{"page": 1, **changes})
        parts: list[tuple[str, str]] = [("q", wish.text)] if wish.text else []
        parts += [("color", value) for value in wish.colors] + [("size", value) for value in wish.sizes]
        parts += [("price", str(value)) for value in wish.prices]
        parts += [("free", "1")] if wish.only_free else []
        parts += [("sort", wish.sort)] if wish.sort else []
        parts += [("page", str(wish.page))] if wish.page > 1 else []
        return f"?{urlencode(parts)}"

    def without(self, field: str, value: Any) -> str:
        """The query with one choice taken back."""
        kept = False if field == "only_free" else tuple(one for one in getattr(self, field) if one != value)
        return self.address(**{field: kept})


_LETTERS = {size: place for place, size in enumerate(("XXS", "XS", "S", "M", "L", "XL", "XXL"))}


def size_order(size: str) -> tuple[int, Decimal, str]:
    """Sorts sizes as people do: letters from small to large, then figures by value, then words."""
    if size in _LETTERS:
        return 0, Decimal(_LETTERS[size]), ""
    if size.isascii() and size.isdigit():
        return 1, Decimal(size), ""
    return 2, Decimal(0), size


def _chosen(values: Sequence[str]) -> tuple[str, ...]:
    return tuple(_plain(value)[:20] for value in values[:MOST_CHOICES] if value)


def _plain(text: str) -> str:
    """Without NUL, which no database column can hold, and which no article is called."""
    return text.replace("\0", "")
