"""What all priced papers share: lines with gross prices, units and tax classes as the standards name them."""

from decimal import Decimal
from typing import get_args

from django.utils.translation import override, pgettext

from kontor.bridge.documents.rendering.papers import Language, Line, TaxCategory, TaxSum
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


def gross_line(
    *,
    position: int,
    number: str,
    name: str,
    quantity: Decimal,
    unit: str,
    unit_price: Decimal,
    gross_amount: Decimal,
    net_amount: Decimal,
    tax_code: str,
    tax_rate: Decimal,
) -> Line:
    """A line whose price includes tax. Amounts are taken over, only the net unit price is derived."""
    return Line(
        position=position,
        sku=number,
        name=name,
        quantity=_plain(quantity),
        unit_code=unit_code(unit),
        gross_unit_price=unit_price,
        gross_amount=gross_amount,
        net_unit_price=round_half_up(unit_price * 100 / (100 + tax_rate), 6),
        net_amount=net_amount,
        tax_category=tax_category(tax_code),
        tax_rate=tax_rate,
    )


def tax_sum(
    *, tax_code: str, rate: Decimal, net_amount: Decimal, tax_amount: Decimal, language: Language
) -> TaxSum:
    """The tax of one rate, with the reason where the law asks for one (§ 14 (4) no. 8 UStG)."""
    category = tax_category(tax_code)
    reason = ""
    with override(language):
        if category == "E":
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
