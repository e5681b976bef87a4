"""What all priced papers share: lines with gross prices, units and tax classes as the standards name them."""

from decimal import Decimal
from typing import Any, Protocol, get_args

from django.utils.translation import override, pgettext

from kontor.bridge.documents.rendering.papers import Address, Buyer, Language, Line, TaxCategory, TaxSum
from kontor.kernel.money import round_half_up

# UN/ECE Recommendation 20.
_UNIT_CODES = {
    "piece": "C62",
    "pair": "PR",
    "set": "SET",
    "hour": "HUR",
    "day": "DAY",
    "kg": "KGM",
    "m": "MTR",
}
# UNTDID 5305: S standard rate (full or reduced), Z zero rate, E exempt, O outside the scope of tax.
_CATEGORIES: dict[str, TaxCategory] = {
    "standard": "S",
    "reduced": "S",
    "zero": "Z",
    "exempt": "E",
    "small": "E",
    "none": "O",
}


def unit_code(unit: str) -> str:
    """The code of a unit; a unit nobody knows counts as piece."""
    return _UNIT_CODES.get(unit, "C62")


def tax_category(tax_code: str) -> TaxCategory:
    """The category of one of the house's tax codes."""
    return _CATEGORIES.get(tax_code, "S")


def language_of(text: str) -> Language:
    """The language a paper is written in: German unless it is English."""
    return text if text in get_args(Language.__value__) else "de"  # type: ignore[return-value]


class PricedRow(Protocol):
    """What a line of an order and a line of an invoice have in common; prices and amounts include tax."""

    @property
    def position(self) -> int: ...
    @property
    def number(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def quantity(self) -> Decimal: ...
    @property
    def unit(self) -> str: ...
    @property
    def unit_price(self) -> Decimal: ...
    @property
    def gross_amount(self) -> Decimal: ...
    @property
    def tax_code(self) -> str: ...
    @property
    def tax_rate(self) -> Decimal: ...


def gross_line(row: PricedRow, *, net_amount: Decimal) -> Line:
    """A line whose price includes tax. Amounts are taken over, only the net unit price is derived."""
    return Line(
        position=row.position,
        sku=row.number,
        name=row.name,
        quantity=_plain(row.quantity),
        unit_code=unit_code(row.unit),
        gross_unit_price=row.unit_price,
        gross_amount=row.gross_amount,
        net_unit_price=round_half_up(row.unit_price * 100 / (100 + row.tax_rate), 6),
        net_amount=net_amount,
        tax_category=tax_category(row.tax_code),
        tax_rate=row.tax_rate,
    )


def parties_of(order: Any, *, vat_id: str, number: str) -> tuple[Buyer, Address | None]:
    """Who is billed for an order, and where the goods go if that is elsewhere.

    ``order`` has ``billing_…``, ``shipping_…`` and ``email`` as an order of ``bridge.orders`` has them.
    """
    billed, shipped = (
        Address(
            name=getattr(order, f"{prefix}_name"),
            extra_line=getattr(order, f"{prefix}_extra"),
            street=getattr(order, f"{prefix}_street"),
            postal_code=getattr(order, f"{prefix}_postal_code"),
            city=getattr(order, f"{prefix}_city"),
            country=getattr(order, f"{prefix}_country"),
        )
        for prefix in ("billing", "shipping")
    )
    buyer = Buyer(
        name=billed.name,
        extra_line=billed.extra_line,
        street=billed.street,
        postal_code=billed.postal_code,
        city=billed.city,
        country=billed.country,
        vat_id=vat_id,
        number=number,
        email=order.email,
    )
    return buyer, None if billed == shipped else shipped


def tax_sum(
    *, tax_code: str, rate: Decimal, net_amount: Decimal, tax_amount: Decimal, language: Language
) -> TaxSum:
    """The tax of one rate, with the reason where the law asks for one (§ 14 (4) no. 8 UStG)."""
    category = tax_category(tax_code)
    reason = ""
    with override(language):
        if tax_code == "small":  # § 34a UStDV asks for the words
            reason = pgettext("paper", "No value added tax is charged: small business, section 19 UStG.")
        elif category == "E":
            reason = pgettext("paper", "This supply is exempt from value added tax.")
        elif category == "O":
            reason = pgettext("paper", "This supply is not subject to value added tax.")
    return TaxSum(
        category=category, rate=rate, net_amount=net_amount, tax_amount=tax_amount, exemption_reason=reason
    )


def _plain(quantity: Decimal) -> Decimal:
    """A quantity without superfluous zeros: 2.0000 is 2."""
    whole = quantity.to_integral_value()
    return whole if quantity == whole else quantity.normalize()
