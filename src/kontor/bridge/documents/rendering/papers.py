"""The content of every paper the house issues, frozen: what was agreed, not how it is drawn.

Amounts are in the document's currency and have two decimal places. Quantities and unit prices may have more. All
texts (names, terms, notes, reasons) are already in the paper's language. A credit note carries positive amounts: its
kind says which way the money goes.
"""

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Literal

# Which drawing of the papers an issued document was made for; raised when letters must look otherwise from now on.
TEMPLATE_VERSION = "1"

type Language = Literal["de", "en"]
type InvoiceKind = Literal["invoice", "partial", "credit_note", "correction"]
type PaymentMeans = Literal["transfer", "prepaid", "provider"]
type TaxCategory = Literal["S", "Z", "E", "AE", "K", "G", "O"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """Where something goes to or comes from. ``country`` is ISO 3166-1 alpha-2."""

    name: str
    extra_line: str = ""
    street: str = ""
    postal_code: str = ""
    city: str = ""
    country: str = "DE"


@dataclass(frozen=True, slots=True, kw_only=True)
class Seller:
    """Who issues the paper, with everything that § 14 UStG and § 35a GmbHG ask of a business letter."""

    name: str
    legal_form_line: str = ""
    street: str
    postal_code: str
    city: str
    country: str = "DE"
    vat_id: str = ""
    tax_number: str = ""
    register_line: str = ""
    managing_director: str = ""
    contact_name: str = ""
    email: str = ""
    phone: str = ""
    iban: str = ""
    bic: str = ""
    bank_name: str = ""
    website: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Buyer:
    """Who receives the paper. ``number`` is the customer number, ``reference`` the buyer's own word for the order."""

    name: str
    extra_line: str = ""
    street: str = ""
    postal_code: str = ""
    city: str = ""
    country: str = "DE"
    vat_id: str = ""
    number: str = ""
    email: str = ""
    reference: str = ""
    leitweg_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of an invoice or confirmation.

    ``net_amount`` is after the allowance. ``gross_unit_price``, ``gross_amount`` and ``gross_allowance`` include tax
    and are printed where prices are gross; where ``gross_amount`` is missing it is quantity times price less
    allowance. ``unit_code`` is UN/ECE Recommendation 20 (C62 piece, KGM, MTR, HUR …).
    """

    position: int
    sku: str = ""
    name: str
    description: str = ""
    quantity: Decimal
    unit_code: str = "C62"
    gross_unit_price: Decimal | None = None
    gross_amount: Decimal | None = None
    net_unit_price: Decimal
    net_amount: Decimal
    tax_category: TaxCategory = "S"
    tax_rate: Decimal
    net_allowance: Decimal = Decimal("0.00")
    gross_allowance: Decimal | None = None
    allowance_reason: str = ""

    def mirrored(self) -> "Line":
        """Return the line with quantity and amounts of the opposite sign; unit prices stay as they are."""
        return replace(
            self,
            quantity=-self.quantity,
            gross_amount=None if self.gross_amount is None else -self.gross_amount,
            net_amount=-self.net_amount,
            net_allowance=-self.net_allowance,
            gross_allowance=None if self.gross_allowance is None else -self.gross_allowance,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class TaxSum:
    """The tax of one category and rate. ``exemption_reason`` is needed where the rate is zero by law."""

    category: TaxCategory
    rate: Decimal
    net_amount: Decimal
    tax_amount: Decimal
    exemption_reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class InvoicePaper:
    """An invoice, partial invoice, credit note or correction.

    ``refers_to`` is number and date of the invoice that a credit note or correction changes. ``paid_amount`` was
    received before issue; what is due is gross less paid. Where neither ``delivered_on`` nor the period is given
    nothing was delivered yet (an invoice before delivery).
    """

    number: str
    kind: InvoiceKind = "invoice"
    issued_on: date
    delivered_on: date | None = None
    delivered_from: date | None = None
    delivered_until: date | None = None
    due_on: date | None = None
    currency: str = "EUR"
    language: Language = "de"
    seller: Seller
    buyer: Buyer
    ship_to: Address | None = None
    lines: tuple[Line, ...]
    taxes: tuple[TaxSum, ...]
    net_amount: Decimal
    tax_amount: Decimal
    gross_amount: Decimal
    paid_amount: Decimal = Decimal("0.00")
    order_number: str = ""
    order_on: date | None = None
    refers_to: tuple[str, date] | None = None
    payment_terms: str = ""
    payment_means: PaymentMeans = "transfer"
    provider_name: str = ""
    notes: tuple[str, ...] = ()
    prices_are_gross: bool = True

    @property
    def due_amount(self) -> Decimal:
        """What is still to be paid: gross less what was paid before."""
        return self.gross_amount - self.paid_amount

    def mirrored(self) -> "InvoicePaper":
        """Return the paper with every amount and quantity of the opposite sign.

        Books keep credit notes negative, a credit note on paper and in XML is positive.
        """
        return replace(
            self,
            lines=tuple(line.mirrored() for line in self.lines),
            taxes=tuple(
                replace(tax, net_amount=-tax.net_amount, tax_amount=-tax.tax_amount) for tax in self.taxes
            ),
            net_amount=-self.net_amount,
            tax_amount=-self.tax_amount,
            gross_amount=-self.gross_amount,
            paid_amount=-self.paid_amount,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfirmationPaper:
    """The confirmation of an order. ``prepaid`` means: we ask for the money before we deliver."""

    number: str
    ordered_on: date
    issued_on: date
    promised_on: date | None = None
    currency: str = "EUR"
    language: Language = "de"
    seller: Seller
    buyer: Buyer
    ship_to: Address | None = None
    lines: tuple[Line, ...]
    taxes: tuple[TaxSum, ...]
    net_amount: Decimal
    tax_amount: Decimal
    gross_amount: Decimal
    payment_terms: str = ""
    payment_means: PaymentMeans = "transfer"
    provider_name: str = ""
    notes: tuple[str, ...] = ()
    prices_are_gross: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryLine:
    """What of one order line is in this delivery, and what is still open after it."""

    position: int
    sku: str = ""
    name: str
    description: str = ""
    ordered: Decimal
    delivered: Decimal
    still_open: Decimal = Decimal(0)
    unit_code: str = "C62"


@dataclass(frozen=True, slots=True, kw_only=True)
class Parcel:
    """One parcel of a delivery; weight in kilograms."""

    tracking_number: str
    carrier: str = ""
    weight: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryPaper:
    """What lies in the parcels. Shows no prices: it may travel to somebody who did not pay."""

    number: str
    shipped_on: date
    language: Language = "de"
    seller: Seller
    buyer: Buyer
    ship_to: Address | None = None
    lines: tuple[DeliveryLine, ...]
    parcels: tuple[Parcel, ...] = ()
    order_number: str = ""
    order_on: date | None = None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelPaper:
    """What sticks on one parcel; weight in kilograms. ``parcel`` is which of how many, as (1, 2);
    ``reference`` is the number of the order."""

    carrier: str
    tracking_number: str
    service: str = ""
    weight: Decimal | None = None
    sender: Address
    recipient: Address
    routing_code: str = ""
    parcel: tuple[int, int] = (1, 1)
    reference: str = ""
    shipped_on: date | None = None
    language: Language = "de"


type Paper = InvoicePaper | ConfirmationPaper | DeliveryPaper | LabelPaper
