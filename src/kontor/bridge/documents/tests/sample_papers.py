"""Papers for the tests of rendering: a bicycle shop in Bremen, its customers, and what they bought."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from kontor.bridge.documents.rendering.papers import (
    Address,
    Buyer,
    ConfirmationPaper,
    DeliveryLine,
    DeliveryPaper,
    InvoicePaper,
    LabelPaper,
    Line,
    Parcel,
    Seller,
    TaxSum,
)
from kontor.kernel.money import split_gross

SHARED = Path(__file__).parents[6] / "shared" / "data"

type Bought = tuple[str, str, str, str]  # name, quantity, gross unit price, rate

BICYCLE: Bought = ("Rennrad Road-150 Rot, 56 cm", "1", "2499.00", "19")
HELMETS: Bought = ("Helm Sport-100, Rot", "2", "34.99", "19")
TUBES: Bought = ("Schlauch Mountain", "3", "4.95", "19")
BOOK: Bought = ("Radwandern an der Weser", "1", "14.90", "7")

SELLER = Seller(
    name="Weserrad GmbH",
    street="Schlachte 12",
    postal_code="28195",
    city="Bremen",
    vat_id="DE811111114",
    tax_number="60/123/45678",
    register_line="Amtsgericht Bremen HRB 31415",
    managing_director="Henrike Osterloh",
    contact_name="Kundenbetreuung",
    email="post@weserrad.example",
    phone="+49 421 5550 120",
    iban="DE75512108001245126199",
    bic="SOGEDEFFXXX",
    bank_name="Bremer Bank",
    website="weserrad.example",
)
BUYER = Buyer(
    name="Anna Behrens",
    street="Am Wall 137",
    postal_code="28195",
    city="Bremen",
    number="K-10023",
    email="anna.behrens@example.org",
)
ADDRESS = Address(name="Familie Behrens", street="Am Wall 137", postal_code="28195", city="Bremen")


def priced(bought: Iterable[Bought]) -> dict[str, Any]:
    """Lines, taxes and sums of a cart with gross prices, split as the house splits them."""
    cart = [
        (name, Decimal(quantity), Decimal(price), Decimal(rate)) for name, quantity, price, rate in bought
    ]
    cent = Decimal("0.01")
    split = split_gross([((quantity * price).quantize(cent), rate) for _, quantity, price, rate in cart])
    lines = tuple(
        Line(
            position=position,
            sku=f"WR-{position:03d}",
            name=name,
            quantity=quantity,
            gross_unit_price=price,
            gross_amount=part.gross,
            net_unit_price=(price / (1 + rate / 100)).quantize(Decimal("0.000001")),
            net_amount=part.net,
            tax_rate=rate,
        )
        for position, ((name, quantity, price, rate), part) in enumerate(
            zip(cart, split.lines, strict=True), start=1
        )
    )
    taxes = tuple(
        TaxSum(category="S", rate=part.rate, net_amount=part.net, tax_amount=part.tax) for part in split.rates
    )
    return {
        "lines": lines,
        "taxes": taxes,
        "net_amount": split.net,
        "tax_amount": split.tax,
        "gross_amount": split.gross,
    }


def invoice(*bought: Bought, **changes: Any) -> InvoicePaper:
    """An invoice payable by transfer in two weeks, for a bicycle, helmets and a book unless told otherwise."""
    values: dict[str, Any] = {
        "number": "RE-2026-00042",
        "issued_on": date(2026, 11, 22),
        "delivered_on": date(2026, 11, 22),
        "due_on": date(2026, 12, 6),
        "seller": SELLER,
        "buyer": BUYER,
        "order_number": "A-1001",
        "order_on": date(2026, 11, 20),
        **priced(bought or (BICYCLE, HELMETS, BOOK)),
    }
    return InvoicePaper(**(values | changes))


def credit_note(*bought: Bought, **changes: Any) -> InvoicePaper:
    """A credit note for returned helmets."""
    values: dict[str, Any] = {
        "kind": "credit_note",
        "number": "RK-2026-00007",
        "refers_to": ("RE-2026-00042", date(2026, 11, 22)),
        "due_on": None,
    }
    return invoice(*(bought or (HELMETS,)), **(values | changes))


def confirmation(**changes: Any) -> ConfirmationPaper:
    """The confirmation of an order to be paid in advance."""
    values: dict[str, Any] = {
        "number": "A-1001",
        "ordered_on": date(2026, 11, 20),
        "issued_on": date(2026, 11, 20),
        "promised_on": date(2026, 11, 27),
        "seller": SELLER,
        "buyer": BUYER,
        "payment_means": "prepaid",
        **priced((BICYCLE, HELMETS)),
    }
    return ConfirmationPaper(**(values | changes))


def delivery(**changes: Any) -> DeliveryPaper:
    """A partial delivery in one parcel."""
    values: dict[str, Any] = {
        "number": "LS-2026-00311",
        "shipped_on": date(2026, 11, 21),
        "seller": SELLER,
        "buyer": BUYER,
        "ship_to": ADDRESS,
        "order_number": "A-1001",
        "lines": (
            DeliveryLine(position=1, name="Helm Sport-100, Rot", ordered=Decimal(2), delivered=Decimal(2)),
            DeliveryLine(
                position=2,
                name="Schlauch Mountain",
                ordered=Decimal(6),
                delivered=Decimal(4),
                still_open=Decimal(2),
            ),
        ),
        "parcels": (Parcel(tracking_number="WKD0000012345671", carrier="Weser-Kurier-Dienst"),),
    }
    return DeliveryPaper(**(values | changes))


def label(**changes: Any) -> LabelPaper:
    """A parcel within Bremen."""
    values: dict[str, Any] = {
        "carrier": "Weser-Kurier-Dienst",
        "tracking_number": "WKD0000012345671",
        "service": "Paket",
        "weight": Decimal("14.2"),
        "sender": Address(name="Weserrad GmbH", street="Schlachte 12", postal_code="28195", city="Bremen"),
        "recipient": ADDRESS,
        "routing_code": "28-195-04",
    }
    return LabelPaper(**(values | changes))
