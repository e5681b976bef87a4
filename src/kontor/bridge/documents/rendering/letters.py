"""Papers laid out as sheets: which words, facts, columns and sums each kind of letter shows.

Legal contents of an invoice: § 14 (4) UStG (names and addresses, tax number or VAT ID, date, number, quantity and
kind of goods, date of delivery, net amounts per rate, rate and tax, reason of an exemption), § 14 (4) no. 5 for
payments received before.
"""

from decimal import Decimal
from typing import Any

from django.utils.translation import override, pgettext

from kontor.bridge.documents.rendering import wording
from kontor.bridge.documents.rendering.papers import (
    Address,
    Buyer,
    ConfirmationPaper,
    DeliveryPaper,
    InvoicePaper,
)
from kontor.bridge.documents.rendering.priced import Priced, account, due, girocode, priced_table, sums
from kontor.bridge.documents.rendering.sheet import (
    Column,
    Fact,
    address_rows,
    article,
    letterhead,
    long,
    short,
)
from kontor.bridge.documents.rendering.text import MISSING_GLYPH


def invoice_sheet(paper: InvoicePaper) -> dict[str, Any]:
    """Return the sheet of an invoice, partial invoice, credit note or correction."""
    with override(paper.language):
        heading = _invoice_title(paper)
        return {
            **_letter(paper, heading=heading, number=paper.number, facts=_invoice_facts(paper)),
            "introduction": _invoice_introduction(paper),
            **priced_table(paper),
            "sums": [row.drawn() for row in (*sums(paper), *due(paper))],
            **_invoice_payment(paper),
            "notes": [
                long(note)
                for note in (*_legal_notes(paper), *paper.notes, *_missing_glyph_notes(paper))
                if note.strip()
            ],
        }


def confirmation_sheet(paper: ConfirmationPaper) -> dict[str, Any]:
    """Return the sheet of an order confirmation; with a GiroCode where the money is asked for in advance."""
    with override(paper.language):
        facts = [
            (pgettext("paper", "Order number"), short(paper.number)),
            (pgettext("paper", "Order date"), wording.day(paper.ordered_on, paper.language)),
            *_buyer_facts(paper.buyer),
        ]
        if paper.issued_on != paper.ordered_on:
            facts.insert(2, (pgettext("paper", "Date"), wording.day(paper.issued_on, paper.language)))
        if paper.promised_on is not None:
            promised = wording.day(paper.promised_on, paper.language)
            facts.append((pgettext("paper", "Expected delivery"), promised))
        asks_for_money = paper.payment_means == "prepaid"
        return {
            **_letter(
                paper, heading=pgettext("paper", "Order confirmation"), number=paper.number, facts=facts
            ),
            "introduction": [
                pgettext("paper", "Thank you for your order. We confirm that we deliver to you:")
            ],
            **priced_table(paper),
            "sums": [row.drawn() for row in sums(paper)],
            "payment_heading": pgettext("paper", "Payment"),
            "payment": [long(wording.request_sentence(paper))],
            "account": account(paper.seller, paper.number) if asks_for_money else [],
            **girocode(paper, paper.gross_amount if asks_for_money else Decimal(0)),
            "notes": [long(note) for note in (*_ship_to_notes(paper), *paper.notes) if note.strip()],
        }


def delivery_sheet(paper: DeliveryPaper) -> dict[str, Any]:
    """Return the sheet of a delivery note, addressed to where the goods go."""
    with override(paper.language):
        facts = [
            (pgettext("paper", "Delivery note number"), short(paper.number)),
            (pgettext("paper", "Shipping date"), wording.day(paper.shipped_on, paper.language)),
            *_order_facts(paper),
            *_buyer_facts(paper.buyer),
        ]
        columns = [
            Column(pgettext("paper", "No."), 9, "left"),
            Column(pgettext("paper", "Article"), 0, "left"),
            Column(pgettext("paper", "Ordered"), 22),
            Column(pgettext("paper", "In this delivery"), 30),
            Column(pgettext("paper", "Still to come"), 26),
        ]
        return {
            **_letter(paper, heading=pgettext("paper", "Delivery note"), number=paper.number, facts=facts),
            "introduction": [pgettext("paper", "With this delivery you receive:")],
            "columns": [column.drawn() for column in columns],
            "rows": [{"cells": cells} for cells in _delivery_rows(paper)],
            "sums": [],
            "payment_heading": pgettext("paper", "Parcels") if paper.parcels else "",
            "payment": [],
            "account": _parcel_facts(paper),
            "girocode": "",
            "girocode_words": "",
            "notes": [long(note) for note in (*_delivery_notes(paper), *paper.notes) if note.strip()],
        }


def _letter(paper: Priced | DeliveryPaper, *, heading: str, number: str, facts: list[Fact]) -> dict[str, Any]:
    """Return what every letter has: letterhead, window, information block, title."""
    to: Address | Buyer = paper.buyer
    if isinstance(paper, DeliveryPaper) and paper.ship_to is not None:
        to = paper.ship_to
    shown_number = short(number, 60)
    return {
        **letterhead(paper.seller, paper.language),
        "title": f"{heading} {shown_number}",
        "running_title": f"{heading} {shown_number}",
        "recipient": address_rows(to, language=paper.language, home=paper.seller.country),
        "facts": facts,
        "heading": heading,
        "heading_number": shown_number,
    }


def _invoice_title(paper: InvoicePaper) -> str:
    titles = {
        "invoice": pgettext("paper", "Invoice"),
        "partial": pgettext("paper", "Partial invoice"),
        "credit_note": pgettext("paper", "Credit note"),
        "correction": pgettext("paper", "Corrected invoice"),
    }
    return titles[paper.kind]


