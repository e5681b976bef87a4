"""The words of the papers, and how they write dates, amounts and quantities, in the language of the paper."""

from datetime import date
from decimal import Decimal

from babel import Locale
from babel.dates import format_date
from babel.numbers import format_decimal, get_currency_symbol
from django.utils.translation import override, pgettext

from kontor.bridge.documents.rendering.papers import ConfirmationPaper, InvoicePaper, Language

_LOCALES: dict[Language, Locale] = {"de": Locale("de", "DE"), "en": Locale("en", "GB")}
_DATE_FORMATS: dict[Language, str] = {"de": "dd.MM.yyyy", "en": "d MMM yyyy"}


def day(value: date, language: Language) -> str:
    """Return a date as a letter writes it: 22.11.2026, or 22 Nov 2026."""
    return format_date(value, _DATE_FORMATS[language], locale=_LOCALES[language])


def amount(value: Decimal, language: Language) -> str:
    """Return an amount with two decimal places, grouped, with a true minus sign."""
    return _signed(value, "#,##0.00", language)


def money(value: Decimal, currency: str, language: Language) -> str:
    """Return an amount with its currency, held together by a no-break space: 1.299,00 €."""
    symbol = get_currency_symbol(currency, locale=_LOCALES[language])
    if language == "en" and len(symbol) == 1:
        written = amount(abs(value), language)
        return f"\u2212{symbol}{written}" if value < 0 else f"{symbol}{written}"
    return f"{amount(value, language)}\u00a0{symbol}"


def unit_price(value: Decimal, language: Language) -> str:
    """Return a unit price with two to six decimal places."""
    return _signed(value, "#,##0.00####", language)


def quantity(value: Decimal, language: Language) -> str:
    """Return a quantity with as many decimal places as it has, at most four."""
    return _signed(value, "#,##0.####", language)


def percent(rate: Decimal, language: Language) -> str:
    """Return a tax rate given in percent: 19 %."""
    gap = "\u00a0" if language == "de" else ""
    return f"{_signed(rate, '#,##0.##', language)}{gap}%"


def symbol(currency: str, language: Language) -> str:
    """Return the sign of a currency, or its code where it has none."""
    return get_currency_symbol(currency, locale=_LOCALES[language])


def country_name(code: str, language: Language) -> str:
    """Return a country's name in capitals, as the last line of an address abroad (DIN 5008)."""
    return str(_LOCALES[language].territories.get(code.upper(), code)).upper()


def _signed(value: Decimal, pattern: str, language: Language) -> str:
    return format_decimal(value, pattern, locale=_LOCALES[language]).replace("-", "\u2212")


def unit(code: str) -> str:
    """Return the word for a UN/ECE Recommendation 20 unit in the active language; unknown codes stay as they are."""
    words = {
        "C62": pgettext("paper", "pcs"),
        "H87": pgettext("paper", "pcs"),
        "PR": pgettext("paper", "pairs"),
        "SET": pgettext("paper", "sets"),
        "HUR": pgettext("paper", "hrs"),
        "DAY": pgettext("paper", "days"),
        "KGM": "kg",
        "GRM": "g",
        "MTR": "m",
        "MTK": "m²",
        "LTR": "l",
    }
    return words.get(code, code)


def payment_sentence(paper: InvoicePaper) -> str:
    """Return how and until when the invoice is to be paid (BT-20), in the paper's language; the same on paper and XML.

    The terms the paper brings along win.
    """
    if paper.payment_terms.strip():
        return paper.payment_terms
    with override(paper.language):
        if paper.kind == "credit_note":
            return pgettext("paper", "We refund this amount to you.")
        if paper.due_amount <= 0:
            return paid_sentence(paper)
        if paper.due_on is None:
            return pgettext("paper", "Please pay this amount without deduction on receipt of the invoice.")
        return pgettext("paper", "Please pay this amount without deduction by %(day)s.") % {
            "day": day(paper.due_on, paper.language)
        }


def paid_sentence(paper: InvoicePaper | ConfirmationPaper) -> str:
    """Return the sentence that nothing is left to pay, in the active language."""
    if paper.payment_means == "provider" and paper.provider_name.strip():
        return pgettext("paper", "Already paid through %(provider)s. Nothing is left to pay.") % {
            "provider": paper.provider_name
        }
    return pgettext("paper", "Already paid. Nothing is left to pay.")


def request_sentence(paper: ConfirmationPaper) -> str:
    """Return how a confirmed order will be paid, in the active language; the terms the paper brings along win."""
    if paper.payment_terms.strip():
        return paper.payment_terms
    if paper.payment_means == "prepaid":
        return pgettext(
            "paper", "Please transfer the total to the account below. We deliver as soon as it has arrived."
        )
    if paper.payment_means == "provider":
        return paid_sentence(paper)
    return pgettext("paper", "You receive the invoice with the delivery.")
