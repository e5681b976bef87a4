"""What letters with prices share: the table of lines, the sums below it, and how to pay."""

from decimal import Decimal
from typing import Any

from django.utils.translation import pgettext

from kontor.bridge.documents.rendering import wording
from kontor.bridge.documents.rendering.girocode import NotPayableByGiroCodeError, girocode_svg
from kontor.bridge.documents.rendering.papers import ConfirmationPaper, InvoicePaper, Line, Seller
from kontor.bridge.documents.rendering.sheet import Column, Fact, Sum, article, grouped_iban, short

type Priced = InvoicePaper | ConfirmationPaper

_CENT = Decimal("0.01")


def priced_table(paper: Priced) -> dict[str, Any]:
    """Return columns and rows; each row knows the sum up to it, which is carried over the page."""
    sign = wording.symbol(paper.currency, paper.language)
    columns = [
        Column(pgettext("paper", "No."), 9, "left"),
        Column(pgettext("paper", "Article"), 0, "left"),
        Column(pgettext("paper", "Quantity"), 22),
        Column(pgettext("paper", "Unit price %(currency)s") % {"currency": sign}, 26),
        Column(pgettext("paper", "VAT"), 14),
        Column(pgettext("paper", "Amount %(currency)s") % {"currency": sign}, 25),
    ]
    rows = []
    carried = Decimal(0)
    for line in paper.lines:
        price, charged = _printed_amounts(line, gross=paper.prices_are_gross)
        carried += charged
        rows.append(
            {
                "cells": [
                    str(line.position),
                    _priced_article(line, paper),
                    f"{wording.quantity(line.quantity, paper.language)}\u00a0{short(wording.unit(line.unit_code), 12)}",
                    wording.unit_price(price, paper.language),
                    wording.percent(line.tax_rate, paper.language) if line.tax_category != "O" else "–",
                    wording.amount(charged, paper.language),
                ],
                "carry": wording.money(carried, paper.currency, paper.language),
            }
        )
    return {"columns": [column.drawn() for column in columns], "rows": rows}


def _printed_amounts(line: Line, *, gross: bool) -> tuple[Decimal, Decimal]:
    """Return unit price and line amount as the customer knows them: with tax where prices are gross."""
    if not gross or line.gross_unit_price is None:
        return line.net_unit_price, line.net_amount
    if line.gross_amount is not None:
        return line.gross_unit_price, line.gross_amount
    allowance = line.gross_allowance or Decimal(0)
    return line.gross_unit_price, (line.quantity * line.gross_unit_price - allowance).quantize(_CENT)


def _priced_article(line: Line, paper: Priced) -> dict[str, Any]:
    cell = article(line.name, line.sku, line.description)
    allowance = line.gross_allowance if paper.prices_are_gross else line.net_allowance
    if allowance:
        reason = line.allowance_reason.strip() or pgettext("paper", "Discount")
        figure = wording.money(-allowance, paper.currency, paper.language)
        cell["details"].append(f"{short(reason)}: {figure}")
    return cell


def sums(paper: Priced) -> list[Sum]:
    """Return total and tax: for net prices the sum is built up, for gross prices the tax is shown as contained."""
    language, currency = paper.language, paper.currency
    net = Sum(pgettext("paper", "Net amount"), wording.money(paper.net_amount, currency, language))
    total = Sum(
        pgettext("paper", "Total amount"), wording.money(paper.gross_amount, currency, language), "total"
    )
    taxes = []
    for tax in paper.taxes:
        if tax.category == "O":
            continue
        words = (
            pgettext("paper", "Contains %(rate)s VAT on net %(net)s")
            if paper.prices_are_gross
            else pgettext("paper", "Plus %(rate)s VAT on %(net)s")
        )
        facts = {
            "rate": wording.percent(tax.rate, language),
            "net": wording.money(tax.net_amount, currency, language),
        }
        figure = wording.money(tax.tax_amount, currency, language)
        taxes.append(Sum(words % facts, figure, "detail" if paper.prices_are_gross else "plain"))
    if paper.prices_are_gross:
        contained = Sum(net.words, net.figure, "detail")
        return [total, contained, *taxes] if len(taxes) > 1 else [total, *taxes]
    return [net, *taxes, total]


def due(paper: InvoicePaper) -> list[Sum]:
    """Return what was paid before and what is left, where anything was paid."""
    if not paper.paid_amount or paper.kind == "credit_note":
        return []
    paid = wording.money(-paper.paid_amount, paper.currency, paper.language)
    due = wording.money(paper.due_amount, paper.currency, paper.language)
    return [
        Sum(pgettext("paper", "Already paid"), paid),
        Sum(pgettext("paper", "Left to pay"), due, "due"),
    ]


def account(seller: Seller, reference: str) -> list[Fact]:
    """Return the facts a transfer needs; nothing where the seller has no account."""
    if not seller.iban.strip():
        return []
    facts = (
        (pgettext("paper", "Account holder"), seller.name),
        ("IBAN", grouped_iban(seller.iban)),
        ("BIC", seller.bic),
        (pgettext("paper", "Bank name"), seller.bank_name),
        (pgettext("paper", "Reference"), reference),
    )
    return [(label, short(value)) for label, value in facts if value.strip()]


def girocode(paper: Priced, amount: Decimal) -> dict[str, str]:
    """Return the GiroCode for ``amount`` and its caption, both blank where there is nothing to transfer by it."""
    seller = paper.seller
    try:
        code = girocode_svg(
            name=seller.name,
            iban=seller.iban,
            bic=seller.bic,
            amount=amount,
            remittance=paper.number,
            currency=paper.currency,
        )
    except NotPayableByGiroCodeError:
        return {"girocode": "", "girocode_words": ""}
    return {"girocode": code, "girocode_words": pgettext("paper", "GiroCode: scan it with your banking app")}
