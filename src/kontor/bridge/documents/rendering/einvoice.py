"""An invoice as Cross Industry Invoice, EN 16931 profile of ZUGFeRD 2.x / Factur-X 1.x.

Sources: EN 16931-1:2017 (BT and BG numbers in the comments), Factur-X 1.09 EN16931 schema, XRechnung 3.0 (BR-DE).
Prices that include tax never enter the XML: BT-146 and BT-148 are net by definition. The net line amounts come from
the largest-remainder rule, so the net unit price is given with as many decimals as make quantity times price round to
exactly that amount.
"""

from collections.abc import Iterable
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal

from lxml import etree

from kontor.bridge.documents.rendering.papers import Address, Buyer, InvoicePaper, Line, Seller, TaxSum
from kontor.bridge.documents.rendering.text import xml_text
from kontor.bridge.documents.rendering.wording import payment_sentence

type Profile = Literal["en16931", "xrechnung"]

_RSM = "urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100"
_RAM = "urn:un:unece:uncefact:data:standard:ReusableAggregateBusinessInformationEntity:100"
_UDT = "urn:un:unece:uncefact:data:standard:UnqualifiedDataType:100"
_QDT = "urn:un:unece:uncefact:data:standard:QualifiedDataType:100"
NAMESPACES = {"rsm": _RSM, "ram": _RAM, "udt": _UDT, "qdt": _QDT}

GUIDELINES: dict[Profile, str] = {
    "en16931": "urn:cen.eu:en16931:2017",
    "xrechnung": "urn:cen.eu:en16931:2017#compliant#urn:xeinkauf.de:kosit:xrechnung_3.0",
}
_PEPPOL_BILLING = "urn:fdc:peppol.eu:2017:poacc:billing:01:1.0"

# UNTDID 1001 and 4461.
_TYPE_CODES = {"invoice": "380", "partial": "326", "credit_note": "381", "correction": "384"}
_SEPA_CREDIT_TRANSFER, _CREDIT_TRANSFER, _ONLINE_PAYMENT, _UNDEFINED = "58", "30", "68", "1"

# VATEX code list: the reason that the category itself already states.
_EXEMPTION_CODES = {"AE": "VATEX-EU-AE", "K": "VATEX-EU-IC", "G": "VATEX-EU-G", "O": "VATEX-EU-O"}

_CENT = Decimal("0.01")
_MOST_PLACES = 12
_BLANK = "–"


class _Node:
    """An element that children are added to; blank texts add nothing, for empty elements are forbidden."""

    __slots__ = ("element",)

    def __init__(self, element: etree._Element) -> None:
        self.element = element

    def node(self, name: str) -> "_Node":
        return _Node(etree.SubElement(self.element, f"{{{_RAM}}}{name}"))

    def text(self, name: str, text: str, **attributes: str) -> None:
        if text.strip():
            etree.SubElement(self.element, f"{{{_RAM}}}{name}", attributes).text = xml_text(text)

    def required(self, name: str, text: str) -> None:
        self.text(name, text if text.strip() else _BLANK)

    def amount(self, name: str, amount: Decimal, **attributes: str) -> None:
        self.text(name, format(amount.quantize(_CENT), "f"), **attributes)

    def day(self, name: str, day: date, *, namespace: str = _UDT) -> None:
        """Add a date in format 102 (CCYYMMDD)."""
        stamp = etree.SubElement(self.node(name).element, f"{{{namespace}}}DateTimeString", format="102")
        stamp.text = f"{day:%Y%m%d}"

    def flag(self, name: str, value: bool) -> None:
        etree.SubElement(self.node(name).element, f"{{{_UDT}}}Indicator").text = "true" if value else "false"


