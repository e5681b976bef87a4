"""The German rules BR-DE-1 to BR-DE-17 (KoSIT, XRechnung 3.0) for invoices in CII, as paths and presence.

The numbers 12 and 13 were withdrawn. Amounts are not touched: those rules belong to EN 16931 itself.
"""

from dataclasses import dataclass

from lxml import etree

from kontor.bridge.documents.rendering.violation import Violation

_NAMESPACES = {
    "rsm": "urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100",
    "ram": "urn:un:unece:uncefact:data:standard:ReusableAggregateBusinessInformationEntity:100",
}
_TRADE = "/rsm:CrossIndustryInvoice/rsm:SupplyChainTradeTransaction"
_AGREEMENT = f"{_TRADE}/ram:ApplicableHeaderTradeAgreement"
_SELLER = f"{_AGREEMENT}/ram:SellerTradeParty"
_CONTACT = f"{_SELLER}/ram:DefinedTradeContact"
_BUYER = f"{_AGREEMENT}/ram:BuyerTradeParty"
_SHIP_TO = f"{_TRADE}/ram:ApplicableHeaderTradeDelivery/ram:ShipToTradeParty/ram:PostalTradeAddress"
_SETTLEMENT = f"{_TRADE}/ram:ApplicableHeaderTradeSettlement"
_GUIDELINE = (
    "string(/rsm:CrossIndustryInvoice/rsm:ExchangedDocumentContext"
    "/ram:GuidelineSpecifiedDocumentContextParameter/ram:ID)"
)
_TYPE_CODE = "/rsm:CrossIndustryInvoice/rsm:ExchangedDocument/ram:TypeCode"
_TAXED = "|".join(
    f"{_TRADE}//ram:ApplicableTradeTax[ram:CategoryCode='{code}']"
    for code in ("S", "Z", "E", "AE", "K", "G", "L", "M")
)


@dataclass(frozen=True, slots=True)
class _Rule:
    """Wherever ``context`` is, ``needed`` has to be found below it, and not blank."""

    number: int
    text: str
    context: str
    needed: str


_RULES = (
    _Rule(
        1, "The invoice says how to pay it (BG-16).", _SETTLEMENT, "ram:SpecifiedTradeSettlementPaymentMeans"
    ),
    _Rule(2, "The invoice names a contact of the seller (BG-6).", _SELLER, "ram:DefinedTradeContact"),
    _Rule(3, "The seller's address has a city (BT-37).", _SELLER, "ram:PostalTradeAddress/ram:CityName"),
    _Rule(
        4,
        "The seller's address has a postal code (BT-38).",
        _SELLER,
        "ram:PostalTradeAddress/ram:PostcodeCode",
    ),
    _Rule(5, "The seller's contact has a name (BT-41).", _CONTACT, "ram:PersonName | ram:DepartmentName"),
    _Rule(
        6,
        "The seller's contact has a telephone number (BT-42).",
        _CONTACT,
        "ram:TelephoneUniversalCommunication/ram:CompleteNumber",
    ),
    _Rule(
        7,
        "The seller's contact has an e-mail address (BT-43).",
        _CONTACT,
        "ram:EmailURIUniversalCommunication/ram:URIID",
    ),
    _Rule(8, "The buyer's address has a city (BT-52).", _BUYER, "ram:PostalTradeAddress/ram:CityName"),
    _Rule(
        9, "The buyer's address has a postal code (BT-53).", _BUYER, "ram:PostalTradeAddress/ram:PostcodeCode"
    ),
    _Rule(10, "The delivery address has a city (BT-77).", _SHIP_TO, "ram:CityName"),
    _Rule(11, "The delivery address has a postal code (BT-78).", _SHIP_TO, "ram:PostcodeCode"),
    _Rule(
        14,
        "Each tax sum has a rate (BT-119).",
        f"{_SETTLEMENT}/ram:ApplicableTradeTax",
        "ram:RateApplicablePercent",
    ),
    _Rule(
        16,
        "Where tax applies the seller has a VAT identifier or tax number (BT-31, BT-32) or a representative (BG-11).",
        f"{_AGREEMENT}[{_TAXED}]",
        "ram:SellerTradeParty/ram:SpecifiedTaxRegistration/ram:ID[@schemeID='VA' or @schemeID='FC']"
        " | ram:SellerTaxRepresentativeTradeParty",
    ),
    _Rule(
        17,
        "The type of the document (BT-3) is one that is used in Germany.",
        _TYPE_CODE,
        "self::*[contains(' 326 380 384 389 381 875 876 877 ', concat(' ', normalize-space(.), ' '))]",
    ),
)
_LEITWEG_ID = _Rule(
    15, "The invoice has a buyer reference, the Leitweg-ID (BT-10).", _AGREEMENT, "ram:BuyerReference"
)


def german_violations(root: etree._Element, *, always: bool = False) -> list[Violation]:
    """Return the German rules that this CII invoice breaks; none where the seller is not in Germany.

    BR-DE-15 is asked only of an XRechnung. ``always`` asks every rule of every invoice, as the official test does.
    """
    country = root.xpath(f"string({_SELLER}/ram:PostalTradeAddress/ram:CountryID)", namespaces=_NAMESPACES)
    if not always and country.strip() != "DE":
        return []
    rules = (*_RULES, _LEITWEG_ID) if always or is_xrechnung(root) else _RULES
    return [violation for rule in rules for violation in _broken(rule, root)]


def is_xrechnung(root: etree._Element) -> bool:
    """Return whether the invoice says (BT-24) that it keeps to XRechnung."""
    return "xrechnung" in str(root.xpath(_GUIDELINE, namespaces=_NAMESPACES))


def _broken(rule: _Rule, root: etree._Element) -> list[Violation]:
    return [
        Violation(f"BR-DE-{rule.number}", rule.text, root.getroottree().getpath(place))
        for place in root.xpath(rule.context, namespaces=_NAMESPACES)
        if not any(
            "".join(found.itertext()).strip() for found in place.xpath(rule.needed, namespaces=_NAMESPACES)
        )
    ]