def _invoice_facts(paper: InvoicePaper) -> list[Fact]:
    language = paper.language
    facts = [
        (pgettext("paper", "Number"), short(paper.number)),
        (pgettext("paper", "Date"), wording.day(paper.issued_on, language)),
    ]
    if paper.delivered_on is not None:
        facts.append((pgettext("paper", "Delivery date"), wording.day(paper.delivered_on, language)))
    elif paper.delivered_from is not None and paper.delivered_until is not None:
        first, last = (
            wording.day(paper.delivered_from, language),
            wording.day(paper.delivered_until, language),
        )
        facts.append((pgettext("paper", "Delivery period"), f"{first} – {last}"))
    facts += _order_facts(paper)
    if paper.refers_to is not None:
        number, day = paper.refers_to
        facts.append((pgettext("paper", "Changes invoice"), short(number)))
        facts.append((pgettext("paper", "Invoice of"), wording.day(day, language)))
    facts += _buyer_facts(paper.buyer)
    if paper.due_on is not None and paper.due_amount > 0 and paper.kind != "credit_note":
        facts.append((pgettext("paper", "Due on"), wording.day(paper.due_on, language)))
    return facts


def _order_facts(paper: InvoicePaper | DeliveryPaper) -> list[Fact]:
    facts = []
    if paper.order_number.strip():
        facts.append((pgettext("paper", "Order number"), short(paper.order_number)))
    if paper.order_on is not None:
        facts.append((pgettext("paper", "Order date"), wording.day(paper.order_on, paper.language)))
    return facts


def _buyer_facts(buyer: Buyer) -> list[Fact]:
    facts = (
        (pgettext("paper", "Customer number"), buyer.number),
        (pgettext("paper", "Your reference"), buyer.reference),
        (pgettext("paper", "Your VAT ID"), buyer.vat_id),
    )
    return [(label, short(value)) for label, value in facts if value.strip()]


def _invoice_introduction(paper: InvoicePaper) -> list[str]:
    if paper.kind == "credit_note":
        if paper.refers_to is None:
            return [pgettext("paper", "We credit you with the following items:")]
        number, day = paper.refers_to
        return [
            pgettext("paper", "We correct our invoice %(number)s of %(day)s by the following items:")
            % {"number": short(number), "day": wording.day(day, paper.language)}
        ]
    return [pgettext("paper", "Thank you for your order. We charge you for:")]


def _invoice_payment(paper: InvoicePaper) -> dict[str, Any]:
    awaits_transfer = (
        paper.payment_means in {"transfer", "prepaid"}
        and paper.due_amount > 0
        and paper.kind != "credit_note"
    )
    return {
        "payment_heading": pgettext("paper", "Payment"),
        "payment": [long(wording.payment_sentence(paper))],
        "account": account(paper.seller, paper.number) if awaits_transfer else [],
        **girocode(paper, paper.due_amount if awaits_transfer else Decimal(0)),
    }


def _legal_notes(paper: InvoicePaper) -> list[str]:
    """Return the sentences the law wants, each only where it is true."""
    notes = [tax.exemption_reason for tax in paper.taxes if tax.exemption_reason.strip()]
    if paper.kind == "credit_note":
        return notes
    if paper.delivered_on == paper.issued_on:
        notes.append(pgettext("paper", "The date of delivery is the date of this document."))
    elif paper.delivered_on is None and paper.delivered_from is None:
        notes.append(
            pgettext("paper", "The goods have not been delivered yet; this invoice is issued in advance.")
        )
    return notes + _ship_to_notes(paper)


def _missing_glyph_notes(paper: InvoicePaper) -> list[str]:
    buyer = paper.buyer
    written = (buyer.name, buyer.extra_line, buyer.street, buyer.city, *(line.name for line in paper.lines))
    if not any(MISSING_GLYPH in short(text) for text in written):
        return []
    return [
        pgettext(
            "paper",
            "The sign □ stands for a character that our printer cannot draw. The electronic invoice in this file "
            "holds the exact text.",
        )
    ]


def _ship_to_notes(paper: Priced) -> list[str]:
    if paper.ship_to is None:
        return []
    rows = address_rows(paper.ship_to, language=paper.language, home=paper.seller.country)
    return [pgettext("paper", "Delivery address: %(address)s") % {"address": ", ".join(rows)}]


def _delivery_rows(paper: DeliveryPaper) -> list[list[Any]]:
    rows = []
    for line in paper.lines:
        unit = short(wording.unit(line.unit_code), 12)
        delivered = wording.quantity(line.delivered, paper.language)
        rows.append(
            [
                str(line.position),
                article(line.name, line.sku, line.description),
                wording.quantity(line.ordered, paper.language),
                f"{delivered}\u00a0{unit}",
                wording.quantity(line.still_open, paper.language) if line.still_open else "–",
            ]
        )
    return rows


def _parcel_facts(paper: DeliveryPaper) -> list[Fact]:
    facts = []
    for parcel in paper.parcels:
        weight = ""
        if parcel.weight is not None:
            weight = f" · {wording.quantity(parcel.weight, paper.language)}\u00a0kg"
        facts.append((short(parcel.carrier) or "–", short(parcel.tracking_number + weight)))
    return facts


def _delivery_notes(paper: DeliveryPaper) -> list[str]:
    if any(line.still_open for line in paper.lines):
        return [
            pgettext(
                "paper", "What is still to come follows as soon as it is ready. You need not do anything."
            )
        ]
    return []