def cii_xml(paper: InvoicePaper, *, profile: Profile = "en16931") -> bytes:
    """Return the invoice as UTF-8 XML; the amounts are taken over, never recomputed.

    ``xrechnung`` adds what the public sector asks for beyond EN 16931 (process, BT-10 from the Leitweg-ID).
    Characters that XML 1.0 forbids become U+FFFD; a required text that is blank becomes a dash.
    """
    root = etree.Element(f"{{{_RSM}}}CrossIndustryInvoice", nsmap=NAMESPACES)
    context = _Node(etree.SubElement(root, f"{{{_RSM}}}ExchangedDocumentContext"))
    if profile == "xrechnung":
        context.node("BusinessProcessSpecifiedDocumentContextParameter").text("ID", _PEPPOL_BILLING)  # BT-23
    context.node("GuidelineSpecifiedDocumentContextParameter").text("ID", GUIDELINES[profile])  # BT-24
    document = _Node(etree.SubElement(root, f"{{{_RSM}}}ExchangedDocument"))
    document.required("ID", paper.number)  # BT-1
    document.text("TypeCode", _TYPE_CODES[paper.kind])  # BT-3
    document.day("IssueDateTime", paper.issued_on)  # BT-2
    for note in paper.notes:
        if note.strip():
            document.node("IncludedNote").text("Content", note)  # BT-22
    transaction = _Node(etree.SubElement(root, f"{{{_RSM}}}SupplyChainTradeTransaction"))
    for line in paper.lines:
        _add_line(transaction.node("IncludedSupplyChainTradeLineItem"), line)
    _add_agreement(transaction.node("ApplicableHeaderTradeAgreement"), paper, profile)
    _add_delivery(transaction.node("ApplicableHeaderTradeDelivery"), paper)
    _add_settlement(transaction.node("ApplicableHeaderTradeSettlement"), paper)
    written: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)
    return written


def net_price(line: Line) -> tuple[Decimal, Decimal, Decimal]:
    """Return quantity (BT-129), net price (BT-146) and base quantity (BT-149) that give the line's net amount.

    Quantity times price divided by base quantity rounds to ``net_amount`` plus ``net_allowance`` exactly. The price
    is never negative (BR-27): a line that takes money off has a negative quantity.
    """
    total = line.net_amount + line.net_allowance
    count = abs(line.quantity)
    quantity = -count if total < 0 else count
    total = abs(total)
    if not count:
        return quantity, abs(line.net_unit_price), Decimal(1)
    stated = _shortened(abs(line.net_unit_price))
    if _rounds_to(count * stated, total):
        return quantity, stated, Decimal(1)
    for places in range(2, _MOST_PLACES + 1):
        price = (total / count).quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
        if _rounds_to(count * price, total):
            return quantity, price, Decimal(1)
    return quantity, total, count


def _rounds_to(amount: Decimal, total: Decimal) -> bool:
    return amount.quantize(_CENT, rounding=ROUND_HALF_UP) == total


def _shortened(price: Decimal) -> Decimal:
    """Return the price without trailing zeros, but with at least two decimal places."""
    cents = price.quantize(_CENT, rounding=ROUND_HALF_UP)
    return cents if cents == price else price.normalize()


def _add_line(item: _Node, line: Line) -> None:
    quantity, price, base = net_price(line)
    item.node("AssociatedDocumentLineDocument").text("LineID", str(line.position))  # BT-126
    product = item.node("SpecifiedTradeProduct")
    product.text("SellerAssignedID", line.sku)  # BT-155
    product.required("Name", line.name)  # BT-153
    product.text("Description", line.description)  # BT-154
    net = item.node("SpecifiedLineTradeAgreement").node("NetPriceProductTradePrice")
    net.text("ChargeAmount", format(price, "f"))  # BT-146
    if base != 1:
        net.text("BasisQuantity", _plain(base), unitCode=line.unit_code)  # BT-149
    delivery = item.node("SpecifiedLineTradeDelivery")
    delivery.text("BilledQuantity", _plain(quantity), unitCode=line.unit_code)  # BT-129
    settlement = item.node("SpecifiedLineTradeSettlement")
    tax = settlement.node("ApplicableTradeTax")
    tax.text("TypeCode", "VAT")
    tax.text("CategoryCode", line.tax_category)  # BT-151
    if line.tax_category != "O":
        tax.text("RateApplicablePercent", _plain(line.tax_rate))  # BT-152
    if line.net_allowance:
        allowance = settlement.node("SpecifiedTradeAllowanceCharge")  # BG-27
        allowance.flag("ChargeIndicator", False)
        allowance.amount("ActualAmount", line.net_allowance)  # BT-136
        if not line.allowance_reason.strip():
            allowance.text("ReasonCode", "95")  # BT-140: UNTDID 5189, discount
        allowance.text("Reason", line.allowance_reason)  # BT-139
    summation = settlement.node("SpecifiedTradeSettlementLineMonetarySummation")
    summation.amount("LineTotalAmount", line.net_amount)  # BT-131


