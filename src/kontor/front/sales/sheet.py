"""The sheet on which an order by phone is written: it lives in the page's address until it is an order."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from uuid import UUID

from django.http import QueryDict
from django.utils.http import urlencode

from kontor.kernel.ids import uuid7
from kontor.kernel.ui.quantities import plain_number

MOST_LINES = 60
MOST_PIECES = 1000
PAYMENTS = ("invoice", "prepayment")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """What is written so far. ``lines``: number → quantity as typed; ``key`` makes placing repeatable."""

    key: UUID
    customer: str = ""
    address: str = ""
    shipping: str = ""
    payment: str = PAYMENTS[0]
    lines: Mapping[str, str] = field(default_factory=dict)

    @property
    def quantities(self) -> dict[str, Decimal]:
        """The lines whose quantity is a whole number of 1 to 1,000."""
        return {number: Decimal(text) for number, text in self.lines.items() if _is_quantity(text)}

    @property
    def wrong(self) -> Sequence[str]:
        """The numbers whose quantity is none."""
        return [number for number, text in self.lines.items() if not _is_quantity(text)]

    def with_article(self, number: str) -> "Sheet":
        """One piece more of an article."""
        text = self.lines.get(number, "0")
        more = str(int(text) + 1) if text == "0" or _is_quantity(text) else "1"
        return replace(self, lines={**self.lines, number: more})

    def without(self, number: str) -> "Sheet":
        """Without an article."""
        return replace(self, lines={known: text for known, text in self.lines.items() if known != number})

    def query(self, **more: str) -> str:
        """The sheet as the query of an address."""
        pairs = [("key", str(self.key))]
        for name in ("customer", "address", "shipping", "payment"):
            if value := getattr(self, name):
                pairs.append((name, value))
        for number, quantity in self.lines.items():
            pairs += [("number", number), ("quantity", quantity)]
        return urlencode(pairs + [(name, value) for name, value in more.items() if value])


def read_sheet(written: QueryDict) -> Sheet:
    """The sheet of an address or a form; a line of quantity 0 is gone."""
    numbers, quantities = written.getlist("number"), written.getlist("quantity")
    lines = {
        plain(number, 40): plain_number(plain(quantity, 12))
        for number, quantity in zip(numbers, quantities, strict=False)
        if plain(number, 40) and plain(quantity, 12) != "0"
    }
    payment = written.get("payment", "")
    return Sheet(
        key=_key(written.get("key", "")),
        customer=plain(written.get("customer", ""), 20),
        address=plain(written.get("address", ""), 40),
        shipping=plain(written.get("shipping", ""), 20),
        payment=payment if payment in PAYMENTS else PAYMENTS[0],
        lines=dict(list(lines.items())[: MOST_LINES + 1]),
    )


def plain(text: str, most: int = 200) -> str:
    """Text without NUL and blanks around it, cut to so many characters."""
    return text.replace("\0", "").strip()[:most]


def _is_quantity(text: str) -> bool:
    return text.isascii() and text.isdigit() and 0 < int(text[:6]) <= MOST_PIECES and len(text) <= 4


def _key(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        return uuid7()