def _plain(number: Decimal) -> str:
    """Return a quantity or rate without superfluous zeros and without exponent."""
    plain = format(number.normalize(), "f")
    return "0" if plain == "-0" else plain


def _add_agreement(agreement: _Node, paper: InvoicePaper, profile: Profile) -> None:
    outside_tax = any(tax.category == "O" for tax in paper.taxes)
    if profile == "xrechnung":
        agreement.text("BuyerReference", paper.buyer.leitweg_id)  # BT-10
    _add_seller(agreement.node("SellerTradeParty"), paper.seller, outside_tax=outside_tax)
    _add_buyer(agreement.node("BuyerTradeParty"), paper.buyer, outside_tax=outside_tax)
    if paper.order_number.strip():
        agreement.node("SellerOrderReferencedDocument").text("IssuerAssignedID", paper.order_number)  # BT-14
    if paper.buyer.reference.strip():
        agreement.node("BuyerOrderReferencedDocument").text(
            "IssuerAssignedID", paper.buyer.reference
        )  # BT-13


def _add_seller(party: _Node, seller: Seller, *, outside_tax: bool) -> None:
    """BG-4. Where the turnover is outside VAT (category O) no VAT identifier may be given (BR-O-2)."""
    party.required("Name", seller.name)  # BT-27
    facts = (seller.legal_form_line, seller.register_line, seller.managing_director)
    party.text("Description", " · ".join(fact for fact in facts if fact.strip()))  # BT-33
    if seller.register_line.strip():
        party.node("SpecifiedLegalOrganization").text("ID", seller.register_line)  # BT-30
    contact = party.node("DefinedTradeContact")  # BG-6
    contact.required("PersonName", seller.contact_name or seller.name)  # BT-41
    if seller.phone.strip():
        contact.node("TelephoneUniversalCommunication").text("CompleteNumber", seller.phone)  # BT-42
    if seller.email.strip():
        contact.node("EmailURIUniversalCommunication").text("URIID", seller.email)  # BT-43
    _add_address(party.node("PostalTradeAddress"), seller)
    _add_electronic_address(party, seller.email)
    if seller.vat_id.strip() and not outside_tax:
        party.node("SpecifiedTaxRegistration").text("ID", seller.vat_id, schemeID="VA")  # BT-31
    if seller.tax_number.strip() and not outside_tax:
        party.node("SpecifiedTaxRegistration").text("ID", seller.tax_number, schemeID="FC")  # BT-32


def _add_buyer(party: _Node, buyer: Buyer, *, outside_tax: bool) -> None:
    party.text("ID", buyer.number)  # BT-46
    party.required("Name", buyer.name)  # BT-44
    _add_address(party.node("PostalTradeAddress"), buyer)
    _add_electronic_address(party, buyer.email)
    if buyer.vat_id.strip() and not outside_tax:
        party.node("SpecifiedTaxRegistration").text("ID", buyer.vat_id, schemeID="VA")  # BT-48


def _add_address(node: _Node, party: Seller | Buyer | Address) -> None:
    extra_line = "" if isinstance(party, Seller) else party.extra_line
    node.text("PostcodeCode", party.postal_code)
    node.text("LineOne", party.street)
    node.text("LineTwo", extra_line)
    node.text("CityName", party.city)
    node.required("CountryID", party.country)


def _add_electronic_address(party: _Node, email: str) -> None:
    """BT-34 and BT-49: the mailbox, scheme EM of the EAS code list."""
    if email.strip():
        party.node("URIUniversalCommunication").text("URIID", email, schemeID="EM")


def _add_delivery(delivery: _Node, paper: InvoicePaper) -> None:
    ship_to: Address | Buyer | None = paper.ship_to
    if ship_to is None and any(tax.category == "K" for tax in paper.taxes):
        ship_to = paper.buyer  # BR-IC-12: the country the goods went to
    if ship_to is not None:
        party = delivery.node("ShipToTradeParty")  # BG-13
        party.required("Name", ship_to.name)
        _add_address(party.node("PostalTradeAddress"), ship_to)
    if paper.delivered_on is not None:
        delivery.node("ActualDeliverySupplyChainEvent").day("OccurrenceDateTime", paper.delivered_on)  # BT-72


def _add_settlement(settlement: _Node, paper: InvoicePaper) -> None:
    settlement.required("PaymentReference", paper.number)  # BT-83
    settlement.text("InvoiceCurrencyCode", paper.currency)  # BT-5
    _add_payment_means(settlement.node("SpecifiedTradeSettlementPaymentMeans"), paper)
    for tax in paper.taxes:
        _add_tax(settlement.node("ApplicableTradeTax"), tax)
    if paper.delivered_from is not None or paper.delivered_until is not None:
        period = settlement.node("BillingSpecifiedPeriod")  # BG-14
        if paper.delivered_from is not None:
            period.day("StartDateTime", paper.delivered_from)
        if paper.delivered_until is not None:
            period.day("EndDateTime", paper.delivered_until)
    terms = settlement.node("SpecifiedTradePaymentTerms")
    terms.required("Description", payment_sentence(paper))  # BT-20
    if paper.due_on is not None:
        terms.day("DueDateDateTime", paper.due_on)  # BT-9
    _add_sums(settlement.node("SpecifiedTradeSettlementHeaderMonetarySummation"), paper)
    if paper.refers_to is not None:
        number, day = paper.refers_to
        reference = settlement.node("InvoiceReferencedDocument")  # BG-3
        reference.required("IssuerAssignedID", number)  # BT-25
        reference.day("FormattedIssueDateTime", day, namespace=_QDT)  # BT-26


def _add_payment_means(means: _Node, paper: InvoicePaper) -> None:
    if paper.payment_means == "provider":
        means.text("TypeCode", _ONLINE_PAYMENT)
        means.text("Information", paper.provider_name)  # BT-82
        return
    if not paper.seller.iban.strip():
        means.text("TypeCode", _UNDEFINED)  # a credit transfer without an account is refused (BR-50)
        return
    means.text("TypeCode", _SEPA_CREDIT_TRANSFER if paper.currency == "EUR" else _CREDIT_TRANSFER)  # BT-81
    account = means.node("PayeePartyCreditorFinancialAccount")  # BG-17
    account.text("IBANID", "".join(paper.seller.iban.split()))  # BT-84
    account.text("AccountName", paper.seller.name)  # BT-85
    if paper.seller.bic.strip():
        means.node("PayeeSpecifiedCreditorFinancialInstitution").text("BICID", paper.seller.bic)  # BT-86


def _add_tax(node: _Node, tax: TaxSum) -> None:
    node.amount("CalculatedAmount", tax.tax_amount)  # BT-117
    node.text("TypeCode", "VAT")
    node.text("ExemptionReason", tax.exemption_reason)  # BT-120
    node.amount("BasisAmount", tax.net_amount)  # BT-116
    node.text("CategoryCode", tax.category)  # BT-118
    node.text("ExemptionReasonCode", _EXEMPTION_CODES.get(tax.category, ""))  # BT-121
    node.text("RateApplicablePercent", _plain(tax.rate))  # BT-119, also for category O (BR-DE-14)


def _add_sums(sums: _Node, paper: InvoicePaper) -> None:
    lines: Iterable[Decimal] = (line.net_amount for line in paper.lines)
    sums.amount("LineTotalAmount", sum(lines, Decimal(0)))  # BT-106
    sums.amount("TaxBasisTotalAmount", paper.net_amount)  # BT-109
    sums.amount("TaxTotalAmount", paper.tax_amount, currencyID=paper.currency)  # BT-110
    sums.amount("GrandTotalAmount", paper.gross_amount)  # BT-112
    if paper.paid_amount:
        sums.amount("TotalPrepaidAmount", paper.paid_amount)  # BT-113
    sums.amount("DuePayableAmount", paper.due_amount)  # BT-115
